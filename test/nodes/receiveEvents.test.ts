import { sql } from 'kysely';
import type { InboundEvent } from '../../lib/domain/inbound';
import type { MessageState } from '../../lib/domain/glossary';
import { consentHistory } from '../../lib/store/consents';
import { customerFacts } from '../../lib/store/facts';
import { messageStates } from '../../lib/store/review';
import { listTickets } from '../../lib/store/replies/tickets';
import { conversation } from '../../lib/store/replies/inboundMessages';
import { saveQuestion } from '../../lib/store/replies/frequentQuestions';
import { saveShop } from '../../lib/store/shops';
import { receiveEvents } from '../../nodes/shared/receiveEvents';
import { countStatements } from '../support/store';
import { NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const AT = '2026-11-22T08:30:00.000Z';
let serial = 0;
const reply = (from: string, text: string, more: object = {}): InboundEvent => ({ kind: 'reply', channel: 'email', eventId: `e${++serial}`, from, text, at: AT, ...more });
const delivery = (providerId: string, state: 'sent' | 'delivered' | 'read' | 'failed', more: object = {}): InboundEvent => ({ kind: 'delivery', channel: 'email', providerId, eventId: `d${++serial}`, state, at: AT, ...more });
const hear = async (...events: InboundEvent[]) => await receiveEvents(shop.store, events, NOW);

/** A customer with a message that left, and how to answer it. */
async function writtenTo(count = 1, kind?: string) {
	await shop.customers(count);
	await shop.queued(undefined, 'policy');
	if (kind) await sql`update occasions set kind = ${kind}`.execute(shop.store.db);
	await sql`update messages set state = 'sent', provider_id = 'p' || id`.execute(shop.store.db);
	const { rows } = await sql<{ id: number; customer: number; provider: string; address: string }>`
		select message.id, message.customer_id as customer, message.provider_id as provider, point.value as address
		from messages as message join contact_points as point on point.id = message.contact_point_id order by message.id`.execute(shop.store.db);
	return rows;
}
const tickets = async () => (await listTickets(shop.store, 'open', { limit: 20, offset: 0 })).tickets;
const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);
const said = async (id: number) => ((await consentHistory(shop.store, [id])).get(id) ?? []).slice(1).map(({ channel, purpose, status, source }) => ({ channel, purpose, status, source }));
const answers = async () => (await sql<{ kind: string; answer: string }>`select kind, answer from customer_answers order by id`.execute(shop.store.db)).rows;

describe('deliveries', () => {
	it.each<[Array<'sent' | 'delivered' | 'read' | 'failed'>, MessageState]>([
		[['delivered'], 'delivered'], [['read'], 'read'], [['delivered', 'read'], 'read'], [['read', 'delivered'], 'read'], [['sent'], 'sent'],
		[['failed'], 'failed'], [['delivered', 'failed'], 'delivered'], [['failed', 'delivered'], 'failed'], [['read', 'failed'], 'read'],
	])('%j: %s', async (states, expected) => {
		const [{ id, provider }] = await writtenTo();
		for (const state of states) await hear(delivery(provider, state));
		expect(await stateOf(id)).toBe(expected);
	});

	it('come in one call in any order, and the history tells each step', async () => {
		const [{ id, provider }] = await writtenTo();
		await hear(delivery(provider, 'read', { at: '2026-11-22T09:00:00.000Z' }), delivery(provider, 'delivered', { at: '2026-11-22T08:45:00.000Z' }));
		expect(await stateOf(id)).toBe('read');
		const { rows } = await sql<{ to_state: string; who: string }>`select to_state, who from message_history where message_id = ${id} and who = 'provider' order by id`.execute(shop.store.db);
		expect(rows.map(({ to_state }) => to_state)).toEqual(['delivered', 'read']);
	});

	it('a failure for good marks the address, another one lets it rest for a day', async () => {
		const [one, other] = await writtenTo(2);
		await hear(delivery(one.provider, 'failed', { code: '5.1.1', permanent: true }), delivery(other.provider, 'failed', { code: '4.2.2' }));
		const facts = await customerFacts(shop.store, [one.customer, other.customer]);
		expect(facts.get(one.customer)?.contactPoints[0]).toMatchObject({ status: 'bounced' });
		expect(facts.get(other.customer)?.contactPoints[0]).toMatchObject({ status: 'valid', retryAfter: '2026-11-23T08:00:00.000Z' });
	});

	it('settle what was uncertain, by the key that comes back, and nothing else', async () => {
		const [one, other] = await writtenTo(2);
		await sql`update messages set state = 'uncertain', provider_id = null where id = ${one.id}`.execute(shop.store.db);
		await hear(delivery('wamid.1', 'delivered', { key: `ocrm-${one.id}-1` }), delivery('wamid.2', 'read', { key: `ocrm-${other.id}-1` }), delivery('wamid.3', 'read', { key: 'ocrm-99-1' }));
		expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['delivered', 'sent']);
		await hear(delivery('wamid.1', 'read'));
		expect(await stateOf(one.id)).toBe('read');
	});

	it('of nobody we know change nothing, nor those of another shop', async () => {
		const [{ id, provider }] = await writtenTo();
		expect(await hear(delivery('somebody-elses', 'read'))).toEqual([]);
		const other = await saveShop(shop.store.db, 'other', { name: 'Altra Ottica' }, NOW);
		expect(await receiveEvents({ ...shop.store, shop: other as never }, [delivery(provider, 'read')], NOW)).toEqual([]);
		expect(await hear({ ...delivery(provider, 'read'), channel: 'sms' } as InboundEvent)).toEqual([]);
		expect(await stateOf(id)).toBe('sent');
	});
});

describe('replies', () => {
	it('a refusal withdraws marketing on its channel, for everybody with that address, and opens no ticket', async () => {
		const [{ customer, address }] = await writtenTo();
		const [sharer] = await shop.customers(1, { lastName: 'Bianchi', contactPoints: [{ kind: 'email', value: address }] });
		const heard = await hear(reply(address, 'Basta!'));
		expect(heard).toMatchObject([{ customer: { id: customer }, reply: { kind: 'refusal', meaning: 'refusal' } }]);
		for (const id of [customer, sharer]) expect(await said(id)).toEqual([{ channel: 'email', purpose: 'marketing', status: 'withdrawn', source: 'reply' }]);
		expect(await tickets()).toEqual([]);
	});

	it('a refusal of a recall withdraws recalls too', async () => {
		const [{ customer, address }] = await writtenTo(1, 'recall.vision');
		await sql`update messages set class = 'recall'`.execute(shop.store.db);
		await hear(reply(address, 'STOP'));
		expect((await said(customer)).map(({ purpose }) => purpose).sort()).toEqual(['marketing', 'recall']);
	});

	it('ends the stages of what it answers, and is a ticket with the conversation', async () => {
		const [{ customer, address, id }] = await writtenTo(1, 'recall.vision');
		await hear(reply(address, 'Vorrei prenotare per giovedì'));
		expect(await answers()).toEqual([{ kind: 'recall.vision', answer: 'other' }]);
		expect(await tickets()).toMatchObject([{ kind: 'booking', customerId: customer, urgent: false, messageId: id, lastText: 'Vorrei prenotare per giovedì' }]);
		expect((await conversation(shop.store, customer, 'email', 10)).map(({ from }) => from)).toEqual(['shop', 'customer']);
	});

	it('something wrong with progressive lenses is urgent, and makes the call due', async () => {
		const [{ address }] = await writtenTo(1, 'progressive');
		await hear(reply(address, 'Con gli occhiali nuovi vedo male'));
		expect(await answers()).toEqual([{ kind: 'progressive', answer: 'wrong' }]);
		expect(await tickets()).toMatchObject([{ kind: 'problem', urgent: true }]);
	});

	it('more messages of one sender join one ticket, of which the most urgent says what it is about', async () => {
		const [{ address }] = await writtenTo(1, 'progressive');
		await hear(reply(address, 'A che ora aprite?'));
		await hear(reply(address, 'E poi vedo doppio'), reply(address, 'Mi chiamate?'));
		expect(await tickets()).toMatchObject([{ kind: 'problem', urgent: true }]);
	});

	it('thanks are kept and need nobody', async () => {
		const [{ customer, address }] = await writtenTo();
		expect(await hear(reply(address, 'Grazie mille!'))).toMatchObject([{ reply: { meaning: 'thanks' } }]);
		expect(await tickets()).toEqual([]);
		expect(await conversation(shop.store, customer, 'email', 10)).toHaveLength(2);
	});

	it('from an address of nobody become a ticket without a customer', async () => {
		expect(await hear(reply('nuovo@posta.example', 'Fate lenti da sole?'))).toMatchObject([{ reply: { meaning: 'question' } }]);
		const [ticket] = await tickets();
		expect(ticket).toMatchObject({ kind: 'question', sender: 'nuovo@posta.example' });
		expect(ticket.customerId).toBeUndefined();
	});

	it('the message that it answers tells who wrote, where several share an address', async () => {
		const [first] = await writtenTo();
		await shop.customers(1, { lastName: 'Bianchi', contactPoints: [{ kind: 'email', value: first.address }] });
		expect(await hear(reply(first.address, 'ciao', { inReplyTo: first.provider }))).toMatchObject([{ customer: { id: first.customer }, message: { id: first.id } }]);
	});

	it("proposes the answer of the shop's own list, and where the order stands", async () => {
		const [{ address }] = await writtenTo();
		await saveQuestion(shop.store, { name: 'parking', language: 'it', phrases: ['parcheggi*'], answer: 'Sì, nel cortile.' }, NOW);
		await hear(reply(address, 'Avete un parcheggio?'));
		expect((await tickets())[0].proposedAnswer).toBe('Sì, nel cortile.');
	});

	it('a low score of a survey is a ticket at once, a high one is not', async () => {
		const [low, high] = await writtenTo(2, 'survey');
		await hear(reply(low.address, '3'), reply(high.address, '10'));
		expect(await tickets()).toMatchObject([{ kind: 'score', urgent: true, customerId: low.customer }]);
		const { rows } = await sql<{ score: number }>`select score from survey_answers order by score`.execute(shop.store.db);
		expect(rows.map(({ score }) => score)).toEqual([3, 10]);
		expect((await answers()).map(({ answer }) => answer)).toEqual(['wrong', 'fine']);
	});
});

describe('again, late and false', () => {
	it('an event counts once, however often it comes, also twice in one call', async () => {
		const [{ customer, address }] = await writtenTo();
		const event = reply(address, 'quando aprite?');
		expect(await hear(event, event)).toHaveLength(1);
		expect(await hear(event)).toEqual([]);
		expect(await conversation(shop.store, customer, 'email', 10)).toHaveLength(2);
	});

	it('an event whose effects were not kept comes anew', async () => {
		const [{ address }] = await writtenTo();
		const bad: InboundEvent = reply(address, 'ok', { at: 'no instant at all' });
		const good = reply(address, 'quando aprite?');
		await expect(hear(good, bad)).rejects.toThrow();
		expect(await hear(good)).toHaveLength(1);
	});

	it('complaints object, a stop in the app withdraws, and a resume grants nothing', async () => {
		const [one, other] = await writtenTo(2);
		await hear({ kind: 'complaint', channel: 'email', eventId: 'c1', from: one.address, at: AT });
		await hear({ kind: 'preference', channel: 'email', eventId: 'p1', from: other.address, marketing: 'stop', at: AT }, { kind: 'preference', channel: 'email', eventId: 'p2', from: other.address, marketing: 'resume', at: AT });
		expect(await said(one.customer)).toMatchObject([{ status: 'objected', source: 'provider' }]);
		expect(await said(other.customer)).toMatchObject([{ status: 'withdrawn' }]);
	});

	it('takes as many statements for many events as for one', async () => {
		const people = await writtenTo(6);
		const one = await countStatements(async () => await hear(reply(people[0].address, 'quando aprite?')));
		const many = await countStatements(async () => await hear(...people.slice(1).map(({ address }) => reply(address, 'quando aprite?'))));
		expect(many).toBe(one);
	});
});

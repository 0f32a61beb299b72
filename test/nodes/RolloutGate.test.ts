import { sql } from 'kysely';
import type { Channel } from '../../lib/channels/channel';
import { derivedKey } from '../../lib/domain/keys';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { groupOf, HOLDOUT_KEY } from '../../lib/rollout/holdout';
import { fallBack, openStep } from '../../lib/store/rollout/changes';
import { campaignHolds, holdCampaigns, resumeCampaign } from '../../lib/store/rollout/holds';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { messageHistory } from '../../lib/store/messageHistory';
import { messageStates } from '../../lib/store/review';
import { saveShop } from '../../lib/store/shops';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node';
import { RolloutGate } from '../../nodes/RolloutGate/RolloutGate.node';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { runNode } from '../support/runNode';
import { countStatements, SECRET } from '../support/store';
import { approved } from '../support/approved';
import { setClock } from './support/clock';
import { failure, items, NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const KEY = derivedKey(SECRET, HOLDOUT_KEY);
const MOVE = { who: 'chiara', figures: [], note: 'x' };
const back = async (step: 'data' | 'relational' | 'recall') => void (await fallBack(shop.store, step, MOVE, NOW));
const gate = async (given: readonly CrmItem[], holdoutPercent = 10) => {
	const [open, held] = await runNode(RolloutGate, { credentials: shop.credentials, items: given, parameters: { holdoutPercent } });
	return { open: items(open), held: items(held) as Array<CrmItem & { rollout: { held: string } }> };
};
const reasons = ({ held }: { held: Array<{ rollout: { held: string } }> }) => held.map(({ rollout }) => rollout.held);
const ledger = async () => (await sql<{ outcome: string | null; reason: string | null; count: number }>`select outcome, reason, count(*) as count from occasions group by outcome, reason order by outcome nulls first, reason nulls first`.execute(shop.store.db)).rows;
const groups = async () => (await sql<{ customer_id: number; grp: string }>`select customer_id, grp from campaign_assignments order by customer_id`.execute(shop.store.db)).rows;
/** Items of a consultant's own source, of any kind and class. */
const own = async (count: number, occasion: Partial<ItemOccasion>) => (await shop.customers(count)).map((id) => ({ customer: { id }, occasion: { kind: 'campaign.sun', dueOn: '2026-11-22', stage: 1, class: 'promotional', daysLate: 0, ...occasion } }) as CrmItem);

describe('steps', () => {
	it('let nothing of a closed one pass, settle it in the ledger, and note no group', async () => {
		await shop.customers(20);
		await back('data');
		const answer = await gate(await shop.due());
		expect(answer.open).toEqual([]);
		expect(new Set(reasons(answer))).toEqual(new Set(['ROLLOUT_PHASE']));
		expect(await ledger()).toEqual([{ outcome: 'held', reason: 'ROLLOUT_PHASE', count: 20 }]);
		expect(await groups()).toEqual([]);
	});

	it.each([
		['data', []], ['relational', ['service', 'relational']], ['recall', ['service', 'relational', 'recall']], ['promotional', ['service', 'relational', 'recall', 'promotional']],
	] as const)('in %s open %j', async (step, wanted) => {
		if (step !== 'promotional') await back(step);
		const all = (await Promise.all((['service', 'relational', 'recall', 'promotional'] as const).map(async (one) => await own(1, { class: one, kind: `campaign.${one}` })))).flat();
		expect((await gate(all, 0)).open.map(({ occasion }) => occasion.class)).toEqual(wanted);
	});

	it('bring back what they held once they open, through the trigger', async () => {
		await shop.customers(3);
		await back('data');
		await gate(await shop.due());
		expect(await shop.due()).toEqual([]);
		await openStep(shop.store, 'relational', MOVE, NOW);
		const again = await shop.due();
		expect(again).toHaveLength(3);
		expect((await gate(again, 0)).open).toHaveLength(3);
	});
});

describe('the holdout', () => {
	it('parts the customers by the keyed hash, settles who is left out, and notes every group', async () => {
		const ids = await shop.customers(200);
		const answer = await gate(await shop.due());
		const wanted = ids.filter((id) => groupOf(id, 'birthday', 'relational', 0.1, KEY) === 'holdout');
		expect(wanted.length).toBeGreaterThan(8);
		expect(answer.held.map(({ customer }) => customer.id).sort((one, other) => one - other)).toEqual(wanted);
		expect(new Set(reasons(answer))).toEqual(new Set(['HOLDOUT']));
		expect(await groups()).toEqual(ids.map((customer_id) => ({ customer_id, grp: wanted.includes(customer_id) ? 'holdout' : 'contact' })));
		expect(await ledger()).toEqual([{ outcome: null, reason: null, count: 200 - wanted.length }, { outcome: 'held', reason: 'HOLDOUT', count: wanted.length }]);
	});

	it('leaves nobody out of a service', async () => {
		expect((await gate(await own(100, { class: 'service', kind: 'order.ready' }), 50)).held).toEqual([]);
	});

	it('keeps the group of an occasion that comes again, also at another share', async () => {
		await shop.customers(60);
		const due = await shop.due();
		const first = await gate(due, 50);
		const again = await gate(due, 0);
		expect(again.held.map(({ customer }) => customer.id)).toEqual(first.held.map(({ customer }) => customer.id));
	});

	it('is refused beyond its half', async () => {
		await shop.customers(1);
		expect(await failure(gate(await shop.due(), 51))).toMatchObject({ message: expect.stringContaining('Holdout') });
	});
});

it('needs no more statements for five hundred items than for five', async () => {
	const count = async (customers: number) => {
		await shop.customers(customers);
		const due = await shop.due();
		return await countStatements(async () => await gate(due));
	};
	const few = await count(5);
	expect(await count(500)).toBe(few);
	expect(few).toBeLessThanOrEqual(6);
});

it('hands out an item that cannot be looked up as held, with its error, where the node goes on', async () => {
	const [one] = await own(1, {});
	const output = await runNode(RolloutGate, { credentials: shop.credentials, items: [{ ...one, customer: { id: 9999 } }, one], parameters: { holdoutPercent: 0 }, goesOn: true });
	expect(output[0]).toHaveLength(1);
	expect(output[1]).toMatchObject([{ json: { error: { message: expect.stringContaining('no customer 9999') } } }]);
});

describe('brakes', () => {
	const crm = async (operation: string, parameters = {}) => (await runNode(OpticalCrm, { credentials: shop.credentials, items: [{}], parameters: { resource: 'rollout', operation, ...parameters } }))[0][0].json as Record<string, unknown>;
	/** Messages that have left, of which some came back. */
	const sent = async (count: number, bounced: number, kind = 'birthday') => {
		const messages = await approved(shop.store, 'email', Array.from({ length: count }, (_, index) => ({ contactPoints: [{ kind: 'email' as const, value: `${kind}.${index}@posta.example` }] })), NOW, { kind, messageClass: 'relational' });
		await shop.store.db.updateTable('messages').set({ state: 'sent', sent_on: '2026-11-22' }).where('id', 'in', messages.map(({ id }) => id)).execute();
		if (bounced > 0) await shop.store.db.updateTable('messages').set({ state: 'failed' }).where('id', 'in', messages.slice(0, bounced).map(({ id }) => id)).execute();
		return messages;
	};

	it('hold a campaign whose mails come back, tell why, and the gate holds what follows', async () => {
		await sent(40, 14);
		await shop.customers(3);
		const answer = await gate(await shop.due(), 0);
		expect(reasons(answer)).toEqual(['BRAKE_BOUNCES', 'BRAKE_BOUNCES', 'BRAKE_BOUNCES']);
		expect(await campaignHolds(shop.store, NOW)).toMatchObject([{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_BOUNCES', figures: { bad: 14, of: 40, threshold: 0.05 } }]);
		// And a person lets it go on: what was held comes again, and is counted anew.
		setClock('2026-11-22T09:00:00.000Z');
		const [{ id }] = await campaignHolds(shop.store, NOW);
		await resumeCampaign(shop.store, id, 'chiara', 'indirizzi corretti', '2026-11-22T08:30:00.000Z');
		const again = await shop.due();
		expect(again).toHaveLength(3);
		expect((await gate(again, 0)).open).toHaveLength(3);
	});

	it('hold only the channel that does harm, where the campaign has another', async () => {
		await sent(40, 14);
		await approved(shop.store, 'sms', [{ contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }] }], NOW, { kind: 'birthday', messageClass: 'relational' });
		await shop.customers(2);
		expect((await gate(await shop.due(), 0)).open).toHaveLength(2);
		expect((await rolloutStanding(shop.store)).holds).toMatchObject([{ campaign: 'birthday', channel: 'email' }]);
	});

	it('count refusals that follow a message, once for a person', async () => {
		const messages = await sent(30, 0);
		for (const { customerId } of messages.slice(0, 8)) await sql`insert into consents (shop_id, customer_id, sequence, channel, purpose, status, legal_basis, captured_at, source, recorded_at, previous_hash, hash)
			values (1, ${customerId}, 90, 'email', 'marketing', 'withdrawn', 'consent', ${NOW}, 'link', ${NOW}, 'x', 'y'), (1, ${customerId}, 91, 'email', 'recall', 'withdrawn', 'consent', ${NOW}, 'link', ${NOW}, 'x', 'y')`.execute(shop.store.db);
		const { held, watched } = await crm('watch') as { held: unknown; watched: Array<{ brake: string; bad: number; of: number }> };
		expect(watched.find(({ brake }) => brake === 'optOuts')).toMatchObject({ bad: 8, of: 30, threshold: 0.02, pullsAt: 100, pulls: true });
		expect(held).toMatchObject([{ campaign: 'birthday', channel: 'email', reason: 'BRAKE_OPTOUTS' }]);
	});

	it('count what the staff hold back, and low scores, for the campaign on every channel', async () => {
		const messages = await approved(shop.store, 'email', Array.from({ length: 12 }, (_, index) => ({ contactPoints: [{ kind: 'email' as const, value: `r.${index}@posta.example` }] })), NOW, { kind: 'welcome', messageClass: 'relational' });
		for (const { id } of messages) {
			await sql`update messages set state = 'rejected' where id = ${id}`.execute(shop.store.db);
			await sql`insert into message_history (message_id, at, from_state, to_state, who, why) values (${id}, ${NOW}, 'pending', 'rejected', 'chiara', 'wording')`.execute(shop.store.db);
		}
		for (const { customerId } of await sent(12, 0, 'birthday')) await sql`insert into survey_answers (shop_id, customer_id, score, answered_at) values (1, ${customerId}, 3, '2026-11-23T08:00:00.000Z')`.execute(shop.store.db);
		expect((await crm('watch')).held).toMatchObject([{ campaign: 'birthday', reason: 'BRAKE_SATISFACTION' }, { campaign: 'welcome', reason: 'BRAKE_REJECTED' }]);
	});

	it('leave a campaign alone that does no harm', async () => {
		await sent(200, 4);
		expect((await crm('watch')).held).toEqual([]);
	});

	it('hold WhatsApp where Meta rates the number red', async () => {
		const [{ id }] = await sent(1, 0);
		await sql`update messages set channel = 'whatsapp' where id = ${id}`.execute(shop.store.db);
		await sql`insert into whatsapp_accounts (shop_id, waba_id, phone_number_id, quality, state, fetched_at) values (1, 'w', 'p', 'RED', 'CONNECTED', ${NOW})`.execute(shop.store.db);
		expect((await crm('watch')).held).toMatchObject([{ campaign: 'birthday', channel: 'whatsapp', reason: 'BRAKE_WHATSAPP' }]);
	});

	it('follow the settings of the shop, which the node sets and shows', async () => {
		await crm('set', { settings: { brakeBouncePermille: 500, weeksInStep: 2 } });
		await sent(40, 14);
		expect((await crm('watch')).held).toEqual([]);
		const state = await crm('get');
		expect(state).toMatchObject({ step: 'promotional', held: [], settings: { brakeBouncePermille: 500, weeksInStep: 2, decidedLeast: 20 } });
		expect(await failure(crm('set', { settings: { weeksInStep: 99 } }))).toMatchObject({ message: expect.stringContaining('weeksInStep') });
	});

	it('get tells what the next step asks for', async () => {
		await back('data');
		await shop.customers(10);
		const state = await crm('get');
		expect(state).toMatchObject({ step: 'data', next: 'relational', ready: false });
		expect(state.criteria).toMatchObject([{ name: 'completeness', threshold: 0.6, holds: false }, { name: 'consents', value: 1, holds: true }, { name: 'weeks', value: 0, holds: false }]);
	});
});

describe('at sending', () => {
	const POST: Channel = { send: async () => ({ outcome: 'sent', providerId: 'x' }), close: async () => undefined };
	const send = async (now = NOW) => (await sendMessages(shop.store, 'email', POST, { most: 10, parallel: 2, leaseMinutes: 2 }, () => now)).messages;
	const waiting = async () => (await approved(shop.store, 'email', [{ contactPoints: [{ kind: 'email', value: 'una@posta.example' }] }], NOW, { kind: 'recall.vision', messageClass: 'recall' }))[0].id;
	const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);

	it('an approved message of a held campaign does not leave, and leaves once it is resumed', async () => {
		const id = await waiting();
		await holdCampaigns(shop.store, [{ campaign: 'recall.vision', channel: 'email', reason: 'BRAKE_COMPLAINTS', figures: {} }], NOW);
		expect(await send()).toMatchObject([{ id, to: 'approved', why: 'BRAKE_COMPLAINTS', notBefore: '2026-11-22T23:00:00.000Z' }]);
		expect((await messageHistory(shop.store.db, 1, id)).at(-1)).toMatchObject({ to: 'approved', why: 'BRAKE_COMPLAINTS' });
		expect(await send()).toEqual([]);
		const [hold] = await campaignHolds(shop.store, NOW);
		await resumeCampaign(shop.store, hold.id, 'chiara', 'x', NOW);
		expect(await send()).toMatchObject([{ id, to: 'sent' }]);
	});

	it('a message on another channel than the held one leaves', async () => {
		const id = await waiting();
		await holdCampaigns(shop.store, [{ campaign: 'recall.vision', channel: 'sms', reason: 'BRAKE_COMPLAINTS', figures: {} }, { campaign: 'birthday', reason: 'BRAKE_REJECTED', figures: {} }], NOW);
		expect(await send()).toMatchObject([{ id, to: 'sent' }]);
	});

	it('nothing leaves below whose step the shop fell back, until it is opened again', async () => {
		const id = await waiting();
		await back('relational');
		expect(await send()).toMatchObject([{ id, to: 'approved', why: 'ROLLOUT_PHASE' }]);
		expect(await stateOf(id)).toBe('approved');
		// Looked at again the next day, and still not sent.
		expect(await send('2026-11-23T08:00:00.000Z')).toMatchObject([{ id, why: 'ROLLOUT_PHASE' }]);
		await openStep(shop.store, 'recall', MOVE, '2026-11-23T09:00:00.000Z');
		expect(await send('2026-11-23T09:30:00.000Z')).toMatchObject([{ id, to: 'sent' }]);
	});

	it('an answer of the staff leaves in every step', async () => {
		await back('data');
		const [{ id }] = await approved(shop.store, 'email', [{ contactPoints: [{ kind: 'email', value: 'una@posta.example' }] }], NOW, { kind: 'reply' });
		await saveShop(shop.store.db, 'main', {}, NOW);
		expect(await send()).toMatchObject([{ id, to: 'sent' }]);
	});
});

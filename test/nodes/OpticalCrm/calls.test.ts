import type { INodeExecutionData } from 'n8n-workflow';
import type { NewCustomer } from '../../../lib/domain/customer';
import { refusalSentences } from '../../../lib/messages/compose/footer';
import { callTries } from '../../../lib/store/calls';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { exportCustomer } from '../../../lib/store/customers/exportCustomer';
import { messageHistory } from '../../../lib/store/messageHistory';
import { messageStates } from '../../../lib/store/review';
import { recordRpoChecks } from '../../../lib/store/rpo';
import { CALL_MINUTES, callsToday, recordCalls, takeCall, USUAL_CALLS } from '../../../nodes/shared/calls';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { plusMinutes } from '../../../lib/domain/time';
import { approved } from '../../support/approved';
import { runNode } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { setClock } from '../support/clock';
import { failure, openShop, type TestShop } from '../support/shop';

// The first test loads n8n, the print and a database of its own.
jest.setTimeout(30_000);

/** Tuesday, eleven in the morning in Italy. */
const NOW = '2026-11-24T10:00:00.000Z';
const SCRIPT = `Buongiorno, sono Chiara di Ottica Prova. Come si trova con gli occhiali nuovi?\n\n${refusalSentences('call')[0]}`;
const QUESTIONS = [{ id: 'sees', question: 'Vede bene da vicino?', answers: ['yes', 'no'] }];
let shop: TestShop;
let serial = 0;
beforeEach(async () => {
	shop = await openShop();
	setClock(NOW);
});
afterEach(async () => await shop.close());

const reachable = (person: Partial<NewCustomer> = {}): Partial<NewCustomer> => ({ ...person, contactPoints: [{ kind: 'phone', value: `+39333${String(++serial).padStart(7, '0')}`, line: 'mobile' }] });
const calls = async (count = 1, changes: Parameters<typeof approved>[4] = {}) =>
	await approved(shop.store, 'call', Array.from({ length: count }, () => reachable()), NOW, { ...changes, message: { text: SCRIPT, refusalUrl: undefined, subject: undefined, extra: { call: { questions: QUESTIONS } } } });
const run = async (operation: string, parameters: object = {}, items?: object[]): Promise<INodeExecutionData[]> =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'call', operation, ...parameters }, items }))[0];
const outcome = async (messageId: number, given: string, parameters: object = {}) => (await run('recordOutcome', { messageId, outcome: given, who: 'Chiara', ...parameters }))[0].json;
const list = async (now = NOW, perDay = USUAL_CALLS.perDay) => await callsToday(shop.store, { ...USUAL_CALLS, perDay }, now);
const listed = async (now = NOW) => (await list(now)).calls.map(({ messageId }) => messageId);
const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);
const row = async (id: number) => await shop.store.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('the list of today', () => {
	it('has no more calls than a day has room for: the rest comes tomorrow, by importance', async () => {
		const recalls = await calls(3, { kind: 'recall.vision', messageClass: 'recall' });
		await recordRpoChecks(shop.store, (await shop.store.db.selectFrom('contact_points').select('value').execute()).map(({ value }) => ({ number: value, result: 'notListed' as const, checkedAt: NOW })));
		const services = await calls(2);
		const first = (await run('getAll', { perDay: 3 })).map(({ json }) => json);
		expect(first.map(({ messageId }) => messageId)).toEqual([...services.map(({ id }) => id), recalls[0].id]);
		expect(first[0]).toMatchObject({ tel: expect.stringMatching(/^tel:\+39333/), script: SCRIPT, questions: QUESTIONS, tries: [], bestParts: ['evening', 'afternoon', 'morning'] });
		await outcome(services[0].id, 'reached');
		expect(await list(NOW, 3)).toMatchObject({ madeToday: 1, tomorrow: 2, calls: [{ messageId: services[1].id }, { messageId: recalls[0].id }] });
		// What was tried today counts against today only.
		expect(await list('2026-11-25T10:00:00.000Z', 3)).toMatchObject({ madeToday: 0, tomorrow: 1 });
	});

	it('asks the rules at that moment: the register, refusals and the hour', async () => {
		const [{ id, customerId }] = await calls(1, { kind: 'recall.vision', messageClass: 'recall' });
		expect((await list()).blocked).toEqual([{ messageId: id, customerId, why: 'RPO_STALE' }]);
		const [service] = await calls();
		expect(await listed()).toEqual([service.id]);
		// At eight in the morning nobody may ring yet; at ten in the evening not any more.
		expect((await list('2026-11-24T07:00:00.000Z')).calls).toMatchObject([{ messageId: service.id, callableFrom: '2026-11-24T08:00:00.000Z' }]);
		expect(await list('2026-11-24T21:00:00.000Z')).toMatchObject({ calls: [], tomorrow: 1 });
	});

	it('is only a look: nothing is changed', async () => {
		const [{ id }] = await calls();
		const before = [await row(id), await messageHistory(shop.store.db, shop.store.shop.id, id)];
		await list();
		expect([await row(id), await messageHistory(shop.store.db, shop.store.shop.id, id)]).toEqual(before);
		expect(await shop.store.db.selectFrom('decisions').select('id').execute()).toEqual([]);
	});

	it('takes as many statements for 40 calls as for one', async () => {
		await calls(1);
		const few = await countStatements(async () => await list());
		await calls(39);
		expect(await countStatements(async () => await list())).toBe(few);
	});
});

describe('taking a call', () => {
	it('lets one of two people have it, for a while', async () => {
		const [{ id }] = await calls();
		const answers = await Promise.all(['Chiara', 'Marco'].map(async (who) => await takeCall(shop.store, id, who, NOW)));
		expect(answers.filter(({ taken }) => taken)).toHaveLength(1);
		const holder = answers[0].taken ? 'Chiara' : 'Marco';
		const other = holder === 'Chiara' ? 'Marco' : 'Chiara';
		expect(answers.find(({ taken }) => !taken)).toEqual({ taken: false, who: holder });
		expect((await list()).calls).toMatchObject([{ takenBy: holder }]);
		expect(await recordCalls(shop.store, [{ messageId: id, outcome: 'reached' }], other, USUAL_CALLS, NOW)).toEqual([undefined]);
		expect(await takeCall(shop.store, id, other, plusMinutes(NOW, CALL_MINUTES))).toMatchObject({ taken: true });
	});

	it('decides anew, records it, and blocks what must not be called', async () => {
		const [{ id }] = await calls();
		expect(await takeCall(shop.store, id, 'Chiara', NOW)).toMatchObject({ taken: true, call: { script: SCRIPT } });
		expect(await shop.store.db.selectFrom('decisions').select(['outcome', 'moment']).execute()).toEqual([{ outcome: 'allow', moment: 'send' }]);
		const [refusing] = await calls();
		await shop.store.db.updateTable('customers').set({ deceased: 1 }).where('id', '=', refusing.customerId).execute();
		expect(await takeCall(shop.store, refusing.id, 'Chiara', NOW)).toEqual({ taken: false, why: 'SUBJECT_DECEASED' });
		expect(await stateOf(refusing.id)).toBe('blocked');
		const [late] = await calls();
		expect(await takeCall(shop.store, late.id, 'Chiara', '2026-11-24T21:00:00.000Z')).toMatchObject({ taken: false, retryAt: expect.stringMatching(/^2026-11-25T08/) });
		expect(await shop.store.db.selectFrom('call_leases').select('message_id').execute()).toEqual([{ message_id: id }]);
	});
});

describe('an outcome', () => {
	it('Reached ends the call and answers the occasion, with the answers ticked and the time it took', async () => {
		const [{ id, customerId }] = await calls();
		expect(await outcome(id, 'reached', { additionalFields: { answer: 'fine', ticked: '{"sees":"yes"}', minutes: 4, note: 'Molto gentile' } })).toMatchObject({ messageId: id, customerId, to: 'read' });
		expect(await row(id)).toMatchObject({ state: 'read', sent_on: '2026-11-24', read_at: NOW, staff_seconds: 240, cost_mills: 0, provider: 'call' });
		expect((await messageHistory(shop.store.db, shop.store.shop.id, id)).map(({ to, why }) => [to, why])).toEqual([['approved', undefined], ['sending', undefined], ['sent', 'REACHED'], ['read', undefined]]);
		expect(await shop.store.db.selectFrom('customer_answers').select(['customer_id', 'kind', 'answer', 'answered_on']).execute()).toEqual([{ customer_id: customerId, kind: 'progressive', answer: 'fine', answered_on: '2026-11-24' }]);
		expect(await callTries(shop.store, [id])).toEqual([{ messageId: id, at: NOW, who: 'Chiara', outcome: 'reached', answers: { sees: 'yes' }, note: 'Molto gentile' }]);
		expect(await failure(run('recordOutcome', { messageId: id, outcome: 'reached', who: 'Marco' }))).toMatchObject({ message: expect.stringContaining('is not waiting') });
		expect(await listed()).toEqual([]);
	});

	it('Booked enters the appointment in the same breath', async () => {
		const [{ id, customerId }] = await calls();
		expect(await outcome(id, 'booked', { additionalFields: { appointmentAt: '2026-12-01 10:30', appointmentKind: 'controllo' } })).toMatchObject({ to: 'read', appointmentId: expect.any(Number) });
		expect(await shop.store.db.selectFrom('appointments').select(['customer_id', 'starts_at', 'kind', 'status']).execute()).toEqual([{ customer_id: customerId, starts_at: '2026-12-01T09:30:00.000Z', kind: 'controllo', status: 'booked' }]);
	});

	it('Call Again keeps the promise first on that day, also past the last day of the occasion', async () => {
		const [{ id }, other] = await calls(2, { expiresOn: '2026-11-25' });
		expect(await outcome(id, 'again', { againAt: '2026-11-27 15:00' })).toMatchObject({ to: 'approved', notBefore: '2026-11-27T14:00:00.000Z' });
		expect(await listed()).toEqual([other.id]);
		expect((await list('2026-11-27T08:30:00.000Z')).calls).toMatchObject([{ messageId: id, callableFrom: '2026-11-27T14:00:00.000Z' }]);
		expect(await failure(run('recordOutcome', { messageId: other.id, outcome: 'again', againAt: '2026-11-20 15:00', who: 'Chiara' }))).toMatchObject({ message: expect.stringContaining('when to call again') });
	});

	it('Not Reached tries at another time, and gives up after three', async () => {
		const [{ id }] = await calls();
		const first = await outcome(id, 'notReached');
		expect(first).toMatchObject({ to: 'approved', notBefore: '2026-11-24T16:00:00.000Z' });
		for (const now of ['2026-11-24T16:30:00.000Z', '2026-11-25T13:00:00.000Z']) {
			setClock(now);
			await outcome(id, 'notReached');
		}
		expect(await row(id)).toMatchObject({ state: 'failed', staff_seconds: 180, sent_on: null });
		expect(await callTries(shop.store, [id])).toHaveLength(3);
	});

	it('Wrong Number is not used again', async () => {
		const [{ id, contactPointId }] = await calls();
		expect(await outcome(id, 'wrongNumber')).toMatchObject({ to: 'failed' });
		expect(await shop.store.db.selectFrom('contact_points').select('status').where('id', '=', contactPointId).executeTakeFirst()).toEqual({ status: 'invalid' });
	});

	it.each([['calls', 'call'], ['everything', 'any']] as const)('Refuses %s withdraws the consent on %s', async (refuses, channel) => {
		const [{ id, customerId }] = await calls(1, { kind: 'recall.vision', messageClass: 'recall' });
		await outcome(id, 'refuses', { refuses });
		const said = await shop.store.db.selectFrom('consents').select(['channel', 'purpose', 'status', 'source', 'operator']).where('customer_id', '=', customerId).orderBy('sequence').execute();
		expect(said.at(-1)).toMatchObject({ channel, purpose: 'recall', status: 'withdrawn', source: 'desk' });
		expect(await stateOf(id)).toBe('read');
	});

	it('is refused where an answer is none of the question, and the others are recorded', async () => {
		const [one, other] = await calls(2);
		const said = await recordCalls(shop.store, [{ messageId: one.id, outcome: 'reached', ticked: { sees: 'maybe' } }, { messageId: other.id, outcome: 'reached' }, { messageId: other.id, outcome: 'wrongNumber' }], 'Chiara', USUAL_CALLS, NOW);
		expect(said).toMatchObject([{ message: expect.stringContaining('no such question') }, { to: 'read' }, undefined]);
		expect(await callTries(shop.store, [one.id, other.id])).toHaveLength(1);
	});

	it('takes as many statements for 30 calls as for one', async () => {
		const record = async (ids: Array<{ id: number }>) => await countStatements(async () => await recordCalls(shop.store, ids.map(({ id }) => ({ messageId: id, outcome: 'refuses' })), 'Chiara', USUAL_CALLS, NOW));
		const few = await record(await calls(1));
		expect(await record(await calls(30))).toBe(few);
	});
});

it('a customer sees the calls, and an erasure takes the staff\'s words away', async () => {
	const [{ id, customerId }] = await calls();
	await takeCall(shop.store, id, 'Chiara', NOW);
	await outcome(id, 'reached', { additionalFields: { note: 'Ha nominato Giulia Rossi', ticked: { sees: 'no' } } });
	expect((await exportCustomer(shop.store, customerId, NOW)).sections.calls).toMatchObject([{ outcome: 'reached', note: 'Ha nominato Giulia Rossi', answers: { sees: 'no' } }]);
	const { proof } = await eraseCustomers(shop.store, [customerId], { reason: 'request', who: 'Chiara' }, NOW);
	expect(proof.left).toEqual([]);
	expect(await callTries(shop.store, [id])).toEqual([{ messageId: id, at: NOW, who: 'Chiara', outcome: 'reached' }]);
});

import { refusalSentences } from '../../../lib/messages/compose/footer';
import { callTries } from '../../../lib/store/calls';
import { messageStates } from '../../../lib/store/review';
import { approved } from '../../support/approved';
import { setClock } from '../support/clock';
import { openShop, type TestShop } from '../support/shop';
import { press, staff, textOf } from './support';

jest.setTimeout(60_000);

/** Tuesday, eleven in the morning in Italy. */
const NOW = '2026-11-24T10:00:00.000Z';
const QUESTIONS = [{ id: 'near', question: 'Vede bene da vicino?', answers: ['sì', 'no'] }];
let shop: TestShop;
let serial = 0;
beforeEach(async () => {
	shop = await openShop();
	setClock(NOW);
});
afterEach(async () => await shop.close());

const calls = async (count = 1) =>
	(await approved(shop.store, 'call', Array.from({ length: count }, () => ({ lastName: `Verdi${++serial}`, contactPoints: [{ kind: 'phone' as const, value: `+39333${String(serial).padStart(7, '0')}`, line: 'mobile' as const }] })), NOW, {
		message: { text: `Buongiorno, sono Chiara di Ottica Prova. Come va?\n\n${refusalSentences('call')[0]}`, refusalUrl: undefined, subject: undefined, extra: { call: { questions: QUESTIONS } } },
	})).map(({ id }) => id);
const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);
const taken = async (id: number, name = 'chiara') => {
	const visitor = await staff(shop, name);
	await press(visitor, 'takeCall', { call: String(id) }, `?view=call&id=${id}`);
	await visitor.get(`?view=call&id=${id}`);
	return visitor;
};

it('lists no more calls than the day has room for, and says that the rest moves to tomorrow', async () => {
	await calls(3);
	const visitor = await staff(shop, 'chiara', { callsPerDay: 2 });
	const page = await visitor.get('?view=calls');
	expect(page.body.match(/value="takeCall"/g)).toHaveLength(2);
	expect(textOf(page)).toContain('1 passa a domani');
});

it('shows the number only to who has taken the call; the other is told who is on it, and gets it when it is given back', async () => {
	const [id] = await calls();
	const [marco, chiara] = [await staff(shop, 'marco'), await taken(id)];
	expect(chiara.reply.body).toContain('href="tel:+393330000');
	expect((await marco.get(`?view=call&id=${id}`)).body).not.toContain('tel:');
	const refused = await press(marco, 'takeCall', { call: String(id) });
	expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('ci pensa chiara')]);
	await press(chiara, 'releaseCall', { call: String(id) }, '?view=calls');
	expect((await press(marco, 'takeCall', { call: String(id) }, `?view=call&id=${id}`)).status).toBe(303);
});

it('takes none at an hour at which nobody may ring', async () => {
	const [id] = await calls();
	setClock('2026-11-24T21:00:00.000Z');
	const visitor = await staff(shop);
	const refused = await press(visitor, 'takeCall', { call: String(id) });
	expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('non si telefona')]);
	expect(await shop.store.db.selectFrom('call_leases').selectAll().execute()).toEqual([]);
});

it('records an outcome with ticks and note in one touch', async () => {
	const [id] = await calls();
	const visitor = await taken(id);
	const reply = await press(visitor, 'callReached', { call: String(id), 'tick-near': 'sì', note: 'contenta' }, `?view=call&id=${id}`);
	expect(reply).toMatchObject({ status: 303, headers: { Location: '?view=calls&done=callRecorded&n=1' }, items: [] });
	expect(await callTries(shop.store, [id])).toMatchObject([{ outcome: 'reached', who: 'chiara', answers: { near: 'sì' }, note: 'contenta' }]);
	expect(await stateOf(id)).toBe('read');
});

it('keeps what was typed where the time is missing, then puts the appointment into a calendar', async () => {
	const [id] = await calls();
	const visitor = await taken(id);
	const again = await press(visitor, 'callBooked', { call: String(id), bookedAt: '', 'tick-near': 'no', note: 'mattina' }, `?view=call&id=${id}`);
	expect([again.status, again.body]).toEqual([422, expect.stringContaining('mattina</textarea>')]);
	expect(again.body).toMatch(/value="no" checked/);
	expect(await callTries(shop.store, [id])).toEqual([]);
	const done = await press(visitor, 'callBooked', { call: String(id), bookedAt: '2026-11-30T10:30' }, `?view=call&id=${id}`);
	expect(done.headers.Location).toBe(`?view=call&id=${id}&done=callRecorded&n=1`);
	expect(textOf(await visitor.get(`?view=call&id=${id}`))).toContain('Appuntamento: 30 nov 2026, 10:30');
	const file = await visitor.get(`?view=callEntry&id=${id}`);
	expect(file.headers).toMatchObject({ 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': expect.stringContaining(`booked-${id}.ics`) });
	expect(String(file.body)).toContain('DTSTART:20261130T093000Z');
});

it('calls again when the customer wants, and withdraws what is refused', async () => {
	const [first, second, third] = await calls(3);
	const chiara = await taken(first);
	await press(chiara, 'callAgain', { call: String(first), againAt: '2026-11-24T15:00' });
	expect(textOf(await chiara.get(`?view=call&id=${first}`))).toContain('Vuole una telefonata: 24 nov 2026, 15:00');
	await press(chiara, 'callRefusesEverything', { call: String(second) });
	await press(chiara, 'callWrongNumber', { call: String(third) });
	expect([await stateOf(first), await stateOf(second), await stateOf(third)]).toEqual(['approved', 'read', 'failed']);
	expect(await shop.store.db.selectFrom('consents').select(['channel', 'status', 'operator']).where('source', '=', 'desk').execute()).toEqual([{ channel: 'any', status: 'withdrawn', operator: 'chiara' }]);
});

it('changes nothing by a look, by a stranger’s form, or for who is too late', async () => {
	const [id] = await calls();
	const [chiara, marco] = [await taken(id), await staff(shop, 'marco')];
	await marco.get(`?view=call&id=${id}&action=callReached&call=${id}`);
	expect((await marco.post({ csrf: 'x', action: 'callReached', call: String(id) })).status).toBe(409);
	expect(await stateOf(id)).toBe('approved');
	await marco.get();
	const late = await press(marco, 'callReached', { call: String(id), note: 'le mie parole' });
	expect([late.status, textOf(late)]).toEqual([409, expect.stringContaining('le mie parole')]);
	expect(await callTries(shop.store, [id])).toEqual([]);
	expect((await press(chiara, 'callReached', { call: String(id), 'tick-near': 'forse' })).status).toBe(400);
});

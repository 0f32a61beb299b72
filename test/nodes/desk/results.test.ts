import { deskLog } from '../../../lib/store/desk/deskLog';
import { openGoals } from '../../../lib/store/report/goals';
import { insertRows, rowOf } from '../../lib/store/report/rows';
import { setClock } from '../support/clock';
import { NOW, openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD, role: 'staff' }] } };
const GOAL = { action: 'setGoal', segment: 'prospects', goal: 'return', months: '6', percent: '50', dueOn: '2027-06-30', back: '?view=results' };

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const login = async (user = 'chiara') => {
	const browser = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } });
	await browser.logIn(user);
	await browser.get('?view=results');
	return browser;
};

it('is the lead\'s: the staff neither see it nor set or end a goal', async () => {
	const browser = await login('marco');
	expect(browser.reply.status).toBe(403);
	await browser.get('');
	expect(browser.reply.body).not.toContain('view=results');
	const { csrf } = browser;
	for (const form of [GOAL, { action: 'endGoal', goal: '1' }] as Array<Record<string, string>>) expect((await browser.post({ csrf, ...form })).status).toBe(403);
	expect(await openGoals(shop.store)).toEqual([]);
});

it('sets a goal for a segment, says how far it is, ends it, and writes down who did', async () => {
	const [customer] = await shop.customers(4);
	const browser = await login();
	expect(browser.reply.body).toContain('Non c’è ancora nessun obiettivo');
	expect(await browser.post({ csrf: browser.csrf, ...GOAL })).toMatchObject({ status: 303, headers: { Location: '?view=results&done=goalSet&n=1' } });
	const [goal] = await openGoals(shop.store);
	expect(goal).toMatchObject({ segment: 'prospects', goal: 'return', months: 6, target: 500, dueOn: '2027-06-30', setBy: 'chiara', setOn: NOW.slice(0, 10) });
	await insertRows(shop.store, 'exams', [rowOf.exam(shop.store, customer, '2026-12-01')]);
	setClock('2026-12-02T09:00:00.000Z');
	const later = await login();
	expect(later.reply.body).toContain('1 clienti su 4');
	const { csrf } = later;
	expect(await later.post({ csrf, action: 'endGoal', goal: String(goal.id), back: '?view=results' })).toMatchObject({ headers: { Location: '?view=results&done=goalEnded&n=1' } });
	expect(await later.post({ csrf, action: 'endGoal', goal: String(goal.id), back: '?view=results' })).toMatchObject({ headers: { Location: '?view=results&done=nothing&left=1' } });
	expect(await openGoals(shop.store)).toEqual([]);
	const { entries } = await deskLog(shop.store, { limit: 20, offset: 0 });
	expect(entries.filter(({ action }) => action.startsWith('goal'))).toMatchObject([{ who: 'chiara', action: 'goalEnded', subject: `goal ${goal.id}` }, { who: 'chiara', action: 'goalSet', subject: `goal ${goal.id}` }]);
});

it.each([
	[{ segment: 'nobody' }, 'Scegli un gruppo'], [{ segment: 'toString' }, 'Scegli un gruppo'], [{ months: '121' }, 'da 1 a 120'], [{ percent: '0' }, 'quanti clienti su 100'], [{ percent: '101' }, 'quanti clienti su 100'], [{ dueOn: NOW.slice(0, 10) }, 'dopo oggi'],
])('keeps a goal that cannot be as it was typed: %j', async (changes, words) => {
	const browser = await login();
	const reply = await browser.post({ csrf: browser.csrf, ...GOAL, percent: '33,3', ...changes });
	expect(reply.body).toContain(words);
	expect(reply.body).toContain(`value="${{ percent: '33,3', ...changes }.percent}"`);
	expect(await openGoals(shop.store)).toEqual([]);
});

it('changes nothing by a GET', async () => {
	const browser = await login();
	await browser.get(`?${new URLSearchParams({ ...GOAL, view: 'results', csrf: browser.csrf })}`);
	expect(await openGoals(shop.store)).toEqual([]);
});

import { CrmReport } from '../../nodes/CrmReport/CrmReport.node';
import { monthsBefore, setSegmentGoal } from '../../nodes/shared/report';
import { writePeople } from '../lib/store/report/campaignShop';
import type { Person } from '../lib/store/report/obviousCampaigns';
import { runNode } from '../support/runNode';
import { countStatements } from '../support/store';
import { NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const report = async (parameters: Record<string, unknown> = {}) => {
	const [[{ json }]] = await runNode(CrmReport, { credentials: shop.credentials, items: [{}], parameters: { operation: 'costs', months: 12, ...parameters } });
	return json as { total: Record<string, number>; rows: Array<Record<string, unknown>> };
};
const set = async (id: number, changes: Record<string, unknown>) => void (await shop.store.db.updateTable('messages').set(changes).where('id', '=', id).execute());

it('adds up what messages cost, by month, campaign and channel', async () => {
	await shop.customers(6);
	const ids = (await shop.queued()).map(({ message }) => message?.id as number);
	await set(ids[0], { state: 'sent', sent_on: '2026-11-22', cost_mills: 135, staff_seconds: 30 });
	await set(ids[1], { state: 'delivered', sent_on: '2026-11-20', cost_mills: 70, staff_seconds: 15 });
	await set(ids[2], { state: 'read', sent_on: '2026-10-31', channel: 'call', cost_mills: 0, staff_seconds: 200 });
	// Nobody got a rehearsal, the others have not left, and one is too long ago.
	await set(ids[3], { state: 'sent', sent_on: '2026-11-22', cost_mills: 999, staff_seconds: 999, provider: 'rehearsal' });
	await set(ids[5], { state: 'sent', sent_on: '2025-11-30', cost_mills: 999, staff_seconds: 999 });
	expect(await report()).toEqual({
		total: { messages: 3, euros: 0.21, staffMinutes: 4.1 },
		rows: [
			{ month: '2026-10', campaign: 'birthday', channel: 'call', messages: 1, euros: 0, staffMinutes: 3.3 },
			{ month: '2026-11', campaign: 'birthday', channel: 'email', messages: 2, euros: 0.21, staffMinutes: 0.8 },
		],
	});
	expect((await report({ months: 1 })).rows.map(({ month }) => month)).toEqual(['2026-11']);
	expect((await report({ months: 13 })).total.messages).toBe(4);
});

it('says so where nothing was spent, and asks the database once for all messages', async () => {
	expect(await report()).toEqual({ total: { messages: 0, euros: 0, staffMinutes: 0 }, rows: [] });
	const few = await countStatements(async () => await report());
	await shop.customers(30);
	for (const { message } of await shop.queued()) await set(message?.id as number, { state: 'sent', sent_on: '2026-11-22', cost_mills: 1, staff_seconds: 1 });
	expect(await countStatements(async () => await report())).toEqual(few);
});

it('refuses a number of months that makes no sense', async () => {
	await expect(report({ months: 0 })).rejects.toThrow(/Months/);
});

it.each([['2026-11-22', 0, '2026-11-01'], ['2026-01-31', 1, '2025-12-01'], ['2024-02-29', 12, '2023-02-01']] as const)('counts months from %s', (day, months, first) => {
	expect(monthsBefore(day, months)).toBe(first);
});

describe('the whole report', () => {
	const run = async (operation: string, parameters: Record<string, unknown> = {}) => {
		const [[item]] = await runNode(CrmReport, { credentials: shop.credentials, items: [{}, {}], parameters: { operation, months: 12, ...parameters } });
		return item;
	};
	const campaign = async () => {
		await shop.customers(3);
		const { store } = shop;
		await writePeople(store, [
			...Array.from({ length: 30 }, (_, index): Person => ({ assigned: [{ campaign: 'recall.vision', on: '2026-06-01', group: 'contact', message: { state: 'sent', rehearsed: false, replied: index < 3 } }], exams: index < 12 ? ['2026-06-20'] : [], visits: [], sales: [] })),
			...Array.from({ length: 10 }, (_, index): Person => ({ assigned: [{ campaign: 'recall.vision', on: '2026-06-01', group: 'holdout' }], exams: [], visits: [], sales: index < 3 ? [{ on: '2026-07-01', cents: 20_000, returned: false }] : [] })),
		]);
	};

	it('tells what a campaign brought, with the settings that it was looked at with', async () => {
		await campaign();
		const { json } = await run('campaigns', { options: { windowDays: 30, staffHour: 30 } });
		expect(json).toMatchObject({
			settings: { months: 12, windowDays: 30, leastEffect: 0.1, centsAnHour: 3000 },
			campaigns: [{ campaign: 'recall.vision', class: 'recall', due: 40, heldOut: 10, sent: 30, delivered: 30, answered: 3, over: { contact: 30, holdout: 10 }, returned: { contact: 12, holdout: 3 }, verdict: 'too-early', messages: 30, costCents: 300 + 1500 }],
		});
		expect(await run('campaigns', { months: 5 })).toMatchObject({ json: { campaigns: [] } });
	});

	it('gives the figures of whole months, the goals, and all in one with mail and page', async () => {
		await campaign();
		await setSegmentGoal(shop.store, { segment: 'prospects', goal: 'stay-in-touch', months: 6, target: 500, dueOn: '2027-05-01', setBy: 'chiara' }, NOW);
		expect((await run('kpis', { months: 5 })).json).toMatchObject({ months: [{ month: '2026-06' }, { month: '2026-07', averageBasket: { value: 20_000 } }, { month: '2026-08' }, { month: '2026-09' }, { month: '2026-10' }] });
		expect((await run('goals')).json).toMatchObject({ goals: [{ segment: 'prospects', members: 40, there: 30, state: 'reached' }] });
		const { json, binary, pairedItem } = await run('report', { mailTo: ' titolare@ottica.example ', deskUrl: 'https://n8n.example/desk', page: true, binaryField: 'foglio' });
		expect(json).toMatchObject({ report: { shop: 'Ottica Prova', period: { from: '2025-12-01', to: '2026-11-22' }, kpis: expect.any(Array), campaigns: [{ due: 40 }], goals: [{ target: 500 }] }, mail: { to: 'titolare@ottica.example', from: 'ciao@ottica.example', subject: 'Ottica Prova: i risultati fino a ottobre 2026' } });
		const { mimeType, fileName, data } = binary?.foglio as { mimeType: string; fileName: string; data: string };
		expect([mimeType, fileName]).toEqual(['text/html', 'report-2026-11-22.html']);
		expect(Buffer.from(data, 'base64').toString()).toContain('<img class="chart" src="data:image/svg+xml;base64,');
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		const english = await run('report', { page: false, options: { language: 'en' } });
		expect([english.binary, (english.json.mail as { subject: string }).subject]).toEqual([undefined, 'Ottica Prova: the results up to October 2026']);
	});

	it('reads the store as often for many customers as for few, and changes nothing', async () => {
		const before = await countStatements(async () => await run('report', { page: false }));
		await campaign();
		expect(await countStatements(async () => await run('report', { page: false }))).toBe(before + 2);
	});

	it.each([[{ months: 121 }, /Months/], [{ options: { windowDays: 0 } }, /Return Window/], [{ options: { leastEffect: 0 } }, /Least Effect/], [{ options: { staffHour: -1 } }, /Staff Hour/], [{ options: { language: 'fr' } }, /Language/], [{ deskUrl: 'javascript:x' }, /Desk/]])('refuses %j', async (parameters, message) => {
		await expect(run('report', parameters)).rejects.toThrow(message);
	});
});

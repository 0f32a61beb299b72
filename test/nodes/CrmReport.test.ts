import { CrmReport } from '../../nodes/CrmReport/CrmReport.node';
import { monthsBefore } from '../../nodes/shared/report';
import { runNode } from '../support/runNode';
import { countStatements } from '../support/store';
import { openShop, type TestShop } from './support/shop';

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

import { sql } from 'kysely';
import { consentFor } from '../../../../lib/consent/consentFor';
import { verifyChain } from '../../../../lib/domain/consentChain';
import type { NewCustomer } from '../../../../lib/domain/customer';
import type { Channel } from '../../../../lib/domain/glossary';
import { consentHistory } from '../../../../lib/store/consents';
import { getCustomers, listCustomers } from '../../../../lib/store/customers/customers';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { customerFacts } from '../../../../lib/store/facts';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { undoMerge } from '../../../../lib/store/merging/undoMerge';
import { previewDue } from '../../../../lib/store/occasions/claim';
import { occasionIds } from '../../../../lib/store/settling';
import { markUnreachable } from '../../../../lib/store/unreachable';
import { birthdayPlan } from '../../../support/due';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-23T08:00:00.000Z';
const IMPORT = { source: 'import', noticeVersion: '2024-01' };

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

const NAME = { firstName: 'Giulia', lastName: 'Conti', consents: [] };
const two = async (kept: Partial<NewCustomer> = {}, merged: Partial<NewCustomer> = {}) =>
	await saved(test.store, [customer({ ...NAME, code: 'K', ...kept }), customer({ ...NAME, code: 'M', ...merged })]);
const merge = async ([keptId, mergedId]: number[]) => await mergeCustomers(test.store, { keptId, mergedId, who: 'Chiara' }, LATER);
const said = (status: 'granted' | 'denied' | 'withdrawn', capturedOn: string) => ({ consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status, capturedOn }] });
const inForce = async (id: number) => consentFor((await consentHistory(test.store, [id])).get(id) ?? [], 'email', 'marketing', '2026-12-01T00:00:00.000Z')?.status;
const NUMBER = { kind: 'phone' as const, value: '+393331234567', line: 'mobile' as const };
const MAIL = { kind: 'email' as const, value: 'giulia@posta.example' };
const pointsOf = async (id: number) =>
	(await sql<{ id: number; status: string; unreachable: string | null }>`select id, status, unreachable from contact_points where customer_id = ${id} order by id`.execute(test.store.db)).rows;
const unreachable = async (points: Array<{ id: number; channel: Channel }>) => {
	for (const { id, channel } of points) await markUnreachable(test.store.db, test.store, [{ contactPointId: id, channel }]);
};
const dump = async () => {
	const tables = ['customers', 'contact_points', 'occasions', 'messages', 'equipment', 'opt_in_requests'];
	const rows = await Promise.all(tables.map(async (table) => (await sql<Record<string, unknown>>`select * from ${sql.table(table)} order by 1`.execute(test.store.db)).rows));
	return rows.flat().map(({ updated_at: _, ...row }) => row);
};

describe('a merge', () => {
	it('fills gaps only, moves addresses once, and lists one customer', async () => {
		const shared = { kind: 'email' as const, value: 'giulia@posta.example' };
		const ids = await two({ birthDate: undefined, contactPoints: [shared] }, { sex: 'F', contactPoints: [shared, { kind: 'phone', value: '+393331234567', line: 'mobile' }] });
		const result = await merge(ids);
		expect(result).toMatchObject({ filled: ['sex', 'birth_date'], moved: { contactPoints: 1 } });
		const listed = await listCustomers(test.store, { limit: 9 });
		expect(listed).toMatchObject([{ id: ids[0], code: 'K', sex: 'F', birthDate: '1980-11-22', contactPoints: [shared, { value: '+393331234567' }] }]);
	});

	it('leaves a signpost: code, id and name of the merged one lead to the kept one', async () => {
		const ids = await two({}, { firstName: 'Giuliana' });
		await merge(ids);
		const found = await getCustomers(test.store, [{ id: ids[1] }, { code: 'M' }, { code: 'K' }]);
		expect(found.map((one) => one?.id)).toEqual([ids[0], ids[0], ids[0]]);
		const rows = [customer({ ...NAME, code: 'K' }), customer({ ...NAME, code: 'M', firstName: 'Giuliana', sex: 'F' }), customer({ ...NAME, code: undefined, firstName: 'Giuliana' })];
		const results = await saveCustomers(test.store, rows, IMPORT, LATER);
		expect(results.map((result) => result.status !== 'rejected' && result.id)).toEqual([ids[0], ids[0], ids[0]]);
		expect(await getCustomers(test.store, [{ id: ids[0] }])).toMatchObject([{ code: 'K', firstName: 'Giulia', sex: 'F' }]);
		// Imported again, the two rows do not take turns.
		expect((await saveCustomers(test.store, rows, IMPORT, LATER)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
	});

	it('takes the merged one out of birthdays, facts and new occasions', async () => {
		const ids = await two();
		await merge(ids);
		expect((await previewDue(test.store, birthdayPlan('2026-11-22'), 9, NOW)).map((one) => one.customer.id)).toEqual([ids[0]]);
		expect([...(await customerFacts(test.store, ids)).keys()]).toEqual([ids[0]]);
		const key = { kind: 'campaign.x', dueOn: '2026-11-22', stage: 1 };
		expect(await occasionIds(test.store, ids.map((customerId) => ({ ...key, customerId })), NOW)).toEqual([expect.any(Number), undefined]);
	});

	it('moves occasions, and ends one that both have', async () => {
		const ids = await two();
		const of = (customerId: number, kind: string) => ({ customerId, kind, dueOn: '2026-11-22', stage: 1 });
		const [own, doubled, moved] = (await occasionIds(test.store, [of(ids[0], 'birthday'), of(ids[1], 'birthday'), of(ids[1], 'welcome')], NOW)) as number[];
		await merge(ids);
		const { rows } = await sql`select id, customer_id, state, outcome, reason from occasions order by id`.execute(test.store.db);
		expect(rows).toEqual([
			{ id: own, customer_id: ids[0], state: 'leased', outcome: null, reason: null },
			{ id: doubled, customer_id: ids[1], state: 'settled', outcome: 'dropped', reason: 'MERGED' },
			{ id: moved, customer_id: ids[0], state: 'leased', outcome: null, reason: null },
		]);
	});

	it.each([
		['a yes comes along', [], said('granted', '2023-05-01'), 'granted'],
		['a later yes does not lift the kept one\'s no', said('withdrawn', '2022-05-01'), said('granted', '2023-05-01'), 'withdrawn'],
		['an earlier no wins over the kept one\'s later yes', said('granted', '2023-05-01'), said('denied', '2022-05-01'), 'withdrawn'],
		['a later no wins', said('granted', '2022-05-01'), said('denied', '2023-05-01'), 'denied'],
		['two yes are a yes', said('granted', '2022-05-01'), said('granted', '2023-05-01'), 'granted'],
	])('of consents, the strictest wins: %s', async (_, kept, merged, status) => {
		const ids = await two(Array.isArray(kept) ? {} : kept, merged);
		await merge(ids);
		expect(await inForce(ids[0])).toBe(status);
		for (const chain of (await consentHistory(test.store, ids)).values()) expect(verifyChain(chain)).toBeUndefined();
	});

	it('joins what providers said of an address that both have, and takes along what was said of hers alone', async () => {
		const ids = await two({ contactPoints: [NUMBER, MAIL] }, { contactPoints: [NUMBER, MAIL, { kind: 'phone', value: '+393337654321', line: 'mobile' }] });
		const [kept, merged] = await Promise.all(ids.map(pointsOf));
		await unreachable([{ id: kept[0].id, channel: 'sms' }, { id: merged[0].id, channel: 'whatsapp' }, { id: merged[0].id, channel: 'sms' }, { id: merged[1].id, channel: 'email' }, { id: merged[2].id, channel: 'whatsapp' }]);
		await merge(ids);
		expect(await pointsOf(ids[0])).toMatchObject([
			{ id: kept[0].id, status: 'valid', unreachable: 'sms,whatsapp' }, { id: kept[1].id, status: 'bounced', unreachable: null }, { id: merged[2].id, status: 'valid', unreachable: 'whatsapp' },
		]);
	});

	it('names what is wrong, and changes nothing', async () => {
		const [kept, merged, third] = await saved(test.store, [customer(), customer(), customer()]);
		await merge([kept, merged]);
		const before = await dump();
		await expect(merge([kept, kept])).rejects.toThrow(/herself/);
		await expect(merge([kept, 4711])).rejects.toThrow(/no customer 4711/);
		await expect(merge([third, merged])).rejects.toThrow(`merged into customer ${kept} already`);
		expect(await dump()).toEqual(before);
	});

	it('needs as many statements for a customer with much as for one with little', async () => {
		const ids = await saved(test.store, [customer(), customer(), customer(), customer()]);
		const keys = Array.from({ length: 50 }, (_, day) => ({ customerId: ids[1], kind: 'welcome', dueOn: `2026-01-${day}`, stage: 1 }));
		await occasionIds(test.store, keys, NOW);
		const many = await countStatements(async () => await merge([ids[0], ids[1]]));
		expect(await countStatements(async () => await merge([ids[2], ids[3]]))).toBe(many);
	});
});

describe('undoing a merge', () => {
	it('puts everything back as it was', async () => {
		const shared = { kind: 'email' as const, value: 'giulia@posta.example' };
		const ids = await two({ code: undefined, birthDate: undefined, contactPoints: [shared] }, { sex: 'F', contactPoints: [shared, { kind: 'phone', value: '+393331234567' }] });
		await occasionIds(test.store, ids.map((customerId) => ({ customerId, kind: 'welcome', dueOn: '2026-11-22', stage: customerId })), NOW);
		const before = await dump();
		const { mergeId } = await merge(ids);
		expect(await dump()).not.toEqual(before);
		expect(await undoMerge(test.store, mergeId, LATER)).toEqual({ mergeId, keptId: ids[0], mergedId: ids[1] });
		expect(await dump()).toEqual(before);
		await expect(undoMerge(test.store, mergeId, LATER)).rejects.toThrow(/undone already/);
	});

	it('leaves an address as it was before, and what a provider said of it since', async () => {
		const ids = await two({ contactPoints: [NUMBER, MAIL] }, { contactPoints: [NUMBER, MAIL] });
		const [kept, merged] = await Promise.all(ids.map(pointsOf));
		await unreachable([{ id: merged[0].id, channel: 'whatsapp' }, { id: merged[1].id, channel: 'email' }]);
		const before = await dump();
		const first = await merge(ids);
		await undoMerge(test.store, first.mergeId, LATER);
		expect(await dump()).toEqual(before);

		const second = await merge(ids);
		await unreachable([{ id: kept[0].id, channel: 'sms' }]);
		await undoMerge(test.store, second.mergeId, LATER);
		expect(await pointsOf(ids[0])).toMatchObject([{ unreachable: 'whatsapp,sms' }, { status: 'valid' }]);
		expect(await pointsOf(ids[1])).toMatchObject([{ unreachable: 'whatsapp' }, { status: 'bounced' }]);
	});

	it('takes back a yes that was not hers, and leaves a no said meanwhile with both', async () => {
		const ids = await two({}, said('granted', '2023-05-01'));
		const { mergeId } = await merge(ids);
		await undoMerge(test.store, mergeId, LATER);
		expect([await inForce(ids[0]), await inForce(ids[1])]).toEqual(['unknown', 'granted']);

		const again = await merge(ids);
		await saveCustomers(test.store, [customer({ ...NAME, code: 'K', ...said('withdrawn', '2026-11-23') })], { source: 'desk' }, LATER);
		await undoMerge(test.store, again.mergeId, LATER);
		expect([await inForce(ids[0]), await inForce(ids[1])]).toEqual(['withdrawn', 'withdrawn']);
	});

	it('leads the signposts of earlier merges back, and wants the last merge undone first', async () => {
		const ids = await saved(test.store, [customer(), customer(), customer()]);
		const first = await merge([ids[1], ids[2]]);
		const second = await merge([ids[0], ids[1]]);
		expect(await getCustomers(test.store, [{ id: ids[2] }])).toMatchObject([{ id: ids[0] }]);
		await expect(undoMerge(test.store, first.mergeId, LATER)).rejects.toThrow(`merged into customer ${ids[0]} since`);
		await undoMerge(test.store, second.mergeId, LATER);
		expect(await getCustomers(test.store, [{ id: ids[2] }])).toMatchObject([{ id: ids[1] }]);
	});
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { consentHistory } from '../../../../lib/store/consents';
import { formerValues } from '../../../../lib/store/customers/formerValues';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { searchFormerValues } from '../../../../lib/store/erasing/erasureProof';
import { erasePurchaseDetails, forgottenCustomers, oldPurchases, previewCode } from '../../../../lib/store/erasing/retention';
import { customerFacts } from '../../../../lib/store/facts';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { recordConsents } from '../../../../lib/store/recordConsents';
import { listEquipment, saveEquipment } from '../../../../lib/store/records/equipment';
import { verifyConsents } from '../../../../lib/store/verifyConsents';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-23T08:00:00.000Z';
const REQUEST = { reason: 'request', who: 'Chiara' } as const;
let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const ZOE = () => customer({
	code: 'ZK-77', firstName: 'Zoë', lastName: "D'Ambrosìzyx", birthDate: '1971-03-04',
	contactPoints: [{ kind: 'email', value: 'zoe.zyx@posta.example' }, { kind: 'phone', value: '+393339876543', line: 'mobile' }, { kind: 'address', value: 'Via Zyxwuti 9, 50100 Firenze FI' }],
});
/** A customer of whom every table holds something. */
const known = async () => {
	const [id] = await saved(test.store, [ZOE()]);
	const { db } = test.store;
	const run = async (text: string) => await sql.raw(text).execute(db);
	await recordConsents(test.store, [{ customerId: id, channel: 'email', purpose: 'recall', status: 'granted', legalBasis: 'consent', capturedAt: NOW, source: 'staff', evidence: "scan D'Ambrosìzyx", guardian: 'Zoë Zyx' }], NOW);
	await run(`insert into households values (7, 1, 'Famiglia D''Ambrosìzyx', '${NOW}')`);
	await run(`update customers set household_id = 7 where id = ${id}`);
	const common = `1, ${id}, 'key', null`;
	await run(`insert into segment_members (shop_id, name, customer_id) values (1, 'at-risk', ${id})`);
	await run(`insert into equipment (shop_id, customer_id, source_key, code, kind, description, created_at, updated_at) values (${common}, 'spectacles', 'per Zoë', '${NOW}', '${NOW}')`);
	await run(`insert into exams (shop_id, customer_id, source_key, code, kind, taken_on, created_at, updated_at) values (${common}, 'vision', '2020-01-01', '${NOW}', '${NOW}')`);
	await run(`insert into quotes (shop_id, customer_id, source_key, code, description, made_on, status, created_at, updated_at) values (${common}, 'Zoë', '2020-01-01', 'open', '${NOW}', '${NOW}')`);
	await run(`insert into appointments (shop_id, customer_id, source_key, code, kind, starts_at, status, created_at, updated_at) values (${common}, 'exam', '2020-01-01T08:00:00.000Z', 'kept', '${NOW}', '${NOW}')`);
	await run(`insert into tickets (shop_id, customer_id, channel, sender, kind, urgent, state, proposed_answer, opened_at, updated_at) values (1, ${id}, 'email', 'zoe.zyx@posta.example', 'problem', 1, 'open', 'Gentile Zoë', '${NOW}', '${NOW}')`);
	await run(`insert into inbound_messages (shop_id, customer_id, channel, sender, body, meaning, at, received_at, ticket_id) values (1, ${id}, 'email', 'zoe.zyx@posta.example', 'Sono Zoë', 'problem', '${NOW}', '${NOW}', 1), (1, null, 'sms', '+393339876543', 'Sono io', 'other', '${NOW}', '${NOW}', null)`);
	await run(`insert into survey_answers (shop_id, customer_id, score, comment, answered_at) values (1, ${id}, 3, 'parola di Zoë', '${NOW}')`);
	await run(`insert into occasions (id, shop_id, customer_id, kind, due_on, stage, state, claims, created_at) values (900, 1, ${id}, 'welcome', '2020-01-01', 1, 'settled', 1, '${NOW}')`);
	await run(`insert into campaign_assignments values (900, 1, ${id}, 'welcome', 'contact', '2020-01-01', '${NOW}')`);
	await run(`insert into opt_in_requests values ('t', 1, ${id}, 1, 'email', 'marketing', null, null, '${NOW}', '${LATER}', null)`);
	return id;
};
const message = async (customerId: number, state: string, year = 2026) => {
	const occasion = await sql<{ id: number }>`insert into occasions (shop_id, customer_id, kind, due_on, stage, state, claims, created_at) values (1, ${customerId}, 'birthday', ${`${year}-03-04`}, 1, 'settled', 1, ${NOW}) returning id`.execute(test.store.db);
	const { rows } = await sql<{ id: number }>`
		insert into messages (shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, subject, body, text, content_hash, state, created_at, updated_at)
		values (1, ${customerId}, ${occasion.rows[0].id}, 1, 'email', 'relational', 'it', 'birthday', 1, 'Auguri, Zoë!', 'Cara Zoë D''Ambrosìzyx', 'Cara Zoë', 'h', ${state}, ${NOW}, ${NOW}) returning id`.execute(test.store.db);
	await sql`insert into message_html values (${rows[0].id}, '<p>Zoë</p>')`.execute(test.store.db);
	await sql`insert into message_history (message_id, at, from_state, to_state, who, why) values (${rows[0].id}, ${NOW}, 'pending', ${state}, 'Chiara', 'La signora Zoë D''Ambrosìzyx preferisce di no'), (${rows[0].id}, ${NOW}, null, 'pending', 'workflow', 'QUEUED')`.execute(test.store.db);
	await sql`update messages set written = 'Cara Zoë', edited_at = ${NOW} where id = ${rows[0].id}`.execute(test.store.db);
	await sql`insert into text_complaints (shop_id, message_id, template_id, template_version, channel, about, words, who, at)
		values (1, ${rows[0].id}, 'birthday', 1, 'email', 'person', 'Zoë D''Ambrosìzyx non vuole', 'Chiara', ${NOW})`.execute(test.store.db);
	return rows[0].id;
};
const bytes = () => readdirSync(dirname(test.settings.file)).map((file) => readFileSync(join(dirname(test.settings.file), file)).toString('utf8')).join();

describe('an erasure', () => {
	it('leaves nothing of the customer in any table or file, and proves it', async () => {
		const id = await known();
		await message(id, 'sent');
		const { proof, counts } = await eraseCustomers(test.store, [id], REQUEST, LATER);
		expect(proof).toMatchObject({ left: [], ofOthers: 0, values: 10, tables: expect.any(Number) });
		expect(proof.rows).toBeGreaterThan(10);
		expect(counts).toEqual({ customers: 1, messages: 1, equipment: 1, exams: 1, appointments: 1, quotes: 1, opt_in_requests: 1, consent_details: 2, contact_points: 3, merges: 0, customer_answers: 0, own_dates: 0, visit_rhythms: 0, segment_members: 1, inbound_messages: 1, tickets: 1, survey_answers: 1, campaign_assignments: 1 });
		if (!ON_POSTGRES) {
			expect(bytes()).not.toMatch(/zyx|Zoë|9876543|ZK-77|1971-03-04|2026-03-04/i);
			expect(bytes()).toContain('Ottica Prova');
		}
		expect(await test.store.db.selectFrom('erasures').select(['reason', 'who', 'erased_at']).execute()).toEqual([{ ...REQUEST, erased_at: LATER }]);
	});

	it('keeps the chain whole, the state of what was sent, and the suppression of the addresses', async () => {
		const id = await known();
		const before = (await consentHistory(test.store, [id])).get(id);
		await eraseCustomers(test.store, [id], REQUEST, LATER);
		expect((await consentHistory(test.store, [id])).get(id)).toEqual(before);
		expect(await verifyConsents(test.store)).toMatchObject({ records: 2, broken: [] });
		// An old export brings the person back: she is somebody new, and nobody may write to her.
		const [{ id: again }] = (await saveCustomers(test.store, [ZOE()], { source: 'import' }, LATER)) as Array<{ id: number }>;
		expect(again).not.toBe(id);
		expect((await customerFacts(test.store, [again])).get(again)?.contactPoints.map(({ suppressedFor }) => suppressedFor)).toEqual([['any'], ['any'], ['any']]);
	});

	it('ends what waits, and the history lets its words go only then', async () => {
		const id = await known();
		const [waiting, unclear] = [await message(id, 'approved', 2026), await message(id, 'uncertain', 2025)];
		await expect(sql`update message_history set why = null`.execute(test.store.db)).rejects.toThrow('append-only');
		await eraseCustomers(test.store, [id], REQUEST, LATER);
		const states = await test.store.db.selectFrom('messages').select(['id', 'state', 'text', 'subject']).orderBy('id').execute();
		expect(states).toEqual([{ id: waiting, state: 'blocked', text: '', subject: null }, { id: unclear, state: 'failed', text: '', subject: null }]);
		expect(await test.store.db.selectFrom('message_html').selectAll().execute()).toEqual([]);
		const whys = await test.store.db.selectFrom('message_history').select('why').where('message_id', '=', waiting).orderBy('id').execute();
		expect(whys.map(({ why }) => why)).toEqual([null, 'QUEUED', 'ERASED']);
		for (const change of [`who = 'x'`, `why = 'x'`, `why = null, at = 'x'`]) await expect(sql.raw(`update message_history set ${change}`).execute(test.store.db)).rejects.toThrow('append-only');
		await expect(sql`delete from message_history`.execute(test.store.db)).rejects.toThrow('append-only');
	});

	it('takes the days of two birthdays of one year, which a corrected birth date has made', async () => {
		const id = await known();
		for (const dueOn of ['2026-03-04', '2026-11-22', '2026-01-01', '2025-03-04']) {
			await sql`insert into occasions (shop_id, customer_id, kind, due_on, stage, state, claims, created_at) values (1, ${id}, 'birthday', ${dueOn}, 1, 'settled', 1, ${NOW})`.execute(test.store.db);
		}
		await eraseCustomers(test.store, [id], REQUEST, LATER);
		const left = await test.store.db.selectFrom('occasions').select(['due_on', 'stage']).where('kind', '=', 'birthday').orderBy('id').execute();
		expect(left).toEqual([{ due_on: '2026-01-01', stage: 1 }, { due_on: '2026-01-01', stage: 2 }, { due_on: '2026-01-01', stage: 3 }, { due_on: '2025-01-01', stage: 1 }]);
	});

	it('waits for a message that is being sent, and erases nothing meanwhile', async () => {
		const id = await known();
		await message(id, 'sending');
		await expect(eraseCustomers(test.store, [id], REQUEST, LATER)).rejects.toMatchObject({ howToGoOn: expect.stringContaining('nothing was erased') });
		expect(await test.store.db.selectFrom('contact_points').select('value').execute()).toContainEqual({ value: 'zoe.zyx@posta.example' });
	});

	it('leaves other customers theirs: the number that they share, the household, the name', async () => {
		const id = await known();
		const [other] = await saved(test.store, [customer({ firstName: 'Zoë', contactPoints: [{ kind: 'phone', value: '+393339876543' }] })]);
		await test.store.db.updateTable('customers').set({ household_id: 7 }).where('id', '=', other).execute();
		const { proof } = await eraseCustomers(test.store, [id], REQUEST, LATER);
		expect(proof).toMatchObject({ left: [], ofOthers: 1 });
		expect(await test.store.db.selectFrom('customers').select(['first_name', 'household_id']).where('id', '=', other).execute()).toEqual([{ first_name: 'Zoë', household_id: 7 }]);
		expect(await test.store.db.selectFrom('households').selectAll().execute()).toHaveLength(1);
	});

	it('takes along who was merged into the customer', async () => {
		const id = await known();
		const [twin] = await saved(test.store, [customer({ firstName: 'Zozo', lastName: 'Dambrozyx' })]);
		await mergeCustomers(test.store, { keptId: id, mergedId: twin, who: 'Chiara' }, NOW);
		const { customers, proof, counts } = await eraseCustomers(test.store, [id], REQUEST, LATER);
		expect({ customers, merges: counts.merges, left: proof.left }).toEqual({ customers: [id, twin], merges: 1, left: [] });
		expect(bytes()).not.toMatch(/zyx/i);
	});

	it('does nothing twice, and nothing in another shop', async () => {
		const id = await known();
		expect(await eraseCustomers({ ...test.store, shop: { ...test.store.shop, id: 2 } }, [id], REQUEST, LATER)).toMatchObject({ customers: [] });
		await eraseCustomers(test.store, [id], REQUEST, LATER);
		expect(await eraseCustomers(test.store, [id], REQUEST, LATER)).toMatchObject({ customers: [] });
		expect(await test.store.db.selectFrom('erasures').selectAll().execute()).toHaveLength(1);
	});

	it('for retention suppresses only what had been refused', async () => {
		const id = await known();
		await recordConsents(test.store, [{ customerId: id, channel: 'sms', purpose: 'marketing', status: 'withdrawn', legalBasis: 'consent', capturedAt: NOW, source: 'desk' }], NOW);
		await eraseCustomers(test.store, [id], { reason: 'retention', who: 'workflow' }, LATER);
		expect(await test.store.db.selectFrom('suppressions').select(['purpose', 'reason']).execute()).toEqual([{ purpose: 'marketing', reason: 'erased' }]);
	});
});

it('the search finds what was left, whatever the case, accents and punctuation', async () => {
	const id = await known();
	const former = await formerValues(test.store.db, [id]);
	await eraseCustomers(test.store, [id], REQUEST, LATER);
	await sql`update shops set signature = 'x', website = 'ZOE, d AMBROSIZYX', town = '(333) 987-6543'`.execute(test.store.db);
	await sql`update shops set town = '3339876543'`.execute(test.store.db);
	// A first name alone says something in the customer's own row only.
	await sql`update customers set title = 'zoè' where id = ${id}`.execute(test.store.db);
	await sql`update shops set name = 'Zoë'`.execute(test.store.db);
	const ofMany = Array.from({ length: 200 }, (_, number) => ({ customerId: 900, value: `nobody ${number}`, ownRowsOnly: false }));
	for (const values of [former, [...ofMany, ...former]]) {
		const { left } = await searchFormerValues(test.store.db, values);
		expect(left.toSorted((one, other) => one.column.localeCompare(other.column))).toEqual([
			{ table: 'customers', column: 'title', row: id, customerId: id },
			{ table: 'shops', column: 'town', row: 1, customerId: id },
			{ table: 'shops', column: 'website', row: 1, customerId: id },
		]);
	}
});

describe('retention', () => {
	const before = (day: string) => ({ prospects: day, customers: day });

	it('lists who had nothing to do with the shop since a day, and the list has a code of its own', async () => {
		const [gone, seen, fresh] = await saved(test.store, [customer(), customer(), customer()]);
		await test.store.db.updateTable('customers').set({ entered_on: '2010-01-01' }).where('id', 'in', [gone, seen]).execute();
		await sql`insert into exams (shop_id, customer_id, source_key, kind, taken_on, created_at, updated_at) values (1, ${seen}, 'a', 'vision', '2020-01-01', ${NOW}, ${NOW}), (1, ${gone}, 'b', 'vision', '2012-05-06', ${NOW}, ${NOW})`.execute(test.store.db);
		expect(await forgottenCustomers(test.store, before('2020-01-01'))).toEqual([{ id: gone, lastActivity: '2012-05-06', bought: false }]);
		expect((await forgottenCustomers(test.store, before('2020-01-02'))).map(({ id }) => id)).toEqual([gone, seen]);
		expect((await forgottenCustomers(test.store, before('2026-11-23'))).map(({ id }) => id)).toEqual([gone, seen, fresh]);
		const one = { id: 1, lastActivity: '2012-05-06', bought: false };
		expect(previewCode([one], [])).not.toBe(previewCode([{ ...one, lastActivity: '2012-05-07' }], []));
		expect(previewCode([one], [])).not.toBe(previewCode([one], [1]));
	});

	it('counts who bought by another period than who never did, and finds the details of old sales', async () => {
		const [prospect, buyer] = await saved(test.store, [customer(), customer()]);
		await test.store.db.updateTable('customers').set({ entered_on: '2010-01-01' }).where('id', 'in', [prospect, buyer]).execute();
		await saveEquipment(test.store, [
			{ customerId: buyer, code: 'B1', orderedOn: '2015-01-01', deliveredOn: '2015-01-09', description: 'Titanio', amountCents: 100, lensType: 'progressive' },
			{ customerId: buyer, code: 'B2', orderedOn: '2016-01-01' },
		], NOW);
		expect(await forgottenCustomers(test.store, { prospects: '2024-11-22', customers: '2015-06-01' })).toEqual([{ id: prospect, lastActivity: '2010-01-01', bought: false }]);
		expect((await forgottenCustomers(test.store, { prospects: '2009-01-01', customers: '2016-01-02' })).map(({ id, bought }) => [id, bought])).toEqual([[buyer, true]]);
		expect(await oldPurchases(test.store, '2015-01-01')).toEqual([]);
		const old = await oldPurchases(test.store, '2024-11-22');
		expect(old).toHaveLength(1);
		await erasePurchaseDetails(test.store, old, NOW);
		expect(await oldPurchases(test.store, '2024-11-22')).toEqual([]);
		const [left] = await listEquipment(test.store, { limit: 1 });
		expect(left).toMatchObject({ code: 'B1', lensType: 'progressive', deliveredOn: '2015-01-09' });
		expect([left.description, left.amountCents]).toEqual([undefined, undefined]);
	});
});

import { sql } from 'kysely';
import type { NewConsent } from '../../../lib/domain/consent';
import { addressHash, derivedKey } from '../../../lib/domain/keys';
import { consentDetails, withDetails } from '../../../lib/store/consentDetails';
import { consentHistory } from '../../../lib/store/consents';
import { recordConsents } from '../../../lib/store/recordConsents';
import { ADDRESS_HASH } from '../../../lib/store/customers/saveContactPoints';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import { saveWording } from '../../../lib/store/wordings';
import { countStatements, customer, ON_POSTGRES, openTestStore, saved, SECRET, type TestStore } from '../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-23T08:00:00.000Z';
let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const said = (customerId: number, changes: Partial<NewConsent> = {}): NewConsent => ({
	customerId, channel: 'email', purpose: 'marketing', status: 'granted', legalBasis: 'consent', capturedAt: NOW, source: 'staff', ...changes,
});
const chainOf = async (id: number) => (await consentHistory(test.store, [id])).get(id) ?? [];
/** As somebody would who has the file and no scruples. */
const tamper = async (statement: string) => {
	for (const [table, change] of [['consents', 'update'], ['consents', 'delete'], ['wordings', 'update']]) {
		await sql.raw(`drop trigger if exists ${table}_no_${change}${ON_POSTGRES ? ` on ${table}` : ''}`).execute(test.store.db);
	}
	await sql.raw(statement).execute(test.store.db);
};

describe('verify', () => {
	it('finds nothing where nothing was touched, in more customers than a batch holds', async () => {
		await saved(test.store, Array.from({ length: 501 }, () => customer()));
		expect(await verifyConsents(test.store)).toEqual({ customers: 501, records: 501, broken: [], changedWordings: [] });
	});

	it('names the first broken record of each broken chain', async () => {
		const [whole, changed, gap] = await saved(test.store, [customer(), customer(), customer()]);
		for (const id of [whole, changed, gap]) await recordConsents(test.store, [said(id, { status: 'withdrawn' }), said(id, { status: 'denied', channel: 'sms' })], LATER);
		await tamper(`update consents set status = 'granted' where customer_id = ${changed} and sequence >= 2`);
		await tamper(`delete from consents where customer_id = ${gap} and sequence = 2`);
		expect((await verifyConsents(test.store)).broken).toEqual([
			{ customerId: changed, recordId: (await chainOf(changed))[1].id, sequence: 2, why: 'hash' },
			{ customerId: gap, recordId: (await chainOf(gap))[1].id, sequence: 3, why: 'sequence' },
		]);
	});

	it.each([['the last record', 'sequence = 2'], ['the whole chain', 'true']])('sees that %s was cut off, also after more was appended', async (_, which) => {
		const [id] = await saved(test.store, [customer()]);
		await recordConsents(test.store, [said(id, { status: 'withdrawn' })], LATER);
		await tamper(`delete from consents where customer_id = ${id} and ${which}`);
		expect((await verifyConsents(test.store)).broken).toMatchObject([{ customerId: id, why: 'sequence' }]);
		// As many as were cut, and more: the end never fits again.
		for (const capturedAt of ['2026-11-24', '2026-11-25', '2026-11-26']) {
			await recordConsents(test.store, [said(id, { capturedAt: `${capturedAt}T00:00:00.000Z` })], LATER);
			expect((await verifyConsents(test.store)).broken).toMatchObject([{ customerId: id }]);
		}
	});

	it('sees that nothing tells where a chain ends', async () => {
		const [id] = await saved(test.store, [customer()]);
		await tamper(`delete from consent_heads`);
		expect((await verifyConsents(test.store)).broken).toMatchObject([{ customerId: id, sequence: 1, why: 'head' }]);
	});

	it('sees a changed proof and a changed wording', async () => {
		const [id] = await saved(test.store, [customer({ consents: [] })]);
		await recordConsents(test.store, [said(id, { evidence: 'scan 118', guardian: 'Marta Rossi' })], LATER);
		await saveWording(test.store, '2026-01', 'Acconsento.', NOW);
		expect(await verifyConsents(test.store)).toMatchObject({ broken: [], changedWordings: [] });
		await tamper(`update consent_details set value = 'scan 119' where field = 'evidence'`);
		await tamper(`update wordings set text = 'Acconsento a tutto.'`);
		expect(await verifyConsents(test.store)).toMatchObject({ broken: [{ customerId: id, sequence: 1, why: 'detail' }], changedWordings: ['2026-01'] });
	});

	it('sees the shop of the credential only', async () => {
		await saved(test.store, [customer()]);
		expect(await verifyConsents({ ...test.store, shop: { ...test.store.shop, id: 2 } })).toMatchObject({ customers: 0, records: 0 });
	});
});

it('keeps free text out of the chain, and gives it back with it', async () => {
	const [id] = await saved(test.store, [customer({ consents: [] })]);
	await recordConsents(test.store, [said(id, { evidence: 'scan 118', guardian: 'Marta Rossi' })], LATER);
	const { rows } = await sql`select * from consents`.execute(test.store.db);
	expect(JSON.stringify(rows)).not.toMatch(/scan 118|Marta/);
	expect(withDetails(await chainOf(id), await consentDetails(test.store, [id]))).toMatchObject([{ evidence: 'scan 118', guardian: 'Marta Rossi' }]);
});

it('does not keep a second text under a version, and the same once', async () => {
	expect(await saveWording(test.store, '2026-01', 'Acconsento.', NOW)).toMatchObject({ status: 'created', hash: expect.stringMatching(/^[\da-f]{64}$/) });
	expect(await saveWording(test.store, '2026-01', 'Acconsento.', LATER)).toMatchObject({ status: 'unchanged', createdAt: NOW });
	await expect(saveWording(test.store, '2026-01', 'Acconsento a tutto.', LATER)).rejects.toMatchObject({ message: expect.stringContaining('another text') });
});

describe('an objection', () => {
	const hash = (kind: 'email' | 'phone', value: string) => addressHash(kind, value, derivedKey(SECRET, ADDRESS_HASH));
	const list = async () => (await test.store.db.selectFrom('suppressions').select(['address_hash', 'purpose', 'reason', 'created_at']).orderBy('id').execute());
	const giulia = () => customer({ contactPoints: [{ kind: 'email', value: 'giulia@posta.example' }, { kind: 'phone', value: '+393331234567' }] });
	const PROOF = { operator: 'Chiara', evidence: 'scan 118' };

	it("suppresses the addresses of its channel, or all of the customer's", async () => {
		const [id] = await saved(test.store, [giulia()]);
		expect(await recordConsents(test.store, [said(id, { status: 'objected' })], NOW)).toEqual([{ status: 'recorded', suppressed: 1, lifted: 0 }]);
		expect(await list()).toEqual([{ address_hash: hash('email', 'giulia@posta.example'), purpose: 'marketing', reason: 'objected', created_at: NOW }]);
		expect(await recordConsents(test.store, [said(id, { status: 'objected', channel: 'any', purpose: 'any' })], NOW)).toMatchObject([{ suppressed: 2 }]);
		expect(await list()).toHaveLength(3);
	});

	it('is not doubled when it is recorded twice', async () => {
		const [id] = await saved(test.store, [giulia()]);
		const objection = said(id, { status: 'objected', capturedAt: LATER });
		expect(await recordConsents(test.store, [objection, { ...objection }], LATER)).toMatchObject([{ status: 'recorded' }, { status: 'unchanged' }]);
		expect(await recordConsents(test.store, [objection], LATER)).toMatchObject([{ status: 'unchanged' }]);
		expect(await chainOf(id)).toHaveLength(2);
	});

	it.each([
		['without evidence', { operator: 'Chiara' }],
		['without an operator', { evidence: 'scan 118' }],
		['of the same moment', { ...PROOF, capturedAt: NOW }],
		['for another purpose', { ...PROOF, purpose: 'recall' as const }],
		['for another channel', { ...PROOF, channel: 'sms' as const }],
		['that is a denial', { ...PROOF, status: 'denied' as const }],
	])('is not lifted by a later record %s', async (_, changes) => {
		const [id] = await saved(test.store, [giulia()]);
		await recordConsents(test.store, [said(id, { status: 'objected' })], NOW);
		expect(await recordConsents(test.store, [said(id, { capturedAt: LATER, ...changes })], LATER)).toMatchObject([{ lifted: 0 }]);
		expect(await list()).toHaveLength(1);
	});

	it('is lifted by a later consent with a proof, for its purpose only', async () => {
		const [id] = await saved(test.store, [giulia()]);
		await recordConsents(test.store, [said(id, { status: 'objected', purpose: 'any' })], NOW);
		expect(await recordConsents(test.store, [said(id, { capturedAt: LATER, ...PROOF })], LATER)).toMatchObject([{ lifted: 1 }]);
		expect((await list()).map(({ purpose }) => purpose).sort()).toEqual(['health', 'profiling', 'recall', 'survey']);
	});

	it('needs no more statements for 100 customers than for 2', async () => {
		const count = async (size: number) => {
			const ids = await saved(test.store, Array.from({ length: size }, () => customer()));
			return await countStatements(async () => await recordConsents(test.store, ids.map((id) => said(id, { status: 'objected', capturedAt: LATER })), LATER));
		};
		expect(await count(100)).toBe(await count(2));
	});
});

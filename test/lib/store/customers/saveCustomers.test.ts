import { consentHistory } from '../../../../lib/store/consents';
import { getCustomers, listCustomers } from '../../../../lib/store/customers/customers';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { customerFacts } from '../../../../lib/store/facts';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-23T08:00:00.000Z';
const IMPORT = { source: 'import', noticeVersion: '2024-01' };

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

describe('saving customers', () => {
	it('creates, leaves alone what is the same, and changes only what differs', async () => {
		const giulia = customer();
		expect(await saveCustomers(test.store, [giulia], IMPORT, NOW)).toEqual([{ status: 'created', id: 1 }]);
		expect(await saveCustomers(test.store, [giulia], IMPORT, LATER)).toEqual([{ status: 'unchanged', id: 1 }]);
		expect(await saveCustomers(test.store, [{ ...giulia, firstName: 'Giuliana', sex: 'F' }], IMPORT, LATER)).toEqual([{ status: 'updated', id: 1 }]);
		const [stored] = await getCustomers(test.store, [{ id: 1 }]);
		expect(stored).toMatchObject({ firstName: 'Giuliana', sex: 'F', birthDate: '1980-11-22', contactPoints: [{ kind: 'email', preferred: true }] });
	});

	it('never erases what the source leaves out', async () => {
		const giulia = customer({ sex: 'F', language: 'en' });
		const [id] = await saved(test.store, [giulia]);
		await saved(test.store, [{ code: giulia.code, firstName: 'Giulia', lastName: giulia.lastName, contactPoints: [], consents: [] }]);
		const [stored] = await getCustomers(test.store, [{ id }]);
		expect(stored).toMatchObject({ sex: 'F', language: 'en', birthDate: '1980-11-22', contactPoints: [{ kind: 'email' }] });
	});

	it('keeps the clock by which a customer lives, for the rules too, and a blank takes it from nobody', async () => {
		const giulia = customer({ timeZone: 'America/New_York' });
		const [id] = await saved(test.store, [giulia]);
		await saved(test.store, [{ ...giulia, timeZone: undefined }]);
		expect(await getCustomers(test.store, [{ id }])).toMatchObject([{ timeZone: 'America/New_York' }]);
		expect((await customerFacts(test.store, [id])).get(id)?.timeZone).toBe('America/New_York');
		const [other] = await saved(test.store, [customer()]);
		expect((await customerFacts(test.store, [other])).get(other)?.timeZone).toBeUndefined();
		await mergeCustomers(test.store, { keptId: other, mergedId: id, who: 'chiara' }, NOW);
		expect((await customerFacts(test.store, [other])).get(other)?.timeZone).toBe('America/New_York');
		await eraseCustomers(test.store, [other], { reason: 'request', who: 'chiara' }, NOW);
		expect(await test.store.db.selectFrom('customers').select('time_zone').execute()).toEqual([{ time_zone: null }, { time_zone: null }]);
	});

	it('finds a person without a code by name and birth date, whatever the accents and capitals', async () => {
		const [id] = await saved(test.store, [customer({ code: undefined, firstName: 'Nicolò', lastName: "D'Angelo" })]);
		const results = await saveCustomers(test.store, [customer({ code: undefined, firstName: 'NICOLO', lastName: 'D ANGELO' })], IMPORT, LATER);
		expect(results).toMatchObject([{ status: 'updated', id }]);
	});

	it('takes the same person three times in one file for one', async () => {
		const giulia = customer();
		const results = await saveCustomers(test.store, [giulia, { ...giulia, sex: 'F' }, { ...giulia, sex: 'F' }], IMPORT, NOW);
		expect(results).toEqual([
			{ status: 'created', id: 1 },
			{ status: 'updated', id: 1 },
			{ status: 'unchanged', id: 1 },
		]);
	});

	it('lets a row without a code only fill the gaps of a customer who has one', async () => {
		const giulia = customer({ lastName: 'De Luca' });
		const uncoded = { ...giulia, code: undefined, lastName: 'DE LUCA', sex: 'F' as const, contactPoints: [{ kind: 'email' as const, value: 'altra@posta.example' }, { kind: 'phone' as const, value: '+393331234567' }] };
		const statuses = async (now: string) => (await saveCustomers(test.store, [giulia, uncoded], IMPORT, now)).map(({ status }) => status);
		expect(await statuses(NOW)).toEqual(['created', 'updated']);
		expect(await statuses(LATER)).toEqual(['unchanged', 'unchanged']);
		const [stored] = await getCustomers(test.store, [{ id: 1 }]);
		expect(stored).toMatchObject({ lastName: 'De Luca', sex: 'F', contactPoints: [{ value: giulia.contactPoints[0].value }, { value: '+393331234567' }] });
	});

	it('keeps two codes of one name apart, and refuses a row that could be either', async () => {
		const [one, two] = await saved(test.store, [customer({ code: 'A', lastName: 'Bianchi' }), customer({ code: 'B', lastName: 'Bianchi' })]);
		expect(one).not.toBe(two);
		const results = await saveCustomers(test.store, [customer({ code: undefined, lastName: 'Bianchi' })], IMPORT, LATER);
		expect(results).toEqual([{ status: 'rejected', reason: 'AMBIGUOUS_CUSTOMER' }]);
	});

	it('prefers the newest e-mail and keeps the former one', async () => {
		const giulia = customer();
		const [id] = await saved(test.store, [giulia]);
		await saved(test.store, [{ ...giulia, contactPoints: [{ kind: 'email', value: 'nuova@posta.example' }] }], LATER);
		const [stored] = await getCustomers(test.store, [{ id }]);
		expect(stored?.contactPoints.map(({ value, preferred }) => [value, preferred])).toEqual([
			[giulia.contactPoints[0].value, false],
			['nuova@posta.example', true],
		]);
	});

	it('never grants again what was withdrawn, however often an old export says yes', async () => {
		const giulia = customer();
		const [id] = await saved(test.store, [giulia]);
		const withdrawn = { ...giulia, consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'withdrawn' as const }] };
		await saveCustomers(test.store, [withdrawn], { source: 'desk' }, LATER);
		const undated = { ...giulia, consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const }] };
		expect(await saveCustomers(test.store, [giulia, undated], IMPORT, '2026-11-24T08:00:00.000Z')).toEqual([
			{ status: 'unchanged', id },
			{ status: 'unchanged', id },
		]);
		const chain = (await consentHistory(test.store, [id])).get(id);
		expect(chain?.map(({ status }) => status)).toEqual(['granted', 'withdrawn']);
	});

	it('needs no more statements for 500 customers than for 5', async () => {
		const few = await countStatements(async () => await saved(test.store, Array.from({ length: 5 }, () => customer())));
		const many = await countStatements(async () => await saved(test.store, Array.from({ length: 500 }, () => customer())));
		expect(many).toBe(few);
		expect(many).toBeLessThanOrEqual(10);
	});

	it('stores nothing of a batch that fails half-way', async () => {
		const broken = customer({ firstName: undefined as unknown as string });
		await expect(saved(test.store, [customer(), broken])).rejects.toThrow();
		expect(await listCustomers(test.store, { limit: 10 })).toEqual([]);
	});
});

describe('shops in one store', () => {
	it('are kept apart: nobody sees or changes a customer of another', async () => {
		const other = { ...test.store, shop: { ...test.store.shop, id: 2 } };
		await test.store.db.insertInto('shops').values({ ...(await test.store.db.selectFrom('shops').selectAll().executeTakeFirstOrThrow()), id: 2, code: 'other' }).execute();
		const giulia = customer({ code: 'X' });
		const [mine] = await saved(test.store, [giulia]);
		const [theirs] = await saved(other, [giulia]);
		expect(theirs).not.toBe(mine);
		expect(await listCustomers(other, { limit: 10 })).toHaveLength(1);
		expect(await getCustomers(other, [{ id: mine }])).toEqual([undefined]);
	});
});

describe('who typed a customer in', () => {
	const entered = async () => await test.store.db.selectFrom('customers').select(['entered_by', 'entered_on']).orderBy('id').execute();

	it('is kept as the source says, and the day of the first save where it says nothing', async () => {
		await saved(test.store, [customer({ enteredBy: 'Anna', enteredOn: '2025-11-03' }), customer()]);
		expect(await entered()).toEqual([{ entered_by: 'Anna', entered_on: '2025-11-03' }, { entered_by: null, entered_on: '2026-11-22' }]);
	});

	it('is not forgotten by a later export without it', async () => {
		const giulia = customer();
		await saved(test.store, [{ ...giulia, enteredBy: 'Anna', enteredOn: '2025-11-03' }]);
		expect(await saveCustomers(test.store, [giulia], IMPORT, LATER)).toMatchObject([{ status: 'unchanged' }]);
		expect(await entered()).toEqual([{ entered_by: 'Anna', entered_on: '2025-11-03' }]);
	});
});

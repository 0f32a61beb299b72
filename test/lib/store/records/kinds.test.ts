import type { NewAppointment, NewExam, NewQuote } from '../../../../lib/domain/records';
import { listAppointments, saveAppointments } from '../../../../lib/store/records/appointments';
import { listEquipment, saveEquipment } from '../../../../lib/store/records/equipment';
import { listExams, saveExams } from '../../../../lib/store/records/exams';
import { listQuotes, saveQuotes } from '../../../../lib/store/records/quotes';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';

let test: TestStore;
let ids: number[];
beforeEach(async () => {
	test = await openTestStore();
	ids = await saved(test.store, [customer({ code: 'C1' }), customer({ code: 'C2' })]);
});
afterEach(async () => await test.close());

it('keeps exams, and refuses those that cannot have taken place', async () => {
	const exam: NewExam = { customerCode: 'C1', takenOn: '2025-11-20', nextDueOn: '2026-11-20', examiner: 'Chiara' };
	const save = async (one: NewExam) => (await saveExams(test.store, [one], NOW))[0];
	expect(await save(exam)).toMatchObject({ status: 'created' });
	expect(await save({ ...exam, nextDueOn: '2027-01-01' })).toMatchObject({ status: 'updated', id: 1 });
	expect(await save({ ...exam, kind: 'contact-lenses' })).toMatchObject({ status: 'created', id: 2 });
	expect(await save({ customerCode: 'C1' })).toMatchObject({ reason: 'EXAM_DATE_MISSING' });
	expect(await save({ ...exam, takenOn: '2026-11-23', nextDueOn: undefined })).toMatchObject({ reason: 'EXAM_IN_FUTURE' });
	expect(await save({ ...exam, nextDueOn: '2025-11-20' })).toMatchObject({ reason: 'NEXT_EXAM_TOO_EARLY' });
	expect(await listExams(test.store, { limit: 10 })).toMatchObject([
		{ kind: 'vision', takenOn: '2025-11-20', nextDueOn: '2027-01-01', examiner: 'Chiara', customerId: ids[0] },
		{ kind: 'contact-lenses' },
	]);
});

it('keeps appointments by instant and lists them by day of the shop', async () => {
	const save = async (one: NewAppointment) => (await saveAppointments(test.store, [{ customerCode: 'C1', ...one }], NOW))[0];
	await save({ code: 'A1', startsAt: '2026-11-24T23:00:00.000Z' });
	await save({ code: 'A2', startsAt: '2026-11-24T22:30:00.000Z', kind: 'controllo' });
	const on = async (from: string, to: string) => (await listAppointments(test.store, { from, to, limit: 10 })).map(({ code }) => code);
	expect(await on('2026-11-24', '2026-11-24')).toEqual(['A2']);
	expect(await on('2026-11-25', '2026-11-25')).toEqual(['A1']);
	expect(await save({ code: 'A1', status: 'kept' })).toMatchObject({ reason: 'APPOINTMENT_NOT_YET' });
	expect(await save({ code: 'A1', startsAt: '2026-11-22T07:00:00.000Z', status: 'missed' })).toMatchObject({ status: 'updated', id: 1 });
	expect(await save({ code: 'A3' })).toMatchObject({ reason: 'APPOINTMENT_TIME_MISSING' });
	expect(await listAppointments(test.store, { having: { status: 'booked' }, limit: 10 })).toMatchObject([{ code: 'A2', status: 'booked', kind: 'controllo' }]);
});

it('keeps quotes, open until they are said to be otherwise', async () => {
	const quote: NewQuote = { customerCode: 'C2', madeOn: '2026-11-01', description: 'Progressive', amountCents: 59900 };
	const save = async (one: NewQuote) => (await saveQuotes(test.store, [one], NOW))[0];
	expect(await save(quote)).toMatchObject({ status: 'created', customerId: ids[1] });
	expect(await save({ ...quote, validUntil: '2026-10-31' })).toMatchObject({ reason: 'QUOTE_ENDS_BEFORE' });
	expect(await save({ ...quote, madeOn: '2026-11-23' })).toMatchObject({ reason: 'QUOTE_IN_FUTURE' });
	expect(await save({ ...quote, amountCents: -5 })).toMatchObject({ reason: 'AMOUNT_NEGATIVE' });
	expect(await save({ ...quote, madeOn: undefined })).toMatchObject({ reason: 'QUOTE_DATE_MISSING' });
	expect(await listQuotes(test.store, { having: { status: 'open' }, limit: 10 })).toMatchObject([{ amountCents: 59900, madeOn: '2026-11-01' }]);
	expect(await save({ ...quote, status: 'accepted' })).toMatchObject({ status: 'updated' });
	expect(await save(quote)).toMatchObject({ status: 'unchanged' });
});

describe('lists', () => {
	beforeEach(async () => {
		const days = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'];
		await saveEquipment(test.store, days.map((orderedOn, index) => ({ customerCode: index < 3 ? 'C1' : 'C2', orderedOn, lensType: index % 2 ? 'sun' : 'progressive' })), NOW);
	});
	const list = async (query: Partial<Parameters<typeof listEquipment>[1]>) => (await listEquipment(test.store, { limit: 10, ...query })).map(({ id }) => id);

	it('hold the records of a customer, of days, or with a value', async () => {
		expect(await list({ customer: { code: 'C1' } })).toEqual([1, 2, 3]);
		expect(await list({ customer: { id: ids[1] } })).toEqual([4]);
		expect(await list({ from: '2026-02-01', to: '2026-02-28' })).toEqual([2, 3]);
		expect(await list({ having: { lensType: 'sun' } })).toEqual([2, 4]);
		expect(await list({ customer: { code: 'C1' }, from: '2026-02-02', having: { lensType: 'progressive' } })).toEqual([3]);
	});

	it('come in pages by id, each in one statement', async () => {
		expect(await list({ limit: 2 })).toEqual([1, 2]);
		expect(await list({ after: 2, limit: 2 })).toEqual([3, 4]);
		expect(await list({ after: 4 })).toEqual([]);
		expect(await countStatements(async () => await list({ customer: { code: 'C1' } }))).toBe(1);
	});
});

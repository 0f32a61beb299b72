import type { NewCustomer } from '../../../../lib/domain/customer';
import { findDuplicates } from '../../../../lib/store/merging/duplicates';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../../../support/store';

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

const person = (firstName: string, lastName: string, birthDate?: string, more: Partial<NewCustomer> = {}) =>
	customer({ firstName, lastName, birthDate, contactPoints: [], consents: [], ...more });
const email = (value: string) => ({ contactPoints: [{ kind: 'email' as const, value }] });
const found = async (limit = 100, offset = 0) =>
	(await findDuplicates(test.store, { limit, offset })).map(({ customers, evidence, score }) => [customers[0].id, customers[1].id, evidence.join(), score]);

const CASES: Array<[string, NewCustomer, NewCustomer, string, number]> = [
	['same name and birth date', person('Nicolò', "D'Angelo", '1980-01-02'), person('NICOLO', 'D Angelo', '1980-01-02'), 'SAME_NAME_AND_BIRTH_DATE', 95],
	['swapped names', person('Anna', 'Conti', '1980-01-02'), person('Conti', 'Anna', '1980-01-02'), 'SWAPPED_NAME_SAME_BIRTH_DATE', 90],
	['one birth date missing', person('Anna', 'Conti'), person('Anna', 'Conti', '1980-01-02'), 'SAME_NAME_BIRTH_DATE_MISSING', 55],
	['both birth dates missing', person('Anna', 'Conti'), person('Anna', 'Conti'), 'SAME_NAME_BIRTH_DATE_MISSING', 55],
	['same e-mail, similar name', person('Giulia', 'Conti', '1980-01-02', email('g@p.example')), person('Giuliana', 'Conti', undefined, email('g@p.example')), 'SAME_EMAIL_SIMILAR_NAME', 80],
	['two kinds of evidence', person('Anna', 'Conti', '1980-01-02', email('g@p.example')), person('Anna', 'Conti', undefined, email('g@p.example')), 'SAME_EMAIL_SIMILAR_NAME,SAME_NAME_BIRTH_DATE_MISSING', 85],
	['twins by name, not by birth date', person('Giulia', 'Conti', '1980-01-02', email('g@p.example')), person('Giulia', 'Conti', '2001-01-02', email('g@p.example')), 'SAME_EMAIL_SIMILAR_NAME', 50],
];

it.each(CASES)('proposes two with %s', async (_, one, other, evidence, score) => {
	const ids = await saved(test.store, [one, other, person('Marco', 'Verdi', '1970-01-01')]);
	expect(await found()).toEqual([[ids[0], ids[1], evidence, score]]);
});

it.each([
	['namesakes born on other days', person('Anna', 'Conti', '1980-01-02'), person('Anna', 'Conti', '1990-01-02')],
	['a couple with one e-mail', person('Giulia', 'Conti', '1980-01-02', email('c@p.example')), person('Marco', 'Conti', '1979-01-02', email('c@p.example'))],
])('does not propose %s', async (_, one, other) => {
	await saved(test.store, [one, other]);
	expect(await found()).toEqual([]);
});

it('forgets a pair once it is merged', async () => {
	const [keptId, mergedId] = await saved(test.store, [person('Anna', 'Conti', '1980-01-02'), person('Anna', 'Conti', '1980-01-02')]);
	await mergeCustomers(test.store, { keptId, mergedId, who: 'Chiara' }, '2026-11-23T08:00:00.000Z');
	expect(await found()).toEqual([]);
});

it('gives pages, as many pairs as there are members to merge, never their square, in a fixed number of statements', async () => {
	const few = await countStatements(found);
	await saved(test.store, Array.from({ length: 30 }, () => person('Anna', 'Rossi', undefined, email('negozio@p.example'))));
	const all = await found();
	expect(all).toHaveLength(29);
	expect([...(await found(20)), ...(await found(20, 20))]).toEqual(all);
	expect(await countStatements(found)).toBe(few);
});

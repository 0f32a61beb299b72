import fc from 'fast-check';
import { sql } from 'kysely';
import { fold } from '../../../../lib/domain/text';
import { findCustomers, type CustomerSearch } from '../../../../lib/store/customers/findCustomers';
import { eraseCustomers } from '../../../../lib/store/erasing/eraseCustomers';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { undoMerge } from '../../../../lib/store/merging/undoMerge';
import { openStore, type Store } from '../../../../lib/store/open';
import { saveShop } from '../../../../lib/store/shops';
import { customer, ON_POSTGRES, openTestStore, saved, type TestStore } from '../../../support/store';

const NOW = '2026-11-22T08:00:00.000Z';

let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const person = (firstName: string, lastName: string, more: object = {}) => customer({ code: undefined, firstName, lastName, birthDate: undefined, contactPoints: [], consents: [], ...more });
const found = async (search: CustomerSearch | string, store: Store = test.store) => {
	const { customers } = await findCustomers(store, typeof search === 'string' ? { text: search } : search, { limit: 50, offset: 0 });
	return customers.map(({ firstName, lastName }) => `${lastName} ${firstName}`.trim());
};
const words = async () => (await sql<{ word: string; customer_id: number }>`select word, customer_id from customer_words order by customer_id, word`.execute(test.store.db)).rows.map(({ word, customer_id }) => `${word} ${customer_id}`);

it('finds by the beginnings of all words, whatever the case, accents and order', async () => {
	await saved(test.store, [person('Maria', 'Rossi'), person('Mario', 'Rossini'), person('Zoë', 'D’Àngelo'), person('Anna Maria', 'De Rossi')]);
	expect(await found('ROSSI mar')).toEqual(['De Rossi Anna Maria', 'Rossi Maria', 'Rossini Mario']);
	expect(await found('maria an')).toEqual(['De Rossi Anna Maria']);
	expect(await found('dangelo')).toEqual([]);
	expect(await found('d\'angelo ZOE')).toEqual(['D’Àngelo Zoë']);
	expect(await found('ossi')).toEqual([]);
	for (const little of ['', ' ', 'r', '%', '_', '%%', '\'"', 'R ']) expect(await found(little)).toEqual([]);
	expect(await found('r m')).toHaveLength(3);
});

it('finds by e-mail, number, birth date and code, and nobody twice', async () => {
	const [id] = await saved(test.store, [person('Maria', 'Rossi', { code: 'C 7', birthDate: '1980-02-29', contactPoints: [{ kind: 'email', value: 'maria@posta.example' }, { kind: 'phone', value: '+393331234567' }] }), person('Carlo', 'Verdi', { birthDate: '1981-02-28' })]);
	for (const search of [{ text: 'x', contact: 'maria@posta.example' }, { text: 'x', contact: '+393331234567' }, { text: 'x', birthDate: '1980-02-29' }, { text: 'C 7' }, { text: 'rossi', contact: '+393331234567', birthDate: '1980-02-29' }]) {
		expect(await findCustomers(test.store, search, { limit: 5, offset: 0 })).toMatchObject({ total: 1, customers: [{ id }] });
	}
	expect(await found({ text: 'x', contact: 'maria@posta.exampl' })).toEqual([]);
});

it('gives pages by name, and the total on each of them', async () => {
	await saved(test.store, ['e', 'c', 'a', 'd', 'b'].map((letter) => person(`${letter}nna`, 'Conti')));
	const page = async (offset: number) => {
		const { total, customers } = await findCustomers(test.store, { text: 'conti' }, { limit: 2, offset });
		return [total, ...customers.map(({ firstName }) => firstName)];
	};
	expect([await page(0), await page(2), await page(4), await page(40)]).toEqual([[5, 'anna', 'bnna'], [5, 'cnna', 'dnna'], [5, 'enna'], [5]]);
});

it('keeps the words of a new name only, and none of who is erased', async () => {
	const [id, other] = await saved(test.store, [person('Anna Anna', 'Verdi', { code: 'C1' }), person('Carlo', 'Galli', { code: 'C2' })]);
	expect(await words()).toEqual([`anna ${id}`, `verdi ${id}`, `carlo ${other}`, `galli ${other}`]);
	await saved(test.store, [person('Anna', 'Rossi', { code: 'C1' })]);
	expect(await words()).toEqual([`anna ${id}`, `rossi ${id}`, `carlo ${other}`, `galli ${other}`]);
	expect([await found('verdi'), await found('rossi')]).toEqual([[], ['Rossi Anna']]);
	const { proof } = await eraseCustomers(test.store, [id], { reason: 'request', who: 'chiara' }, NOW);
	expect(proof.left).toEqual([]);
	expect(await words()).toEqual([`carlo ${other}`, `galli ${other}`]);
});

it('leads from the name of who was merged to who was kept, until the merge is undone', async () => {
	const [keptId, mergedId] = await saved(test.store, [person('Maria', 'Rossi'), person('Mariuccia', 'Bianchi')]);
	const { mergeId } = await mergeCustomers(test.store, { keptId, mergedId, who: 'chiara' }, NOW);
	expect([await found('bianchi mari'), await found('mari')]).toEqual([['Rossi Maria'], ['Rossi Maria']]);
	// No two halves of different names.
	expect(await found('bianchi maria')).toEqual([]);
	await undoMerge(test.store, mergeId, NOW);
	expect([await found('bianchi'), await found('mari')]).toEqual([['Bianchi Mariuccia'], ['Bianchi Mariuccia', 'Rossi Maria']]);
	await mergeCustomers(test.store, { keptId, mergedId, who: 'chiara' }, NOW);
	await eraseCustomers(test.store, [keptId], { reason: 'request', who: 'chiara' }, NOW);
	expect(await words()).toEqual([]);
});

/** Few letters, so that names share beginnings. */
const word = fc.string({ unit: fc.constantFrom('a', 'à', 'B', 'b', '\u{1F600}', '9', '李'), minLength: 1, maxLength: 3 });
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const one = fc.record({ firstName: name, lastName: name, birthDate: fc.option(fc.constantFrom('1980-02-29', '1980-03-01'), { nil: undefined }), email: fc.option(fc.constantFrom('a@x.example', 'b@x.example'), { nil: undefined }) });
type One = (typeof one)['generate'] extends (...given: never[]) => { value: infer Value } ? Value : never;

it('finds exactly those whom a slow filter finds, and never somebody of another shop', async () => {
	let runs = 0;
	const shop = async (code: string) => {
		await saveShop(test.store.db, code, { name: 'Ottica' }, NOW);
		return await openStore({ ...test.settings, shop: code });
	};
	const search = fc.record({ text: fc.oneof(name, fc.constantFrom('C1', '%', 'b_', '')), contact: fc.option(fc.constantFrom('a@x.example', 'c@x.example'), { nil: undefined }), birthDate: fc.option(fc.constant('1980-02-29'), { nil: undefined }) });
	await fc.assert(
		fc.asyncProperty(fc.array(one, { maxLength: 12 }), fc.array(one, { maxLength: 4 }), fc.array(search, { minLength: 1, maxLength: 6 }), fc.boolean(), async (people, strangers, searches, merges) => {
			runs++;
			const [own, other] = [await shop(`own${runs}`), await shop(`other${runs}`)];
			await saved(other, strangers.map((given, index) => stored(given, index)));
			const ids = await saved(own, people.map((given, index) => stored(given, index)));
			const records = people.map((given, index) => ({ ...given, code: `C${index}`, id: ids[index] }));
			if (merges && records.length > 1) {
				await mergeCustomers(own, { keptId: ids[0], mergedId: ids[1], who: 'chiara' }, NOW);
				records[1].id = ids[0];
				// She takes over what she lacks.
				records[0].birthDate ??= records[1].birthDate;
			}
			for (const wanted of searches) {
				const { customers, total } = await findCustomers(own, wanted, { limit: 50, offset: 0 });
				const expected = new Set(records.filter((record) => isMeant(record, wanted)).map(({ id }) => id));
				expect(new Set(customers.map(({ id }) => id))).toEqual(expected);
				expect([total, customers.length]).toEqual([expected.size, expected.size]);
			}
		}),
		{ numRuns: ON_POSTGRES ? 15 : 60 },
	);
}, 120_000);

function stored({ firstName, lastName, birthDate, email }: One, index: number) {
	return person(firstName, lastName, { code: `C${index}`, birthDate, contactPoints: email ? [{ kind: 'email', value: email }] : [] });
}

function isMeant({ firstName, lastName, birthDate, email, code }: One & { code: string }, search: CustomerSearch): boolean {
	const typed = fold(search.text).split(' ').filter(Boolean);
	if (typed.join('').length < 2 && !search.contact && !search.birthDate) return false;
	const names = fold(`${lastName} ${firstName}`).split(' ');
	const isNamed = typed.length > 0 && typed.every((beginning) => names.some((whole) => whole.startsWith(beginning)));
	return isNamed || code === search.text.trim() || (email !== undefined && email === search.contact) || (birthDate !== undefined && birthDate === search.birthDate);
}

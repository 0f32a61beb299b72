import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { idSet, rowSet, textSet } from '../../../lib/store/sets';
import { openTestStore, type TestStore } from '../../support/store';

const FOLDER = join(__dirname, '../../../lib/store');

it('every set of rows has a name, which PostgreSQL before 16 wants', () => {
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	const nameless = files.filter((file) => /from \$\{rowSet\((?:(?!\$\{)[^`])*?\)\}(?! as )/.test(readFileSync(join(FOLDER, file), 'utf8')));
	expect(nameless).toEqual([]);
});

describe('whatever stands in them, sets come back as they went in', () => {
	const ODD = ['', ' ', '"', '\\', '\\"', '{a,"b"}', 'NULL', "it's", 'a\nb\tc', '€ è 😀', '[1,{"x":"\\\\"}]', '$1', '}'];
	let test: TestStore;
	beforeAll(async () => (test = await openTestStore()));
	afterAll(async () => await test.close());

	it('rows, with what is missing', async () => {
		const rows = [...ODD.map((text, index) => ({ id: index, text })), { id: 99, text: null }];
		const { rows: back } = await sql`select id, text from ${rowSet(rows, { id: 'integer', text: 'text' })} as given order by id`.execute(test.store.db);
		expect(back).toEqual(rows);
		expect((await sql`select id from ${rowSet([], { id: 'integer' })} as given`.execute(test.store.db)).rows).toEqual([]);
	});

	it('texts and ids', async () => {
		const { rows } = await sql<{ text: string }>`select text from ${rowSet(ODD.map((text) => ({ text })), { text: 'text' })} as given where text in ${textSet(ODD.slice(2))}`.execute(test.store.db);
		expect(rows.map(({ text }) => text).sort()).toEqual(ODD.slice(2).sort());
		const found = async (ids: number[]) => (await sql<{ id: number }>`select id from ${rowSet([{ id: 1 }, { id: 2 }, { id: -3 }], { id: 'integer' })} as given where id in ${idSet(ids)} order by id`.execute(test.store.db)).rows;
		expect(await found([2, -3, 7])).toEqual([{ id: -3 }, { id: 2 }]);
		expect(await found([])).toEqual([]);
	});
});

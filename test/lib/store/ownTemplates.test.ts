import { ownTemplates, saveOwnTemplate } from '../../../lib/store/ownTemplates';
import { openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { openTestStore, type TestStore } from '../../support/store';
import { sql } from 'kysely';

const NOW = '2026-11-22T08:00:00.000Z';
const KEY = { id: 'birthday', channel: 'email', language: 'it' } as const;

let test: TestStore;
beforeEach(async () => void (test = await openTestStore(NOW)));
afterEach(async () => await test.close());

const save = async (source: string | null, key: Parameters<typeof saveOwnTemplate>[1] = KEY) => await saveOwnTemplate(test.store, key, source, 'Chiara', NOW);

it('keeps every version, and gives the last', async () => {
	expect([await save('one'), await save('two'), await save('two')]).toEqual([10_001, 10_002, 10_002]);
	expect(await ownTemplates(test.store)).toEqual([{ ...KEY, version: 10_002, source: 'two' }]);
	expect(await test.store.db.selectFrom('own_templates').select(['version', 'source']).orderBy('version').execute()).toEqual([{ version: 10_001, source: 'one' }, { version: 10_002, source: 'two' }]);
});

it('gives the place back, and counts on when it is taken again', async () => {
	await save('one');
	expect(await save(null)).toBe(10_002);
	expect(await ownTemplates(test.store)).toEqual([]);
	expect([await save(null), await save('one')]).toEqual([10_002, 10_003]);
});

it('there is nothing to give back where nothing is', async () => {
	expect(await save(null)).toBe(0);
	expect(await test.store.db.selectFrom('own_templates').selectAll().execute()).toEqual([]);
});

it('tells languages, channels and shops apart', async () => {
	await save('italian');
	await save('english', { ...KEY, language: 'en' });
	await saveShop(test.store.db, 'second', { name: 'Altra Ottica' }, NOW);
	const second = await openStore({ ...test.settings, shop: 'second' });
	expect(await ownTemplates(second)).toEqual([]);
	await saveOwnTemplate(second, KEY, 'other', 'Marco', NOW);
	expect((await ownTemplates(test.store)).map(({ language, source }) => [language, source])).toEqual([['en', 'english'], ['it', 'italian']]);
});

it('lets no version be changed or taken away', async () => {
	await save('one');
	for (const change of ["update own_templates set source = 'x'", 'delete from own_templates']) await expect(sql.raw(change).execute(test.store.db)).rejects.toThrow(/append-only/);
});

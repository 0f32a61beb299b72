import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ON_POSTGRES } from '../../../support/store';
import { BLOCKS, called, READ_BEFORE } from './asked';
import { CUSTOMERS } from './cases/customers';
import { DESK } from './cases/desk';
import { MESSAGES } from './cases/messages';
import { WHOLE_STORE } from './cases/wholeStore';
import { Shops, WHOSE, type Whose } from './world';

// What a run draws by lot is the same in both stores.
jest.mock('node:crypto', () => ({ ...jest.requireActual('node:crypto'), randomBytes: (size: number) => Buffer.alloc(size, (globalThis as { lot?: number }).lot ?? Math.floor(Math.random() * 256)) }));

const ROOT = join(__dirname, '../../../..');
const FOLDER = join(ROOT, 'lib/store');
const CASES: Record<string, string | Record<string, Parameters<typeof called>[1] | string>> = { ...DESK, ...CUSTOMERS, ...MESSAGES, ...WHOLE_STORE } as never;
/** Functions of the store, by file. */
const FUNCTIONS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts') && !file.startsWith('migrations'))
	.map((file) => file.replace(/\.ts$/, ''))
	.flatMap((file) => Object.entries(jest.requireActual<Record<string, unknown>>(join(FOLDER, file))).flatMap(([name, value]) => (typeof value === 'function' ? [{ file, name, work: value as (...given: never[]) => unknown }] : [])));
const caseOf = ({ file, name }: { file: string; name: string }) => {
	const known = CASES[file];
	return typeof known === 'object' ? known[name] : known;
};
const RUNS = ON_POSTGRES ? 1 : 2;
/** Characters that are shown of what differs. */
const LONGEST = 400;

it('each function of the store is asked, or there is a reason why not', () => {
	expect(FUNCTIONS.filter((one) => caseOf(one) === undefined).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
	const known = new Set(FUNCTIONS.map(({ file, name }) => `${file} ${name}`));
	expect(Object.entries(CASES).flatMap(([file, names]) => (typeof names === 'string' ? [] : Object.keys(names).map((name) => `${file} ${name}`))).filter((name) => !known.has(name))).toEqual([]);
});

it('nothing outside of the store writes queries, or calls a piece of one', () => {
	const outside = ['nodes', 'lib', 'commands'].flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
		.filter((file) => file.endsWith('.ts') && !file.startsWith(join('lib', 'store')));
	expect(outside.length).toBeGreaterThan(300);
	const calls = (file: string, name: string) => new RegExp(`\\b${name}\\(`).test(textOf(file));
	const named = (reason: string) => FUNCTIONS.filter((one) => caseOf(one) === reason).map(({ name }) => name);
	const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
	expect(outside.filter((file) => /\bsql`|from 'kysely'|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(textOf(file)))).toEqual([]);
	const importing = outside.filter((file) => textOf(file).includes('lib/store/'));
	expect(named(BLOCKS).filter((name) => importing.some((file) => calls(file, name)))).toEqual([]);
	// Each of these has read what it changes with the shop of its store.
	expect(importing.filter((file) => named(READ_BEFORE).some((name) => calls(file, name))).sort()).toEqual([
		'nodes/CustomerReplyTrigger/refusals.ts', 'nodes/shared/calls.ts', 'nodes/shared/letterBatch.ts', 'nodes/shared/recordDeliveries.ts', 'nodes/shared/retell.ts', 'nodes/shared/takeBatch.ts',
	]);
});

it('a shop sees, counts and changes its own alone, whatever ids it is asked with', async () => {
	await fc.assert(
		fc.asyncProperty(fc.record({ people: fc.integer({ min: 6, max: 8 }), turn: fc.nat(20) }), async (likeness) => {
			const shops = await Shops.open(likeness);
			try {
				expect(shops.empty).toEqual([]);
				const leaks: string[] = [];
				for (const one of FUNCTIONS) for (const whose of WHOSE) leaks.push(...(await leaksOf(shops, one, whose, likeness.turn)));
				expect(leaks).toEqual([]);
			} finally {
				await shops.close();
			}
		}),
		{ numRuns: RUNS, endOnFailure: true },
	);
}, 180_000);

async function leaksOf(shops: Shops, one: (typeof FUNCTIONS)[number], whose: Whose, turn: number): Promise<string[]> {
	const wanted = caseOf(one);
	if (wanted === undefined || typeof wanted === 'string') return [];
	const { together, alone, before } = await shops.ask(async (world) => {
		(globalThis as { lot?: number }).lot = 7;
		return await called(one.work, wanted, world);
	}, whose, turn);
	const told = (what: string) => `${one.file} ${one.name}, ${whose} ids: ${what}`;
	const differ = (what: string, here: Record<string, string[]>, there: Record<string, string[]>) => Object.keys(here).flatMap((table) => {
		const [rows, others] = [new Set(here[table]), new Set(there[table] ?? [])];
		const odd = [...[...rows].filter((row) => !others.has(row)).map((row) => `+ ${row}`), ...[...others].filter((row) => !rows.has(row)).map((row) => `- ${row}`)];
		return odd.length === 0 ? [] : [told(`${what} in ${table}: ${odd.slice(0, 2).join(' ').slice(0, LONGEST)}`)];
	});
	return [
		...(whose === 'own' && /^\w*Error: /.test(alone.answer) ? [told(`it fails: ${alone.answer}`)] : []),
		...(together.answer === alone.answer ? [] : [told(`another answer: ${together.answer.slice(0, LONGEST)} | alone ${alone.answer.slice(0, LONGEST)}`)]),
		...differ('own rows differ', together.own, alone.own),
		...differ('rows of others changed', together.others, before),
	];
}

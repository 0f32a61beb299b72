import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ON_POSTGRES } from '../../../support/store';
import { called } from './asked';
import { CUSTOMERS } from './cases/customers';
import { DESK } from './cases/desk';
import { MESSAGES } from './cases/messages';
import { WHOLE_STORE } from './cases/wholeStore';
import { Shops, WHOSE, type Whose } from './world';

// What a run draws by lot is the same in both stores.
jest.mock('node:crypto', () => ({ ...jest.requireActual('node:crypto'), randomBytes: (size: number) => Buffer.alloc(size, (globalThis as { lot?: number }).lot ?? Math.floor(Math.random() * 256)) }));

const FOLDER = join(__dirname, '../../../../lib/store');
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
		const odd = [...[...rows.difference(others)].map((row) => `+ ${row}`), ...[...others.difference(rows)].map((row) => `- ${row}`)];
		return odd.length === 0 ? [] : [told(`${what} in ${table}: ${odd.slice(0, 2).join(' ').slice(0, LONGEST)}`)];
	});
	return [
		...(whose === 'own' && /^\w*Error: /.test(alone.answer) ? [told(`it fails: ${alone.answer}`)] : []),
		...(together.answer === alone.answer ? [] : [told(`another answer: ${together.answer.slice(0, LONGEST)} | alone ${alone.answer.slice(0, LONGEST)}`)]),
		...differ('own rows differ', together.own, alone.own),
		...differ('rows of others changed', together.others, before),
	];
}

import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { preProcessFile } from 'typescript';
import { filesIn, PACKAGE, ROOT } from './support/package';

/** A line of an import: from which file, and of what; a file of ours by its path in the project. */
interface Import {
	file: string;
	of: string;
}

const SOURCES = ['lib', 'nodes', 'credentials'].flatMap((folder) => filesIn(folder, '.ts'));
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
/** The code without its comments: words in a comment read no variable. */
const codeOf = (file: string) => textOf(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const IMPORTS: Import[] = SOURCES.flatMap((file) =>
	preProcessFile(textOf(file)).importedFiles.map(({ fileName: of }) => ({
		file,
		of: of.startsWith('.') ? path.posix.join(path.posix.dirname(file), of) : of,
	})),
);
const breaking = (rule: (one: Import) => boolean) => IMPORTS.filter(rule).map(({ file, of }) => `${file} imports ${of}`);
/** The folder of lib in which a path lies. */
const partOf = (file: string) => /^lib\/([^/]+)\//.exec(file)?.[1];

/** What a folder of lib may import beside the words of the domain. */
const MAY_IMPORT: Record<string, string[]> = { desk: ['web'], replies: ['web'], consent: ['web'] };

it('finds the imports', () => {
	expect(IMPORTS.length).toBeGreaterThan(300);
	expect(IMPORTS.filter(({ of }) => of.startsWith('lib/domain/')).length).toBeGreaterThan(100);
});

it('lib knows nothing of n8n', () => {
	expect(breaking(({ file, of }) => file.startsWith('lib/') && /^(@n8n\/|n8n-)/.test(of))).toEqual([]);
});

it('lib knows nothing of the nodes, the demo and the tests', () => {
	expect(breaking(({ file, of }) => file.startsWith('lib/') && /^(nodes|credentials|demo|test)\//.test(of))).toEqual([]);
	expect(breaking(({ file, of }) => !file.startsWith('lib/') && /^(demo|test)\//.test(of))).toEqual([]);
});

it('inside lib everything may use the domain, and the parts do not use each other', () => {
	const wrong = breaking(({ file, of }) => {
		const [from, to] = [partOf(file), partOf(of)];
		return from !== undefined && to !== undefined && from !== to && to !== 'domain' && !MAY_IMPORT[from]?.includes(to);
	});
	expect(wrong).toEqual([]);
});

it('a node uses what is shared and what is in its own folder, never another node', () => {
	const nodeOf = (file: string) => /^nodes\/([^/]+)\//.exec(file)?.[1];
	expect(breaking(({ file, of }) => ![undefined, 'shared', nodeOf(file)].includes(nodeOf(of)))).toEqual([]);
});

it('no file needs itself by way of others, types aside', () => {
	const known = new Set(SOURCES);
	const running = (file: string) => textOf(file).replace(/^(?:import|export) type [^;]*;$/gm, '');
	const needs = SOURCES.flatMap((file) => preProcessFile(running(file)).importedFiles.flatMap(({ fileName }) => {
		const of = path.posix.join(path.posix.dirname(file), fileName);
		return [`${of}.ts`, `${of}/index.ts`].filter((one) => known.has(one)).map((one) => [file, one] as const);
	}));
	expect(needs.length).toBeGreaterThan(1000);
	expect(circling(needs)).toEqual([]);
});

/** The arrows that stand in a circle: what is left when those are taken away that begin where none ends, or end where none begins. */
function circling(arrows: ReadonlyArray<readonly [string, string]>): ReadonlyArray<readonly [string, string]> {
	const [begins, ends] = [new Set(arrows.map(([from]) => from)), new Set(arrows.map(([, to]) => to))];
	const left = arrows.filter(([from, to]) => ends.has(from) && begins.has(to));
	return left.length === arrows.length ? left : circling(left);
}

it('what is imported at run time is installed with the package', () => {
	const known = [...Object.keys(PACKAGE.dependencies), ...Object.keys(PACKAGE.peerDependencies)];
	const nameOf = (of: string) => of.split('/').slice(0, of.startsWith('@') ? 2 : 1).join('/');
	expect(breaking(({ of }) => !/^(lib|nodes|credentials|templates)\//.test(of) && !isBuiltin(of) && !known.includes(nameOf(of)))).toEqual([]);
});

it.each([
	['reads the environment: settings are credentials and parameters', /\bprocess\s*\.\s*env\b/, []],
	['writes to the console: n8n has a log', /\bconsole\s*\./, []],
	// The moment of a migration is of interest to nobody's birthday.
	['looks at the clock but in the one place', /\bnew Date\(\)|\bDate\.now\(|DateTime\.(now|local|utc)\(\)/, ['lib/store/migrate.ts', 'nodes/shared/clock.ts']],
	['holds a path of the machine that it was written on', /['"`]\/(?:work|root|Users)\//, []],
])('nothing %s', (_, pattern, except) => {
	expect(SOURCES.filter((file) => pattern.test(codeOf(file)))).toEqual(except);
});

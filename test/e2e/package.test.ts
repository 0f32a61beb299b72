import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, PACKAGE, ROOT } from '../package/support/package';

jest.setTimeout(60_000);

interface Packed {
	size: number;
	unpackedSize: number;
	files: { path: string; size: number }[];
}

/** What `npm pack` would put into the tarball of what was built. */
const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' })) as Packed[];
const files = new Set(packed.files.map((file) => file.path));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Where Node finds what a file requires by a relative name. */
function resolved(from: string, named: string): string {
	const base = path.posix.join(path.posix.dirname(from), named);
	return [base, `${base}.js`, `${base}.json`, `${base}/index.js`].find((candidate) => files.has(candidate)) ?? `${base} (missing, required by ${from})`;
}

/** All that is loaded from the entry points on: nodes, credentials, commands. */
function loaded(): Set<string> {
	const found = new Set<string>();
	const load = (file: string) => {
		if (found.has(file)) return;
		found.add(file);
		if (!file.endsWith('.js') || !files.has(file)) return;
		for (const [, named] of read(file).matchAll(/\brequire\(["'](\.[^"']+)["']\)/g)) load(resolved(file, named));
	};
	for (const file of [PACKAGE.main, ...(Object.values(PACKAGE.bin) as string[]), ...PACKAGE.n8n.nodes, ...PACKAGE.n8n.credentials]) load(file);
	return found;
}

const ours = (file: string) => `dist/${file}`;
/** Read beside the code: by n8n, by the texts' own reader, by the commands. */
const READ = [
	...filesIn('nodes', '.node.json').map(ours),
	...filesIn('nodes/icons', '.svg').map(ours),
	...filesIn('templates', '.hbs').map(ours),
	...filesIn('templates', '.json').map(ours),
	...filesIn('workflows', '.json'),
	'dist/catalogue.json',
];
const TO_PEOPLE = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE.md'];

it('holds every file that is needed, and no other', () => {
	const needed = new Set([...loaded(), ...READ, ...TO_PEOPLE]);
	expect([...needed].filter((file) => !files.has(file))).toEqual([]);
	expect([...files].filter((file) => !needed.has(file))).toEqual([]);
});

it('holds an icon for each that a node or credential names, and no other', () => {
	const named = [...PACKAGE.n8n.nodes, ...PACKAGE.n8n.credentials].flatMap((file: string) => [...read(file).matchAll(/file:([^'"]+\.svg)/g)].map(([, icon]) => path.posix.join(path.posix.dirname(file), icon)));
	expect([...new Set(named)].sort()).toEqual([...files].filter((file) => file.endsWith('.svg')).sort());
});

it('requires no package that is not installed with it', () => {
	const outside = [...files].filter((file) => file.endsWith('.js')).flatMap((file) => [...read(file).matchAll(/\brequire\(["']([^."'][^"']*)["']\)/g)].map(([, name]) => name));
	const packages = new Set(outside.filter((name) => !name.startsWith('node:')).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')));
	expect([...packages].sort()).toEqual([...Object.keys(PACKAGE.dependencies), 'n8n-workflow'].sort());
});

it('is as small as docs/dependencies.md says', () => {
	const [, packedMegabytes, unpackedMegabytes] = /about ([\d.]+) MB packed and ([\d.]+) MB unpacked/.exec(read('docs/dependencies.md')) ?? [];
	expect(packed.size / 1e6).toBeLessThan(Number(packedMegabytes) * 1.1);
	expect(packed.size / 1e6).toBeGreaterThan(Number(packedMegabytes) * 0.8);
	expect(packed.unpackedSize / 1e6).toBeLessThan(Number(unpackedMegabytes) * 1.1);
	expect(packed.unpackedSize / 1e6).toBeGreaterThan(Number(unpackedMegabytes) * 0.8);
});

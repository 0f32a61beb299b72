import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bytesOf, installedFor, LOCKED } from './support/installed';
import { PACKAGE, ROOT } from './support/package';

const PAGE = readFileSync(path.join(ROOT, 'docs', 'dependencies.md'), 'utf8');
const ROWS = PAGE.split('\n')
	.filter((line) => line.startsWith('| `'))
	.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
	.map(([name, licence, megabytes, packages, , reason]) => ({ name: name.replaceAll('`', ''), licence, megabytes: Number(megabytes), packages: Number(packages), reason }));

/** Free to use without a word of warning. */
const PLAIN = /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|\(MIT OR EUPL-1\.1\+\))$/;
/** Packages of another kind of machine are in the lock file, but not here. */
const here = (places: Iterable<string>) => [...places].filter((place) => bytesOf(place) > 0);
const withItself = (name: string) => here(installedFor(`node_modules/${name}`).add(`node_modules/${name}`));

it('justifies every direct dependency, and no other', () => {
	expect(ROWS.map(({ name }) => name).sort()).toEqual(Object.keys(PACKAGE.dependencies).sort());
	expect(PAGE).toContain(`fetches ${ROWS.length} direct dependencies`);
	for (const { reason } of ROWS) expect(reason.length).toBeGreaterThan(30);
});

it.each(ROWS)('says of $name what is true: licence, size, number of packages', ({ name, licence, megabytes, packages }) => {
	const places = withItself(name);
	expect(licence).toBe(LOCKED[`node_modules/${name}`].license);
	const bytes = places.reduce((sum, place) => sum + bytesOf(place), 0) / 1e6;
	expect(Math.abs(bytes - megabytes)).toBeLessThan(Math.max(0.6, bytes / 10));
	// npm may share a package more or less.
	expect(Math.abs(places.length - packages)).toBeLessThanOrEqual(Math.max(0, packages > 10 ? 3 : 0));
});

it('names every licence that asks for more than a copy of its text', () => {
	const all = here(installedFor(''));
	const others = all.filter((place) => !PLAIN.test(LOCKED[place].license ?? '')).map((place) => [place.replace(/.*node_modules\//, ''), LOCKED[place].license ?? 'in its file LICENSE']);
	expect(others.filter(([name]) => !name.startsWith('@img/'))).toEqual([['libsignal', 'GPL-3.0'], ['png-js', 'in its file LICENSE']]);
	expect(PAGE).toMatch(/`sharp` .*LGPL-3\.0/);
	expect(readFileSync(path.join(ROOT, 'node_modules/png-js/LICENSE'), 'utf8')).toMatch(/MIT/);
});

it('is told in full size', () => {
	const all = here(installedFor(''));
	// 200 and 200: as n8n installs them, each of the direct ones with a copy of its own of what several need.
	expect(all.length).toBeGreaterThan(150);
	expect(all.length).toBeLessThan(210);
	const megabytes = all.reduce((sum, place) => sum + bytesOf(place), 0) / 1e6;
	expect(megabytes).toBeGreaterThan(170);
	expect(megabytes).toBeLessThan(210);
});

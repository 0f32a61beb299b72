import { spawnSync } from 'node:child_process';

/** A version of n8n with the Node to run it on. */
export interface Tried {
	n8n: string;
	node: string;
}

/** The oldest that is supported: the first of the minor versions of twelve months (1 December 2025), on the oldest Node that we ask for. */
const OLDEST: Tried = { n8n: '1.123.0', node: '22.16.0' };
/** The second major version, before the publication of workflows became an affair of its own. */
const BETWEEN: Tried = { n8n: '2.20.12', node: '22.23.3' };
/** What the newest n8n asks for, and what runs older ones of the second major version too. */
export const NEWEST_NODE = '24.21.0';
/** Now and then a version is published without one of its parts, and cannot be installed by anybody; then the one before it is the newest. */
const STEPS_BACK = 5;

export type Place = 'oldest' | 'between' | 'newest';
export const PLACES: Place[] = ['oldest', 'between', 'newest'];

/** What to try for a place, the first that can be installed; asks npm for the newest. */
export function versionsFor(place: Place): Tried[] {
	if (place === 'oldest') return [OLDEST];
	if (place === 'between') return [BETWEEN];
	const { stdout, stderr, status } = spawnSync('npm', ['view', 'n8n', 'versions', '--json'], { encoding: 'utf8', shell: process.platform === 'win32' });
	if (status !== 0) throw new Error(`npm does not tell the versions of n8n: ${stderr}`);
	return newestOf(JSON.parse(stdout) as string[]).map((n8n) => ({ n8n, node: NEWEST_NODE }));
}

/** The highest finished versions, highest first. */
export function newestOf(versions: string[]): string[] {
	const parts = (version: string) => version.split('.').map(Number);
	const descending = (one: string, other: string) => parts(other).map((part, index) => part - parts(one)[index]).find((difference) => difference !== 0) ?? 0;
	return versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version)).sort(descending).slice(0, STEPS_BACK);
}

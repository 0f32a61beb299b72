import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readJson, ROOT } from './package';

interface Locked {
	version: string;
	license?: string;
	hasInstallScript?: boolean;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

/** What the lock file says of each place, such as `node_modules/pg`. */
export const LOCKED = (readJson('package-lock.json') as { packages: Record<string, Locked> }).packages;

/** Where npm finds a package that the one at `from` names: in its own folder or in one above. */
function placeOf(name: string, from: string): string | undefined {
	for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
		const place = `${folder}${folder && '/'}node_modules/${name}`;
		if (LOCKED[place]) return place;
		if (!folder) return undefined;
	}
}

/** What npm fetches for a package: its dependencies, and the peers that it insists on. Those of our own package are left out, as n8n's installer leaves them out. */
function wanted(place: string): string[] {
	const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {}, optionalDependencies = {} } = LOCKED[place];
	if (!place) return Object.keys(dependencies);
	const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
	return [...Object.keys(dependencies), ...peers, ...Object.keys(optionalDependencies)];
}

/** The places of all that is installed for the package at `place` ('' is ours), itself left out. What is for another kind of machine is not there. */
export function installedFor(place: string, found = new Set<string>()): Set<string> {
	for (const name of wanted(place)) {
		const next = placeOf(name, place);
		if (next && !found.has(next)) installedFor(next, found.add(next));
	}
	return found;
}

/** Bytes of a package's own files, without those of the packages inside of it; 0 where it is not on this machine. */
export function bytesOf(place: string): number {
	const count = (folder: string): number =>
		readdirSync(folder, { withFileTypes: true })
			.filter(({ name }) => name !== 'node_modules')
			.reduce((sum, entry) => sum + (entry.isDirectory() ? count(path.join(folder, entry.name)) : lstatSync(path.join(folder, entry.name)).size), 0);
	try {
		return count(path.join(ROOT, place));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
		throw error;
	}
}

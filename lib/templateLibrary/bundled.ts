import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEntries, type LibraryEntry } from './entries';

/** Of the sources, and of the package, where the code lies in `dist`. */
const PLACES = [path.join(__dirname, '..', '..', 'workflows'), path.join(__dirname, '..', '..', '..', 'workflows')];
let read: LibraryEntry[] | undefined;

/** The package's own workflows in rollout order, read once: an installed package does not change while it runs. */
export function bundledWorkflows(): readonly LibraryEntry[] {
	read ??= readEntries(PLACES.find((folder) => existsSync(folder)) ?? PLACES[0]);
	return read;
}

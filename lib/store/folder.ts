import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that nobody else may read, and those above it. One by one: Node's own `recursive` never ends where the system lets nobody make a
 * folder and says that the one above is missing, as in /proc, and a mistyped path would stop all of n8n.
 * @throws what the system says
 */
export function makeFolder(folder: string): void {
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	try {
		mkdirSync(folder, { mode: 0o700 });
	} catch (error) {
		// Another process may have been faster.
		if (!existsSync(folder)) throw error;
	}
}

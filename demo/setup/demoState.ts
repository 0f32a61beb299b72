import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { takeLock } from './lock.cjs';
import { freePort, requireFree } from './ports';

const LOCK = 'demo.lock';

/** A folder of the demo that this process alone uses. */
export interface DemoState {
	folder: string;
	/** The port that a part of the demo had the last time, if it is still free, so that links in old mails and bookmarks go on working. */
	portFor(part: string): Promise<number>;
	/** Lets the next start have the folder. */
	release(): void;
}

/**
 * Takes the folder, and makes it if it is missing.
 *
 * @param empty remove what an earlier start left there
 * @throws if another process uses it
 */
export async function openState(folder: string, empty: boolean): Promise<DemoState> {
	await mkdir(folder, { recursive: true });
	const release = await takeLock(path.join(folder, LOCK), { wait: false });
	if (!release) throw new Error(`The demo already runs in this folder. End it there with Ctrl-C first. (If it does not run, delete ${path.join(folder, LOCK)}.)`);
	if (empty) {
		for (const name of await readdir(folder)) if (name !== LOCK) await rm(path.join(folder, name), { recursive: true, force: true });
	}
	const file = path.join(folder, 'ports.json');
	const ports = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, number>;
	return {
		folder,
		release,
		portFor: async (part) => {
			const port = await requireFree(ports[part] ?? 0).then(() => ports[part], () => undefined);
			ports[part] = port ?? (await freePort());
			await writeFile(file, JSON.stringify(ports));
			return ports[part];
		},
	};
}

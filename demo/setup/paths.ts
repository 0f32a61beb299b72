import os from 'node:os';
import path from 'node:path';

/** The project's folder. npm scripts always run from it, and so does jest. */
export const projectRoot = process.cwd();

/** Where the demo keeps all that it remembers between two starts; ignored by git, removed by `--reset`. */
export const demoFolder = path.join(projectRoot, '.demo');

/** This user's cache folder for what all clones of the project share. */
export function sharedCacheFolder(): string {
	return path.join(userCacheFolder(), 'n8n-nodes-optical-crm');
}

function userCacheFolder(): string {
	const chosen = process.env.XDG_CACHE_HOME;
	if (chosen && path.isAbsolute(chosen)) return chosen;
	if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
	if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
	return path.join(os.homedir(), '.cache');
}

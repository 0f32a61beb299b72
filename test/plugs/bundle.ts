import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/**
 * Puts the worker and what it uses of the project into one file: hundreds of processes are started, and each would spend a second on reading it otherwise.
 * @returns the file; as deep below the project's folder as the build, so that it finds the texts
 */
export async function bundleWorker(): Promise<string> {
	const resolve = createRequire(__filename);
	// The compiler of the runner of TypeScript.
	const { build } = (await import(createRequire(resolve.resolve('tsx')).resolve('esbuild'))) as typeof import('esbuild');
	const folder = path.join(ROOT, '.demo', 'plugs');
	mkdirSync(folder, { recursive: true });
	const outfile = path.join(folder, `worker-${process.pid}.cjs`);
	await build({ entryPoints: [path.join(__dirname, 'worker.ts')], bundle: true, platform: 'node', target: 'node24', format: 'cjs', packages: 'external', outfile, logLevel: 'warning' });
	return outfile;
}

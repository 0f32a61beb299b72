import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/**
 * Puts the worker and what it uses of the project into one file: hundreds of processes are started, and each would spend a second on reading it otherwise.
 * @returns the file; as deep below the project's folder as the build, so that it finds the texts
 */
export function bundleWorker(): string {
	// The compiler of the runner of TypeScript.
	const { resolve } = createRequire(createRequire(__filename).resolve('tsx'));
	const compiler = path.join(path.dirname(resolve('esbuild/package.json')), 'bin', 'esbuild');
	const folder = path.join(ROOT, '.demo', 'plugs');
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, `worker-${process.pid}.cjs`);
	execFileSync(compiler, [path.join(__dirname, 'worker.ts'), '--bundle', '--platform=node', '--target=node24', '--packages=external', `--outfile=${file}`, '--log-level=warning']);
	return file;
}

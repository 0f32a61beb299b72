import { createHash, type Hash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand, type StepContext } from './command';
import { projectRoot } from './paths';

const SOURCES = ['nodes', 'credentials', 'lib', 'templates', 'package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js'];
const RESULT = ['dist'];

/**
 * Builds the nodes, unless neither they nor what they are built from has changed since the last time.
 *
 * @param folder where to keep the log and what was built last
 * @throws if the build fails: with the end of its log
 */
export async function buildNodes(folder: string, context: StepContext): Promise<void> {
	const memory = path.join(folder, 'built.json');
	const before = await fingerprint(SOURCES);
	if ((await readFile(memory, 'utf8').catch(() => '')) === JSON.stringify([before, await fingerprint(RESULT)])) return;
	context.report('Building the nodes ...');
	await mkdir(folder, { recursive: true });
	const gulp = path.join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await runCommand({ doing: 'Building the nodes', file: process.execPath, args: [gulp, 'build'], cwd: projectRoot, logFile: path.join(folder, 'build.log') }, context);
	await writeFile(memory, JSON.stringify([before, await fingerprint(RESULT)]));
}

async function fingerprint(names: string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const name of names) await add(hash, name);
	return hash.digest('hex');
}

async function add(hash: Hash, name: string): Promise<void> {
	const place = path.join(projectRoot, name);
	const entries = await readdir(place).catch(() => undefined);
	if (entries) for (const entry of entries.sort()) await add(hash, path.join(name, entry));
	else hash.update(`${name}\0`).update(await readFile(place).catch(() => 'missing'));
}

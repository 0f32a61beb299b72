import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand, secondsSince, type StepContext } from './command';
import { withLock } from './lock.cjs';
import { runNpm } from './npm';
import { projectRoot, sharedCacheFolder } from './paths';

/** An n8n that is installed and whose native parts load. */
export interface N8nInstallation {
	/** The Node program to run it with. */
	node: string;
	/** The file that Node runs: n8n's command line. */
	entry: string;
	folder: string;
	/** Such as "2.41.1". */
	version: string;
}

const PINNED = path.join(projectRoot, 'demo', 'n8n');
const SOURCE_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const NEEDED_BYTES = 4e9;
const LOCK_MAX_AGE_MS = 2 * 60 * 60 * 1000;
/** Older ones of n8n take it from an address outside of npm, which not every machine can reach. This is the same, as newer ones take it. */
const FROM_NPM = { xlsx: 'npm:@e965/xlsx@0.20.3' };
/** Each native package that n8n cannot do without, and how it is tried. All others do without their install scripts. */
const NATIVE_PACKAGES: Record<string, string> = {
	sqlite3: "new (require('sqlite3').Database)(':memory:').get('select 1', (error) => { if (error) throw error; });",
	'isolated-vm': "const isolate = new (require('isolated-vm').Isolate)(); isolate.dispose();",
};

/** What is installed: the files beside each other that npm reads, and how it is told to install them. */
interface Recipe {
	version: string;
	/** Tells this installation from others of the same version. */
	key: string;
	write(folder: string): Promise<void>;
	npm: 'ci' | 'install';
}

async function pinned(): Promise<{ version: string; lockText: Buffer }> {
	const lockText = await readFile(path.join(PINNED, 'package-lock.json'));
	return { version: JSON.parse(lockText.toString()).packages['node_modules/n8n'].version as string, lockText };
}

/**
 * Gives the n8n that demo/n8n pins, installing it first if this user has not got it yet (minutes; needs the npm registry).
 * All clones of the project share it. The folder appears whole or not at all.
 *
 * @throws if a step of the installation fails: with the step, the end of its log and what to do
 */
export async function ensureN8n(context: StepContext): Promise<N8nInstallation> {
	const { version, lockText } = await pinned();
	const key = createHash('sha256').update(lockText).digest('hex').slice(0, 12);
	const write = async (folder: string) => {
		for (const name of SOURCE_FILES) await copyFile(path.join(PINNED, name), path.join(folder, name));
	};
	return await ensure({ version, key, write, npm: 'ci' }, context);
}

/**
 * The same for any version of n8n on the npm registry, with what npm resolves for it on the day of its installation: as somebody has it who installs that n8n today. The pinned one is shared.
 *
 * @param nodeVersion of the Node that it runs on, such as "22.16.0"
 */
export async function ensureN8nVersion(version: string, nodeVersion: string, context: StepContext): Promise<N8nInstallation> {
	if (version === (await pinned()).version) return await ensureN8n(context);
	const write = async (folder: string) => {
		await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'optical-crm-matrix-n8n', private: true, dependencies: { n8n: version, node: nodeVersion }, overrides: FROM_NPM }));
		await copyFile(path.join(PINNED, '.npmrc'), path.join(folder, '.npmrc'));
	};
	return await ensure({ version, key: `node-${nodeVersion}`, write, npm: 'install' }, context);
}

async function ensure(recipe: Recipe, context: StepContext): Promise<N8nInstallation> {
	const cache = sharedCacheFolder();
	const folder = path.join(cache, `n8n-${recipe.version}-${process.platform}-${process.arch}-${recipe.key}`);
	if (!existsSync(folder)) {
		await mkdir(cache, { recursive: true });
		await withLock(
			`${folder}.lock`,
			async () => {
				if (!existsSync(folder)) await install(recipe, folder, context);
			},
			{
				maxAgeMs: LOCK_MAX_AGE_MS,
				signal: context.signal,
				onWait: ({ pid }) => context.report(`  Another clone (process ${pid}) is installing the same n8n; waiting for it.`),
			},
		);
	}
	return { node: nodeIn(folder), entry: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), folder, version: recipe.version };
}

async function install({ version, write, npm }: Recipe, folder: string, context: StepContext): Promise<void> {
	const started = Date.now();
	const partial = `${folder}.partial-${process.pid}`;
	const logFile = `${folder}.log`;
	context.report(`Installing n8n ${version}. This happens once for each user, takes some minutes and 3 GB.`);
	await removeRemains(folder);
	await rm(logFile, { force: true });
	await checkSpace(path.dirname(folder));
	await mkdir(partial);
	await write(partial);

	await runNpm({ doing: 'Downloading n8n (about 2,200 packages)', args: [npm, '--ignore-scripts', '--no-audit', '--no-fund'], cwd: partial, logFile }, context);
	await runNpm({ doing: 'Fetching Node for n8n', args: ['rebuild', 'node', '--ignore-scripts=false'], cwd: partial, logFile }, context);
	await buildNativeParts(partial, logFile, context);
	await rename(partial, folder);
	context.report(`n8n ${version} is installed (${secondsSince(started)} s).`);
}

// What a killed installation left. Its npm may still be at work there, then the next one removes it.
async function removeRemains(folder: string): Promise<void> {
	const cache = path.dirname(folder);
	const remains = (await readdir(cache)).filter((name) => name.startsWith(`${path.basename(folder)}.partial-`));
	for (const name of remains) await rm(path.join(cache, name), { recursive: true, force: true }).catch(() => undefined);
}

async function checkSpace(folder: string): Promise<void> {
	const disk = await statfs(folder);
	const free = disk.bavail * disk.bsize;
	if (free < NEEDED_BYTES) {
		throw new Error(
			`n8n needs about ${NEEDED_BYTES / 1e9} GB while it is installed, and ${folder} has ${(free / 1e9).toFixed(1)} GB free. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
		);
	}
}

async function buildNativeParts(folder: string, logFile: string, context: StepContext): Promise<void> {
	const node = nodeIn(folder);
	// Not every n8n has both.
	const native = Object.keys(NATIVE_PACKAGES).filter((name) => existsSync(path.join(folder, 'node_modules', name)));
	try {
		await runNpm({ doing: 'Building the native parts of n8n', args: ['rebuild', ...native, '--ignore-scripts=false'], cwd: folder, logFile, node }, context);
		const tryThem = native.map((name) => NATIVE_PACKAGES[name]).join('\n');
		await runCommand({ doing: 'Checking the native parts of n8n', file: node, args: ['--no-node-snapshot', '-e', tryThem], cwd: folder, logFile }, context);
	} catch (error) {
		context.signal?.throwIfAborted();
		const hint = 'Where no ready-made binary of sqlite3 can be had, it is compiled, which takes Python 3, make and a C++ compiler. Install them and start again.';
		throw new Error(`${(error as Error).message}\n${hint}`, { cause: error });
	}
}

function nodeIn(folder: string): string {
	return path.join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

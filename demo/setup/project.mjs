// Called first by every npm script, before anything is installed: plain JavaScript, Node 20 or later, no dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = 20;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
	fail(`This project needs Node ${OLDEST_NODE} or later to start (it then brings its own Node 24); this is ${process.version}. Install a newer Node from https://nodejs.org and run the command again.`);
}
if (!isReady()) {
	// Loaded only when there is work, because the usual case must cost nothing.
	const { default: lock } = await import('./lock.cjs');
	const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
	// Not inside node_modules: npm ci empties that folder.
	await lock
		.withLock(path.join(tmpdir(), `optical-crm-setup-${name}.lock`), prepare, {
			maxAgeMs: 60 * 60 * 1000,
			onWait: ({ pid }) => say(`Another command (process ${pid}) is installing the packages of this project; waiting for it.`),
		})
		.catch((error) => fail(error.message));
}

async function prepare() {
	if (!packagesFit()) {
		say('Installing the packages of this project with npm ci. The first time this takes a few minutes.');
		await npm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
	}
	if (!hasNode24()) {
		say('Fetching Node 24 as an npm package (n8n needs it).');
		await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
	}
	if (!isReady()) throw new Error('The packages were installed but node_modules still does not fit package-lock.json. Delete the folder node_modules and run the command again.');
}

function isReady() {
	return packagesFit() && hasNode24();
}

// npm writes node_modules/.package-lock.json as its last act: it tells what is really there, and a broken-off install has none.
function packagesFit() {
	const installed = readLock(path.join(root, 'node_modules', '.package-lock.json'));
	if (!installed) return false;
	const wanted = readLock(path.join(root, 'package-lock.json')) ?? fail(`package-lock.json is missing in ${root}. Take it back from git.`);
	for (const [folder, entry] of Object.entries(wanted)) {
		if (folder === '') continue;
		const found = installed[folder];
		if (!found && !entry.optional && !entry.devOptional) return false;
		if (found && (found.version !== entry.version || found.integrity !== entry.integrity)) return false;
	}
	return Object.keys(installed).every((folder) => folder in wanted);
}

function readLock(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

function hasNode24() {
	const binary = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	// On Windows the package leaves a one-line placeholder beside the program.
	return existsSync(binary) && statSync(binary).size > 1_000_000;
}

function npm(args) {
	const cli = process.env.npm_execpath;
	const viaNode = cli !== undefined && path.basename(cli) === 'npm-cli.js';
	const child = viaNode
		? spawn(nodeOutside(), [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
		: spawn('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
	return new Promise((resolve, reject) => {
		child.once('error', (error) => reject(new Error(`npm could not be started (${error.message}). Is it installed?`)));
		child.once('exit', (code, signal) => {
			if (code === 0) resolve();
			else reject(new Error(`"npm ${args.join(' ')}" ended with ${signal ?? code}. Its messages are above. Without a connection to the npm registry nothing can be installed; otherwise run the command again.`));
		});
	});
}

// npm puts node_modules/.bin first on PATH, so this may be running on the very Node that npm ci is about to delete.
function nodeOutside() {
	const inside = process.execPath.startsWith(path.join(root, 'node_modules') + path.sep);
	return (inside && process.env.npm_node_execpath) || process.execPath;
}

// stdout belongs to the command that comes next (npm start -- --check prints JSON there).
function say(line) {
	process.stderr.write(`${line}\n`);
}

function fail(message) {
	say(message);
	process.exit(1);
}

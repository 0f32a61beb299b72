import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, hash } from 'bcryptjs';
import { lastLines, secondsSince } from './command';
import { n8nEnvironment, type N8nOwner } from './n8nEnvironment';
import type { N8nInstallation } from './n8nInstall';
import { projectRoot } from './paths';
import { freePort, LOOPBACK, requireFree } from './ports';
import { endGroup, killGroup, spawnGroup } from './processGroup';

export interface N8nStart {
	installation: N8nInstallation;
	/** Made if it is missing. Started again on the same folder, n8n has its data and its encryption key again. */
	userFolder: string;
	owner: N8nOwner;
	/** Any free one if left out. */
	port?: number;
	/** Environment variables that are added or that replace the usual ones. */
	env?: Record<string, string>;
	/** What n8n is told to do, where several processes share the work: such as `['worker', '--concurrency=5']`. Alone it does everything. */
	command?: readonly string[];
	/** Three minutes unless told. */
	readyWithinMs?: number;
	signal?: AbortSignal;
}

/** A running n8n. */
export interface N8nServer {
	/** Without a slash at the end. */
	baseUrl: string;
	pid: number;
	/** n8n's output of this run; that of the run before lies beside it. */
	logFile: string;
	/** Where n8n's Read/Write Files node may read and write. */
	filesFolder: string;
	/** The real path of its user folder. */
	userFolder: string;
	/** Lets running executions end, for at most `patienceMs` milliseconds (10,000), then kills. */
	stop(patienceMs?: number): Promise<void>;
	/** Kills n8n and everything that it started, in the middle of whatever they do. */
	kill(): Promise<void>;
	/** Settles when the process has ended, with the reason in words. */
	exited: Promise<string>;
}

const READY_WITHIN_MS = 300_000;
const POLL_MS = 100;
const PATIENCE_MS = 10_000;

/**
 * Starts n8n and waits until it answers.
 *
 * @throws if the port is taken, or if n8n ends or is not ready in time: with the end of its log and where the log is
 */
export async function startN8n({ installation, userFolder, owner, port, env = {}, command = ['start'], readyWithinMs = READY_WITHIN_MS, signal }: N8nStart): Promise<N8nServer> {
	signal?.throwIfAborted();
	if (port !== undefined) await requireFree(port);
	await mkdir(path.join(userFolder, '.n8n'), { recursive: true });
	// n8n refuses files whose path has a symbolic link in it, so it is told the real one.
	const home = await realpath(userFolder);
	const filesFolder = path.join(home, 'files');
	await mkdir(filesFolder, { recursive: true });
	const ownPort = port ?? (await freePort());
	const baseUrl = `http://${LOOPBACK}:${ownPort}`;
	const place = { userFolder: home, filesFolder, baseUrl, port: ownPort, brokerPort: await freePort(), nodeFolder: path.dirname(installation.node), withoutModules: unwanted(installation) };
	// After a crash n8n waits ten seconds at its next start, so that an operator notices. Here nobody watches.
	await rm(path.join(home, '.n8n', 'crash.journal'), { force: true });
	const logFile = await freshLog(home);

	const log = openSync(logFile, 'a');
	const child = spawnGroup(installation.node, ['-r', path.join(projectRoot, 'demo', 'setup', 'orphanGuard.cjs'), installation.entry, ...command], {
		// n8n reads a file .env where it is started.
		cwd: home,
		env: n8nEnvironment(place, owner, await passwordHash(home, owner.password), env),
		stdio: ['ignore', log, log, 'ipc'],
	});
	closeSync(log);
	const exited = endOf(child);
	const server: N8nServer = {
		baseUrl,
		pid: child.pid ?? 0,
		logFile,
		filesFolder,
		userFolder: home,
		stop: (patienceMs = PATIENCE_MS) => endGroup(child, exited, patienceMs),
		kill: async () => {
			killGroup(child);
			await exited;
		},
		exited,
	};
	await becomeReady(server, readyWithinMs, signal);
	return server;
}

/** It asks api.n8n.io for a list of MCP servers, and no other setting stops it. Older versions have no such module. */
function unwanted({ folder }: N8nInstallation): string[] {
	const name = 'mcp-registry';
	return existsSync(path.join(folder, 'node_modules', 'n8n', 'dist', 'modules', name)) ? [name] : [];
}

async function becomeReady(server: N8nServer, withinMs: number, signal?: AbortSignal): Promise<void> {
	const started = Date.now();
	let end: string | undefined;
	void server.exited.then((reason) => (end = reason));
	while (!(await isReady(server.baseUrl))) {
		if (end !== undefined) throw new Error(`n8n ${end} while it was starting. ${await lastLines(server.logFile)}`);
		if (signal?.aborted || Date.now() - started > withinMs) {
			await server.stop(signal?.aborted ? PATIENCE_MS : 0);
			signal?.throwIfAborted();
			throw new Error(`n8n was not ready after ${secondsSince(started)} s and was ended. ${await lastLines(server.logFile)}`);
		}
		await sleep(POLL_MS);
	}
}

async function isReady(baseUrl: string): Promise<boolean> {
	const response = await fetch(`${baseUrl}/healthz/readiness`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
	return response?.status === 200;
}

function endOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve) => {
		child.once('error', (error) => resolve(`could not be started (${error.message})`));
		child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`));
	});
}

async function freshLog(userFolder: string): Promise<string> {
	const logFile = path.join(userFolder, 'n8n.log');
	await rename(logFile, path.join(userFolder, 'n8n.previous.log')).catch(() => undefined);
	await writeFile(logFile, '');
	return logFile;
}

// n8n ties its logins to the hash: with a new one at each start everybody would have to log in again.
async function passwordHash(userFolder: string, password: string): Promise<string> {
	const file = path.join(userFolder, 'owner-password.bcrypt');
	const kept = await readFile(file, 'utf8').catch(() => '');
	if (kept && (await compare(password, kept))) return kept;
	const fresh = await hash(password, 10);
	await writeFile(file, fresh, { mode: 0o600 });
	return fresh;
}

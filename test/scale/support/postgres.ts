import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { freePort, LOOPBACK } from '../../../demo/setup/ports';
import type { StorePlace } from '../../../lib/store/place';
import { postgresPrograms } from '../../support/postgresServer';
import { ProgramPart } from './part';

const USER = 'optical';
/** PostgreSQL never runs as root. */
const ACCOUNT = 'postgres';

/** A server whose processes are killed with it. */
export class PostgresPart extends ProgramPart {
	/** A database of the server, as the store's credential names it. */
	place(name: string): StorePlace {
		return { database: 'postgres', host: LOOPBACK, port: this.port, name, user: USER, password: USER, tls: 'off' };
	}

	/** @throws where there is one of this name */
	async createDatabase(name: string): Promise<void> {
		const client = new Client({ ...connection(this.port), database: 'postgres' });
		await client.connect();
		await client.query(`create database ${client.escapeIdentifier(name)}`).finally(async () => await client.end());
	}

	/** The processes of connections lead groups of their own: killed one by one, so that the data folder is nobody's when it starts again. */
	override async kill(): Promise<void> {
		const pids = this.pid === undefined ? [] : childrenOf(this.pid);
		await super.kill();
		for (const pid of pids) killIfThere(pid);
	}
}

/** An empty PostgreSQL out of npm packages, not started yet. Nothing is lost when it is killed; for a machine that loses power it is not made. */
export async function postgresPart(folder: string): Promise<PostgresPart> {
	const programs = postgresPrograms();
	const port = await freePort();
	const data = path.join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	// The account of the server must get through to its folder.
	chmodSync(folder, 0o711);
	const account = accountOf();
	if (account) chownSync(data, account.uid, account.gid);
	const env = { ...process.env, LC_ALL: 'C.UTF-8' };
	for (const program of ['initdb', 'postgres']) chmodSync(path.join(programs, program), 0o755);
	const made = spawnSync(path.join(programs, 'initdb'), ['--pgdata', data, '--auth=trust', `--username=${USER}`, '--encoding=UTF8', '--locale=C.UTF-8'], { ...account, env, encoding: 'utf8' });
	if (made.status !== 0) throw new Error(`PostgreSQL could not make its folder: ${made.error?.message ?? made.stderr}`);
	return new PostgresPart({
		name: 'postgres',
		port,
		file: path.join(programs, 'postgres'),
		args: ['-D', data, '-p', String(port), '-c', `listen_addresses=${LOOPBACK}`, '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200'],
		options: { ...account, env },
		logFile: path.join(folder, 'postgres.log'),
		isReady: async () => await answers(port),
	});
}

function connection(port: number): { host: string; port: number; user: string; password: string } {
	return { host: LOOPBACK, port, user: USER, password: USER };
}

async function answers(port: number): Promise<boolean> {
	const client = new Client({ ...connection(port), database: 'postgres', connectionTimeoutMillis: 2_000 });
	// A connection that the server cuts is told here too.
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query('select 1');
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => undefined);
	}
}

/** Whom the server runs as; nothing where this process is not root. */
function accountOf(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	if (spawnSync('id', [ACCOUNT], { stdio: 'ignore' }).status !== 0) execFileSync('useradd', ['--system', '--user-group', ACCOUNT]);
	const idOf = (flag: string) => Number(execFileSync('id', [flag, ACCOUNT], { encoding: 'utf8' }));
	return { uid: idOf('-u'), gid: idOf('-g') };
}

function childrenOf(pid: number): number[] {
	const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
	return stdout.split(/\s+/).filter(Boolean).map(Number);
}

function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

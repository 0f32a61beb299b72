import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { closeDatabase, openDatabase } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import { postgresPart } from '../scale/support/postgres';
import { makeDisk, type Disk } from './disk';
import { Wire } from './wire';

/** A database whose plug can be pulled, whose disk can be filled and whose wire can be cut. */
export interface PluggedDatabase {
	kind: 'file' | 'postgres';
	/** Absent where this user may not make one. */
	disk?: Disk;
	/** A file has neither. */
	kill?(): Promise<void>;
	restart?(): Promise<void>;
	wire?: Wire;
	/** A place for the store of one run: as the workers reach it, and as the driver does. */
	place(): { ofWorkers: StorePlace; own: StorePlace };
	/** Removes the store of a run. */
	forget(own: StorePlace): Promise<void>;
	stop(): Promise<void>;
}

/** Room for the store of a run and for what SQLite writes beside it. */
const FILE_MEGABYTES = 12;
/** A fresh server with its log, and some room. */
const SERVER_MEGABYTES = 220;

/** Stores in files, each of a run of its own. */
export function openFiles(): PluggedDatabase {
	const disk = makeDisk(FILE_MEGABYTES);
	const parent = disk?.folder ?? mkdtempSync(path.join(tmpdir(), 'optical-crm-plugs-'));
	return {
		kind: 'file',
		disk,
		place: () => {
			const place = { file: path.join(mkdtempSync(path.join(parent, 'run-')), 'store.db') };
			return { ofWorkers: place, own: place };
		},
		forget: async (own) => {
			await closeDatabase(own);
			rmSync(path.dirname((own as { file: string }).file), { recursive: true });
		},
		stop: async () => (disk ? disk.remove() : rmSync(parent, { recursive: true })),
	};
}

/** Stores in one PostgreSQL server, each in a schema of its own; the workers reach it over a wire. */
export async function openServer(): Promise<PluggedDatabase> {
	const disk = makeDisk(SERVER_MEGABYTES);
	const folder = disk?.folder ?? mkdtempSync(path.join(tmpdir(), 'optical-crm-plugs-'));
	const server = await postgresPart(folder);
	await server.start();
	await server.createDatabase('crm');
	const wire = await Wire.to(server.port);
	return {
		kind: 'postgres',
		disk,
		wire,
		kill: async () => await server.kill(),
		restart: async () => await server.start(),
		place: () => {
			const own = { ...(server.place('crm') as Extract<StorePlace, { database: 'postgres' }>), schema: `run_${randomBytes(5).toString('hex')}` };
			return { own, ofWorkers: { ...own, port: wire.port } };
		},
		forget: async (own) => {
			await sql`drop schema ${sql.ref((own as { schema: string }).schema)} cascade`.execute(await openDatabase(own));
			await closeDatabase(own);
		},
		stop: async () => {
			await wire.close();
			await server.kill();
			if (disk) disk.remove();
			else rmSync(folder, { recursive: true });
		},
	};
}

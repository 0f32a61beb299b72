import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CrmError } from '../../domain/errors';
import type { Instant } from '../../domain/time';
import { makeFolder } from '../folder';
import { sqliteProblem } from '../sqliteProblem';

/** All pages in one step: the copy is one moment of the store, and writers, who need no pause in WAL mode, cannot make it start again. */
const ALL_PAGES = 2 ** 31 - 1;

/** Node's own SQLite with its backup, loaded when it is used: the other nodes must work where it is missing. */
export async function sqlite(): Promise<typeof import('node:sqlite')> {
	const loaded = await import('node:sqlite').catch(() => undefined);
	if (typeof loaded?.backup === 'function') return loaded;
	throw new CrmError(`This Node (${process.version}) cannot back up a store`, 'Run n8n on Node 22.16 or newer, or stop n8n and copy the store file.');
}

/** A finished backup. */
export interface Backup {
	file: string;
	bytes: number;
}

/**
 * Copies an embedded store while it is in use. The copy is one file, readable by its owner only, and takes its name only when it is whole.
 * @param source path of the store
 * @param target path of the copy; its folder is made when missing
 * @throws CrmError when there is no store, the target exists, or the disk refuses
 */
export async function backUpStore(source: string, target: string): Promise<Backup> {
	const file = resolve(target);
	if (!existsSync(source)) throw new CrmError(`There is no store ${source}`, 'Check the path in the credential "Optical CRM Store API".');
	if (existsSync(file)) throw new CrmError(`${file} exists already`, 'Give every backup a name of its own, for example with the date; an older one is never overwritten.');
	const part = `${file}.part`;
	const { DatabaseSync, backup } = await sqlite();
	let database: DatabaseSync | undefined;
	try {
		makeFolder(dirname(file));
		rmSync(part, { force: true });
		// Before anything is in it: at no moment can another user read it.
		closeSync(openSync(part, 'wx', 0o600));
		database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
		await backup(database, part, { rate: ALL_PAGES });
		toSingleFile(new DatabaseSync(part));
		renameSync(part, file);
		return { file, bytes: statSync(file).size };
	} catch (error) {
		for (const end of ['', '-wal', '-shm']) rmSync(part + end, { force: true });
		throw sqliteProblem(error, file);
	} finally {
		database?.close();
	}
}

/** A copy in WAL mode would make files beside it as soon as somebody looks at it. */
function toSingleFile(copy: DatabaseSync): void {
	copy.exec('pragma journal_mode = delete');
	copy.close();
}

/** Where the copy of a moment is put: named by the store and the moment, so that names sort by age. */
export function backupPath(source: string, folder: string, at: Instant): string {
	return join(folder, `${basename(source, '.db')}-${at.replace(/[:.]/g, '-')}.db`);
}

/**
 * Deletes the oldest copies of a store in a folder, because they still hold who was erased since; only files that `backupPath` named are touched.
 * @param keep how many of the newest stay
 * @returns the names of those that are gone
 */
export function forgetBackups(source: string, folder: string, keep: number): string[] {
	const start = `${basename(source, '.db')}-`;
	const ours = readdirSync(folder).filter((name) => name.startsWith(start) && /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.db$/.test(name.slice(start.length)));
	const gone = ours.sort().slice(0, Math.max(0, ours.length - keep));
	for (const name of gone) rmSync(join(folder, name));
	return gone;
}

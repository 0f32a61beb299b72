import { resolve } from 'node:path';
import { CrmError } from '../domain/errors';
import type { PostgresPlace } from './postgres';

/** Where a store lives: one embedded file, or a schema of a PostgreSQL database. */
export type StorePlace = { database?: 'file'; file: string } | ({ database: 'postgres' } & PostgresPlace);

/** A store in the memory of this process, with a name to tell it apart: for what nobody needs any more when it is closed. No credential names one. */
export interface MemoryPlace {
	database: 'memory';
	memory: string;
}

/** Name of the schema when the credential names none. */
const SCHEMA = 'optical_crm';

/**
 * The place with what is left out filled in; what belongs to the other kind of database is dropped, so that equal places are equal objects.
 * @throws CrmError when the credential does not say where the store is
 */
export function checkedPlace(place: StorePlace): StorePlace;
export function checkedPlace(place: StorePlace | MemoryPlace): StorePlace | MemoryPlace;
export function checkedPlace(place: StorePlace | MemoryPlace): StorePlace | MemoryPlace {
	if (place.database === 'memory') return place;
	if (place.database !== 'postgres') {
		if (!place.file?.trim()) throw incomplete('no file', 'the path of the store file');
		return { database: 'file', file: resolve(place.file.trim()) };
	}
	const { host, port, name, user, password, tls, ca } = place;
	if (!host?.trim()) throw incomplete('no PostgreSQL host', 'the name or address of the server');
	if (!name?.trim()) throw incomplete('no PostgreSQL database', 'the name of the database');
	if (!user?.trim()) throw incomplete('no PostgreSQL user', 'the user that the store belongs to');
	const schema = place.schema?.trim() || SCHEMA;
	if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
		throw new CrmError(
			'The schema in the credential "Optical CRM Store API" is no plain name',
			'Use small letters, digits and underscores, beginning with a letter, for example optical_crm.',
		);
	}
	return { database: 'postgres', host: host.trim(), port: Number(port) || 5432, name: name.trim(), user: user.trim(), password: password ?? '', schema, tls: tls ?? 'verify', ca: ca?.trim() || undefined };
}

/**
 * Path of an embedded store, for what only a file can do.
 * @throws CrmError when the store is not a file
 */
export function fileOf(place: StorePlace): string {
	const checked = checkedPlace(place);
	if (checked.database !== 'postgres') return checked.file;
	throw new CrmError('The store is in PostgreSQL, not in a file', 'Back it up with pg_dump, and restore it with pg_restore.');
}

function incomplete(what: string, wanted: string): CrmError {
	return new CrmError(`The credential "Optical CRM Store API" names ${what}`, `Enter ${wanted} in the credential.`);
}

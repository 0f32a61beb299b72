import { sql, type Kysely } from 'kysely';
import { CrmError } from '../domain/errors';
import { bothWays, type DialectWords } from './dialect';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations';
import type { Schema } from './schema';

/** Stands in place of a version in a file whose content lives on in PostgreSQL. */
export const MOVED = 1_000_000;

/** What was brought up to date, for the log. */
export interface Migrated {
	/** 0: the store is new. */
	from: number;
	to: number;
}

/**
 * Holds while the store is of this very version. It stands in the statements that take work: where another n8n has brought the store up to date meanwhile, or moved it away, this
 * one takes nothing more of it.
 */
export const IS_OF_THIS_VERSION = sql<boolean>`(select max(version) from schema_migrations) = ${sql.lit(SCHEMA_VERSION)}`;

/** @throws CrmError when a newer package wrote the store, or it was moved away */
export function refuseNewer(version: number): void {
	if (version === MOVED) {
		throw new CrmError('This store was moved to PostgreSQL', 'Choose PostgreSQL in the credential "Optical CRM Store API". The file is kept as it was on that day.');
	}
	if (version > SCHEMA_VERSION) {
		throw new CrmError(
			`A newer version of n8n-nodes-optical-crm wrote this store (schema ${version}, this package knows up to ${SCHEMA_VERSION})`,
			'Update the package in this n8n too (Settings > Community nodes), also on each worker and webhook process, or choose another store. What is under way is kept, and goes on then.',
		);
	}
}

/**
 * Brings the store's schema up to this package's version, in one transaction: two processes that start together run each step once,
 * and a step that fails leaves the store as it was.
 * @returns what was done, if anything was
 * @throws CrmError when a newer package wrote the store
 */
export async function migrate(db: Kysely<Schema>, words: DialectWords): Promise<Migrated | undefined> {
	if ((await versionOf(db)) === SCHEMA_VERSION) return undefined;
	return await db.transaction().execute(async (transaction) => {
		if ((await versionOf(transaction)) === SCHEMA_VERSION) return undefined;
		for (const statement of words.prepare) await sql.raw(statement).execute(transaction);
		await sql`create table if not exists schema_migrations (version integer primary key, name text not null, applied_at text not null)`.execute(transaction);
		const version = await versionOf(transaction);
		refuseNewer(version);
		for (const step of MIGRATIONS.filter((migration) => migration.version > version)) {
			for (const statement of step.statements(words)) await sql.raw(words.statement(statement)).execute(transaction);
			await sql`insert into schema_migrations (version, name, applied_at) values (${step.version}, ${step.name}, ${new Date().toISOString()})`.execute(transaction);
		}
		return { from: version, to: SCHEMA_VERSION };
	});
}

const TABLE_KNOWN = bothWays<number>(
	sql`(select count(*) from sqlite_schema where name = 'schema_migrations')`,
	sql`case when to_regclass('schema_migrations') is null then 0 else 1 end`,
);

async function versionOf(db: Kysely<Schema>): Promise<number> {
	const known = await sql<{ found: number }>`select ${TABLE_KNOWN} as found`.execute(db);
	if (known.rows[0].found === 0) return 0;
	const newest = await sql<{ version: number | null }>`select max(version) as version from schema_migrations`.execute(db);
	return newest.rows[0].version ?? 0;
}

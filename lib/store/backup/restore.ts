import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import type { Instant } from '../../domain/time';
import { openDatabase, type Database } from '../open';
import { fileOf, type StorePlace } from '../place';
import { backUpStore, type Backup } from './backup';
import { withTrialRestore } from './checkBackup';
import { readOutliving, writeOutliving } from './outliveRestore';

/** What the store holds and the backup does not: it is lost by a restore, save in the copy that is kept. */
export interface Loss {
	customers: number;
	consents: number;
	/** Messages that have left or may have left since. */
	messagesSent: number;
}

/** A restore that was done, or, without `kept`, only looked at. */
export interface Restore {
	restored: boolean;
	loss: Loss;
	/** The store as it was before. */
	kept?: Backup;
}

/** States of a message that has left, or may have. */
const LEFT_STATES = ['sending', 'sent', 'delivered', 'read', 'uncertain'];
const LEFT = sql`(${sql.join(LEFT_STATES.map((state) => sql.lit(state)))})`;

/**
 * Puts the contents of a backup into the store, while it is in use. Nothing is replaced under anybody's feet: it is one transaction of SQLite,
 * so that every connection, of other processes too, sees the store as it was before or as it is after, whatever breaks in between. The
 * store as it was is kept in a copy, which is made while nobody can write. What was approved must be approved again, and what has
 * left since the backup was made becomes uncertain and its occasion stays settled: nothing is sent twice. Who has refused or was erased
 * since stays refused or erased.
 * @param shopCode the shop that must be in the backup
 * @param keepAs path of the copy; its folder is made when missing
 * @param isConfirmed false to learn what would be lost, and change nothing
 * @throws CrmError when the backup cannot be used, the store is not a file, or somebody else writes for longer than five seconds
 */
export async function restoreStore(place: StorePlace, shopCode: string, backupFile: string, keepAs: string, isConfirmed: boolean, now: Instant): Promise<Restore> {
	const file = fileOf(place);
	return await withTrialRestore(backupFile, async ({ check, file: trial }) => {
		if (!check.usable) throw new CrmError('The backup is damaged: nothing was restored', 'Look at it with Optical CRM > Shop > Check Backup, and take an older one.');
		if (!check.shops.some(({ code }) => code === shopCode)) {
			throw new CrmError(`The backup does not hold the shop "${shopCode}": nothing was restored`, `It holds: ${check.shops.map(({ code }) => code).join(', ') || 'none'}. Choose another file, or another credential.`);
		}
		const db = await openDatabase(place);
		// One connection, and nobody else of this process has a turn on it until the end.
		return await db.connection().execute(async (connection) =>
			await beside(connection, trial, async () => {
				const loss = await lossOf(connection);
				const kept = isConfirmed ? await backUpStore(file, keepAs) : undefined;
				if (isConfirmed) await replaceAll(connection, now);
				return { restored: isConfirmed, loss, ...(kept && { kept }) };
			}),
		);
	});
}

/** Works in one transaction that writes, with the trial copy at hand as `backup`. */
async function beside<Result>(connection: Database, trial: string, work: () => Promise<Result>): Promise<Result> {
	await sql`attach ${trial} as backup`.execute(connection);
	try {
		// References are whole again only at the end; inside a transaction the pragma has no effect.
		await sql`pragma foreign_keys = off`.execute(connection);
		await sql`begin immediate`.execute(connection);
		const result = await work().catch(async (error) => {
			await sql`rollback`.execute(connection);
			throw error;
		});
		await sql`commit`.execute(connection);
		return result;
	} finally {
		await sql`pragma foreign_keys = on`.execute(connection);
		await sql`detach backup`.execute(connection);
	}
}

async function lossOf(connection: Database): Promise<Loss> {
	const missing = (table: string) => sql`select count(*) from main.${sql.ref(table)} as present where not exists (select 1 from backup.${sql.ref(table)} where id = present.id)`;
	const { rows } = await sql<Loss>`
		select (${missing('customers')}) as customers, (${missing('consents')}) as consents,
			(select count(*) from main.messages as present left join backup.messages as old on old.id = present.id
				where present.state in ${LEFT} and (old.state is null or old.state not in ${LEFT})) as "messagesSent"`.execute(connection);
	return { ...rows[0] };
}

/** Every row of every table as in the backup. Both have today's schema; the triggers that refuse changes are away meanwhile. */
async function replaceAll(connection: Database, now: Instant): Promise<void> {
	const outliving = await readOutliving(connection, LEFT_STATES);
	await sql`create temp table left_since as select id, content_hash from main.messages where state in ${LEFT}`.execute(connection);
	const objects = await sql<{ type: string; name: string; sql: string }>`select type, name, sql from main.sqlite_schema where type in ('table', 'trigger')`.execute(connection);
	const triggers = objects.rows.filter(({ type }) => type === 'trigger');
	for (const { name } of triggers) await sql`drop trigger main.${sql.ref(name)}`.execute(connection);
	for (const { name } of objects.rows.filter(({ type }) => type === 'table')) {
		const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${name}, 'main')`.execute(connection);
		const columns = sql.join(rows.map((column) => sql.ref(column.name)));
		await sql`delete from main.${sql.ref(name)}`.execute(connection);
		await sql`insert into main.${sql.ref(name)} (${columns}) select ${columns} from backup.${sql.ref(name)}`.execute(connection);
	}
	for (const trigger of triggers) await sql.raw(trigger.sql).execute(connection);
	await settleMessages(connection, now);
	await sql`drop table left_since`.execute(connection);
	await writeOutliving(connection, outliving, now);
}

async function settleMessages(connection: Database, now: Instant): Promise<void> {
	// The very same text: after a store was begun anew, an id may be another message's.
	const left = sql`exists (select 1 from left_since where left_since.id = messages.id and left_since.content_hash = messages.content_hash)`;
	// What was on its way when the backup was made has arrived or not long ago.
	const next = sql`case when state = 'sending' or ${left} then 'uncertain' else 'pending' end`;
	const changed = sql`(state in ('approved', 'sending') or (state = 'pending' and ${left}))`;
	await sql`
		insert into message_history (message_id, at, from_state, to_state, who, why)
		select id, ${now}, state, ${next}, 'workflow', 'RESTORED' from messages where ${changed}`.execute(connection);
	await sql`update messages set state = ${next}, approved_hash = null, updated_at = ${now} where ${changed}`.execute(connection);
}

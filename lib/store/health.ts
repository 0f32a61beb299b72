import { sql, type RawBuilder } from 'kysely';
import type { Channel } from '../domain/glossary';
import type { QueueHealth, StoreHealth, Waiting } from '../domain/health';
import { plusMinutes, type Instant, type LocalDate } from '../domain/time';
import { bothWays, isPostgres } from './dialect';
import type { Store } from './open';

type Scope = Pick<Store, 'db' | 'shop'>;

/** Channels on which a message leaves without anybody's hand. */
const BY_ITSELF: readonly Channel[] = ['email', 'sms', 'whatsapp', 'whatsappLinked', 'push'];
const DAY_MINUTES = 24 * 60;

/** A count and the oldest instant, side by side in one row, under names of this beginning. */
type Pairs<Names extends string> = Record<`${Names}Count`, number> & Record<`${Names}Oldest`, string | null>;

/** What waits in the store, each found by an index: nothing here grows with what was sent in all the years. In two statements. */
export async function queueHealth({ db, shop }: Scope, today: LocalDate, now: Instant): Promise<QueueHealth> {
	const state = (name: string) => sql`from messages where shop_id = ${shop.id} and state = ${sql.lit(name)}`;
	const unended = sql`from messages where shop_id = ${shop.id} and state = 'sending' and sending_until <= ${now}`;
	const tickets = sql`from tickets where shop_id = ${shop.id} and state = 'open'`;
	const leases = sql`from occasions where shop_id = ${shop.id} and state = 'leased' and leased_until <= ${now}`;
	// The oldest by its number: the messages themselves are not read.
	const first = (name: string, column: RawBuilder<unknown>) => sql`(select ${column} ${state(name)} order by id limit 1)`;
	const { rows } = await sql<Pairs<'pending' | 'overdue' | 'uncertain' | 'tickets' | 'leases'> & { failed: number }>`
		select (select count(*) ${state('pending')}) as "pendingCount", ${first('pending', sql`created_at`)} as "pendingOldest",
			(select count(*) ${unended}) as "overdueCount", (select min(sending_until) ${unended}) as "overdueOldest",
			(select count(*) ${state('uncertain')}) as "uncertainCount", (select updated_at ${state('uncertain')} order by updated_at limit 1) as "uncertainOldest",
			(select count(*) ${tickets}) as "ticketsCount", (select min(opened_at) ${tickets}) as "ticketsOldest",
			(select count(*) ${leases}) as "leasesCount", (select min(leased_until) ${leases}) as "leasesOldest",
			(select count(*) ${state('failed')} and updated_at >= ${plusMinutes(now, -DAY_MINUTES)}) as failed`.execute(db);
	const [row] = rows;
	const pair = (name: 'pending' | 'overdue' | 'uncertain' | 'tickets' | 'leases'): Waiting => waiting(row[`${name}Count`], row[`${name}Oldest`]);
	return {
		pending: pair('pending'), overdue: pair('overdue'), uncertain: pair('uncertain'), tickets: pair('tickets'), lostLeases: pair('leases'),
		failed: Number(row.failed), approved: await approvedOf({ db, shop }, today, now),
	};
}

/** What may leave now, by channel: out of the index of what leaves, with one look at the oldest message of each channel. */
async function approvedOf({ db, shop }: Scope, today: LocalDate, now: Instant): Promise<QueueHealth['approved']> {
	const parts = BY_ITSELF.map((channel) => {
		const ready = sql`from messages where shop_id = ${shop.id} and state = 'approved' and channel = ${sql.lit(channel)}
			and (not_before is null or not_before <= ${now}) and (expires_on is null or expires_on >= ${today})`;
		return sql`select ${sql.lit(channel)} as channel, (select count(*) ${ready}) as "readyCount",
			(select case when not_before > updated_at then not_before else updated_at end ${ready} order by id limit 1) as "readyOldest"`;
	});
	const { rows } = await sql<{ channel: Channel } & Pairs<'ready'>>`${sql.join(parts, sql` union all `)}`.execute(db);
	const byChannel = rows.map(({ channel, readyCount, readyOldest }) => [channel, waiting(readyCount, readyOldest)] as const).filter(([, { count }]) => count > 0);
	const oldest = byChannel.flatMap(([, one]) => one.oldest ?? []).sort()[0];
	return { count: byChannel.reduce((sum, [, { count }]) => sum + count, 0), ...(oldest && { oldest }), byChannel: Object.fromEntries(byChannel) };
}

function waiting(count: number, oldest: string | null): Waiting {
	return { count: Number(count), ...(oldest !== null && { oldest }) };
}

/** What the shop's people are told of, in one statement: open alerts by kind, campaigns that are held, by channel (empty: on every one), and sessions at the Desk. */
export async function standingHealth({ db, shop }: Scope, now: Instant): Promise<{ alerts: Record<string, number>; holds: Record<string, number>; sessions: number }> {
	const { rows } = await sql<{ what: 'alert' | 'hold' | 'session'; name: string; count: number }>`
		select 'alert' as what, kind as name, count(*) as count from alerts where shop_id = ${shop.id} and until is null group by kind
		union all select 'hold', coalesce(channel, ''), count(*) from campaign_holds where shop_id = ${shop.id} and resumed_at is null group by coalesce(channel, '')
		union all select 'session', '', count(*) from desk_sessions where shop_id = ${shop.id} and expires_at > ${now}`.execute(db);
	const of = (wanted: string) => Object.fromEntries(rows.filter(({ what }) => what === wanted).map(({ name, count }) => [name, Number(count)]));
	return { alerts: of('alert'), holds: of('hold'), sessions: of('session')[''] ?? 0 };
}

/** Version and size of the store, out of the database's own books. */
export async function storeSize({ db }: Pick<Store, 'db'>): Promise<Pick<StoreHealth, 'kind' | 'schemaVersion' | 'bytes'>> {
	const bytes = bothWays(
		sql`(select page_count * page_size from pragma_page_count(), pragma_page_size())`,
		sql`(select coalesce(sum(pg_total_relation_size(oid)), 0) from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r')`,
	);
	const { rows } = await sql<{ version: number; bytes: number }>`select (select max(version) from schema_migrations) as version, ${bytes} as bytes`.execute(db);
	return { kind: isPostgres(db) ? 'postgres' : 'file', schemaVersion: rows[0].version, bytes: Number(rows[0].bytes) };
}

import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';

type Scope = Pick<Store, 'db' | 'shop'>;

/** What was done on the Desk. Codes and ids only: the log outlives the customers that it is about. */
export interface DeskDeed {
	/** Name of the account. */
	who: string;
	/** A code in camel case, for example `customerExported`. */
	action: string;
	/** What it was done to, as kind and number: `customer 12`, `message 7`, `account 3`. */
	subject?: `${string} ${number}`;
}

/** A line of the log. */
export interface DeskLogEntry extends DeskDeed {
	id: number;
	at: Instant;
}

/** Writes down who did what on the Desk; the store refuses to change it afterwards. */
export async function recordDeskLog({ db, shop }: Scope, { who, action, subject }: DeskDeed, now: Instant): Promise<void> {
	await sql`insert into desk_log (shop_id, at, who, action, subject) values (${shop.id}, ${now}, ${who}, ${action}, ${subject ?? null})`.execute(db);
}

/** The log of the shop, newest first, one page of it. */
export async function deskLog({ db, shop }: Scope, { limit, offset }: { limit: number; offset: number }): Promise<{ total: number; entries: DeskLogEntry[] }> {
	const { rows } = await sql<DeskLogEntry & { subject: DeskLogEntry['subject'] | null }>`
		select id, at, who, action, subject from desk_log where shop_id = ${shop.id} order by at desc, id desc limit ${limit} offset ${offset}`.execute(db);
	const counted = await sql<{ total: number }>`select count(*) as total from desk_log where shop_id = ${shop.id}`.execute(db);
	return { total: Number(counted.rows[0].total), entries: rows.map(({ subject, ...row }) => ({ ...row, ...(subject && { subject }) })) };
}

/** Takes away what is older than the shop keeps it. @returns the lines that went */
export async function forgetDeskLog({ db, shop }: Scope, before: Instant): Promise<number> {
	const { numDeletedRows } = await db.deleteFrom('desk_log').where('shop_id', '=', shop.id).where('at', '<', before).executeTakeFirst();
	return Number(numDeletedRows);
}

import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { joinPerson, toPerson, type PersonRow, type StoredPerson } from './deskAccounts';

type Scope = Pick<Store, 'db' | 'shop'>;

/** A session as its owner sees it in a list. */
export interface ListedSession {
	/** Enough of the hash of its token to name it; nobody gets in with it. */
	id: string;
	startedAt: Instant;
	seenAt: Instant;
	device: string;
}

/** A session that was found by its token. Whether it still counts, sessionStamp() tells. */
export interface KeptSession {
	staff: string;
	stamp: string;
	seenAt: Instant;
	/** Whose it is, as the store knows them now. */
	person: StoredPerson;
}

/** What a session begins with; only the hash of its token is stored. */
export interface NewSession {
	tokenHash: string;
	staff: string;
	/** As the accounts are looked up by. */
	nameKey: string;
	stamp: string;
	device: string;
	expiresAt: Instant;
}

const NAME = sql<string>`substr(token_hash, 1, 16)`;

/** Keeps a session of a member of staff. Those of the shop that are over are cleared away. */
export async function openDeskSession({ db, shop }: Scope, { tokenHash, staff, nameKey, stamp, device, expiresAt }: NewSession, now: Instant): Promise<void> {
	await db.deleteFrom('desk_sessions').where('shop_id', '=', shop.id).where('expires_at', '<=', now).execute();
	await db.insertInto('desk_sessions').values({ token_hash: tokenHash, shop_id: shop.id, staff, name_key: nameKey, stamp, device, created_at: now, seen_at: now, expires_at: expiresAt }).execute();
}

/** The session of a token, while it lasts and was last seen after `idleSince`, with its owner: in one statement, as every page asks for it. */
export async function deskSession(scope: Scope, tokenHash: string, idleSince: Instant, now: Instant): Promise<KeptSession | undefined> {
	const { rows } = await sql<PersonRow & { staff: string; stamp: string; seen_at: string }>`
		select asked.staff, asked.stamp, asked.seen_at, account.*, chosen.language from desk_sessions as asked ${joinPerson(scope)}
		where asked.token_hash = ${tokenHash} and asked.shop_id = ${scope.shop.id} and asked.expires_at > ${now} and asked.seen_at > ${idleSince}`.execute(scope.db);
	if (rows.length === 0) return undefined;
	const [{ staff, stamp, seen_at: seenAt, ...person }] = rows;
	return { staff, stamp, seenAt, person: toPerson(person) };
}

/** A sign of life: the session is not idle. */
export async function touchDeskSession({ db, shop }: Scope, tokenHash: string, now: Instant): Promise<void> {
	await db.updateTable('desk_sessions').set({ seen_at: now }).where('token_hash', '=', tokenHash).where('shop_id', '=', shop.id).execute();
}

/** Ends a session at once. */
export async function closeDeskSession({ db, shop }: Scope, tokenHash: string): Promise<void> {
	await db.deleteFrom('desk_sessions').where('token_hash', '=', tokenHash).where('shop_id', '=', shop.id).execute();
}

/** The sessions of a member of staff that last, the one seen last first. */
export async function sessionsOf({ db, shop }: Scope, staff: string, idleSince: Instant, now: Instant): Promise<ListedSession[]> {
	return await db.selectFrom('desk_sessions').select([NAME.as('id'), 'created_at as startedAt', 'seen_at as seenAt', 'device'])
		.where('shop_id', '=', shop.id).where('staff', '=', staff).where('expires_at', '>', now).where('seen_at', '>', idleSince)
		.orderBy('seen_at', 'desc').orderBy('token_hash').limit(50).execute();
}

/** Ends sessions of a member of staff: the named one, or all; never the one of `except`. @returns how many */
export async function endSessions({ db, shop }: Scope, staff: string, { id, except }: { id?: string; except?: string }): Promise<number> {
	const { numDeletedRows } = await db.deleteFrom('desk_sessions').where('shop_id', '=', shop.id).where('staff', '=', staff)
		.$if(id !== undefined, (query) => query.where(NAME, '=', id as string))
		.$if(except !== undefined, (query) => query.where('token_hash', '<>', except as string))
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/** Ties a session to the password that its owner has just chosen. */
export async function restampSession({ db, shop }: Scope, tokenHash: string, stamp: string): Promise<void> {
	await db.updateTable('desk_sessions').set({ stamp }).where('token_hash', '=', tokenHash).where('shop_id', '=', shop.id).execute();
}

import { sql } from 'kysely';
import type { Instant } from '../domain/time';
import type { Store } from './open';

/** Keeps a session of a member of staff; only the hash of its token is stored. Ended sessions of the shop are cleared away. */
export async function openDeskSession({ db, shop }: Store, tokenHash: string, staff: string, expiresAt: Instant, now: Instant): Promise<void> {
	await db.deleteFrom('desk_sessions').where('shop_id', '=', shop.id).where('expires_at', '<=', now).execute();
	await db.insertInto('desk_sessions').values({ token_hash: tokenHash, shop_id: shop.id, staff, created_at: now, expires_at: expiresAt }).execute();
}

/** The name of the member of staff whose session this is, while it lasts. */
export async function deskSessionStaff({ db, shop }: Store, tokenHash: string, now: Instant): Promise<string | undefined> {
	const row = await db
		.selectFrom('desk_sessions')
		.select('staff')
		.where('token_hash', '=', tokenHash)
		.where('shop_id', '=', shop.id)
		.where('expires_at', '>', now)
		.executeTakeFirst();
	return row?.staff;
}

/** Ends a session at once. */
export async function closeDeskSession({ db, shop }: Store, tokenHash: string): Promise<void> {
	await db.deleteFrom('desk_sessions').where('token_hash', '=', tokenHash).where('shop_id', '=', shop.id).execute();
}

/** Wrong passwords so far for a subject (an account or an address). */
export interface LoginFailures {
	count: number;
	lastAt: Instant;
}

/** The wrong passwords counted for a subject, if any. */
export async function loginFailures({ db, shop }: Store, subject: string): Promise<LoginFailures | undefined> {
	const row = await db.selectFrom('desk_failures').selectAll().where('shop_id', '=', shop.id).where('subject', '=', subject).executeTakeFirst();
	return row && { count: row.failures, lastAt: row.last_at };
}

/** Counts one more wrong password; those before `forgottenBefore` no longer count. */
export async function countLoginFailure({ db, shop }: Store, subject: string, forgottenBefore: Instant, now: Instant): Promise<void> {
	await sql`
		insert into desk_failures (shop_id, subject, failures, last_at) values (${shop.id}, ${subject}, 1, ${now})
		on conflict (shop_id, subject) do update set
			failures = case when desk_failures.last_at < ${forgottenBefore} then 1 else desk_failures.failures + 1 end,
			last_at = excluded.last_at`.execute(db);
}

/** Forgets the wrong passwords of a subject after a right one. */
export async function forgetLoginFailures({ db, shop }: Store, subject: string): Promise<void> {
	await db.deleteFrom('desk_failures').where('shop_id', '=', shop.id).where('subject', '=', subject).execute();
}

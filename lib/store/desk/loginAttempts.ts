import { sql } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';

type Scope = Pick<Store, 'db' | 'shop'>;

/** When attempts at one subject are held up; see throttle.ts for the figures. */
export interface AttemptLimit {
	/** Attempts before this no longer count. */
	forgottenBefore: Instant;
	/** Attempts without a wait. */
	free: number;
	/** Until when nothing is tried after the first attempt beyond those, the second and so on; the last one stands for all later ones. */
	waits: readonly Instant[];
}

/** An attempt that was counted, or one that must wait. */
export type Attempt = { counted: number } | { waitUntil: Instant };

/**
 * Counts an attempt to log in before its password is looked at, in one statement: of many at once, only as many pass as the limit
 * allows. It counts as a failure until forgetAttempts() or giveBackAttempt() says otherwise.
 */
export async function countAttempt({ db, shop }: Scope, subject: string, { forgottenBefore, free, waits }: AttemptLimit, now: Instant): Promise<Attempt> {
	const longest = waits[waits.length - 1];
	const next = sql`desk_failures.failures + 1`;
	const steps = sql.join(waits.map((wait, place) => sql`when ${next} = ${sql.lit(free + 1 + place)} then ${wait}`), sql` `);
	const { rows } = await sql<{ failures: number }>`
		insert into desk_failures (shop_id, subject, failures, last_at, wait_until) values (${shop.id}, ${subject}, 1, ${now}, null)
		on conflict (shop_id, subject) do update set
			failures = case when desk_failures.last_at < ${forgottenBefore} then 1 else ${next} end,
			wait_until = case when desk_failures.last_at < ${forgottenBefore} or ${next} <= ${sql.lit(free)} then null ${steps} else ${longest} end,
			last_at = excluded.last_at
		where desk_failures.wait_until is null or desk_failures.wait_until <= ${now}
			-- A clock that was set back holds nobody up for longer than the longest wait.
			or desk_failures.wait_until > ${longest}
		returning failures`.execute(db);
	if (rows.length > 0) return { counted: rows[0].failures };
	const kept = await db.selectFrom('desk_failures').select('wait_until').where('shop_id', '=', shop.id).where('subject', '=', subject).executeTakeFirst();
	return { waitUntil: kept?.wait_until ?? now };
}

/** Forgets all attempts at a subject after a right password, and those of anybody that no longer count. */
export async function forgetAttempts({ db, shop }: Scope, subject: string, forgottenBefore: Instant): Promise<void> {
	await sql`delete from desk_failures where shop_id = ${shop.id} and (subject = ${subject} or last_at < ${forgottenBefore})`.execute(db);
}

/** Takes one attempt back that was no failure; with no more than `free` of them nobody waits. */
export async function giveBackAttempt({ db, shop }: Scope, subject: string, free: number): Promise<void> {
	await sql`
		update desk_failures set failures = failures - 1, wait_until = case when failures - 1 <= ${free} then null else wait_until end
		where shop_id = ${shop.id} and subject = ${subject} and failures > 0`.execute(db);
}

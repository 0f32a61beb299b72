import { sql } from 'kysely';
import type { LocalDate, Instant } from '../domain/time';
import { addressHash, derivedKey } from '../domain/keys';
import type { Store } from './open';
import { ADDRESS_HASH } from './customers/saveContactPoints';
import { rowSet } from './sets';

/** What the Registro Pubblico delle Opposizioni answered about a number. Source: RULES 20. */
export interface RpoCheck {
	/** E.164. */
	number: string;
	checkedAt: Instant;
	result: 'listed' | 'notListed';
	/** When the number was enrolled, where the register says so. */
	enrolledOn?: LocalDate;
}

/** A number to be checked. */
export interface RpoNumber {
	number: string;
	/** Absent where it never was. */
	lastCheckedAt?: Instant;
}

/** Adds answers of the register, in one statement. Numbers are kept as keyed hashes: the check of a number outlives its owner's erasure. */
export async function recordRpoChecks({ db, shop, secret }: Store, checks: readonly RpoCheck[]): Promise<void> {
	if (checks.length === 0) return;
	const key = derivedKey(secret, ADDRESS_HASH);
	const rows = checks.map(({ number, checkedAt, result, enrolledOn }) => ({
		address_hash: addressHash('phone', number, key), checked_at: checkedAt, result, enrolled_on: enrolledOn ?? null,
	}));
	await sql`
		insert into rpo_checks (shop_id, address_hash, checked_at, result, enrolled_on)
		select ${shop.id}, address_hash, checked_at, result, enrolled_on
		from ${rowSet(rows, { address_hash: 'text', checked_at: 'text', result: 'text', enrolled_on: 'text' })} as given`.execute(db);
}

/** The numbers of the shop's customers whose last check lies before this moment, or that were never checked; each once, and at most so many. */
export async function numbersToCheck({ db, shop }: Pick<Store, 'db' | 'shop'>, before: Instant, most = Number.MAX_SAFE_INTEGER): Promise<RpoNumber[]> {
	const { rows } = await sql<{ value: string; last_checked_at: string | null }>`
		select point.value, max(checked.checked_at) as last_checked_at
		from contact_points as point left join rpo_checks as checked on checked.shop_id = point.shop_id and checked.address_hash = point.address_hash
		where point.shop_id = ${shop.id} and point.kind = 'phone' and point.status = 'valid'
		group by point.value having max(checked.checked_at) is null or max(checked.checked_at) < ${before}
		order by point.value limit ${most}`.execute(db);
	return rows.map(({ value, last_checked_at }) => ({ number: value, ...(last_checked_at !== null && { lastCheckedAt: last_checked_at }) }));
}

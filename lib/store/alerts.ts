import { sql } from 'kysely';
import { MOMENT_ALERTS, type Alert } from '../domain/alerts';
import type { Instant } from '../domain/time';
import type { Store } from './open';
import type { Row } from './schema';
import { rowSet, textSet } from './sets';

type Scope = Pick<Store, 'db' | 'shop'>;
type Told = Pick<Alert, 'kind' | 'subject' | 'code'>;

/** Tells of something that has begun; what lasts already is not told again. */
export async function openAlert(scope: Scope, alert: Told, now: Instant): Promise<void> {
	await openAlerts(scope, [alert], now);
}

/** The same for several at once. @returns how many of them are new */
export async function openAlerts({ db, shop }: Scope, alerts: readonly Told[], now: Instant): Promise<number> {
	const { rows } = await sql<{ id: number }>`
		insert into alerts (shop_id, kind, subject, code, since)
		select ${shop.id}, kind, subject, code, ${now} from ${rowSet(alerts, { kind: 'text', subject: 'text', code: 'text' })} as told where true
		on conflict (shop_id, kind, subject) where until is null do nothing returning id`.execute(db);
	return rows.length;
}

/** Notes that it is over. */
export async function closeAlert({ db, shop }: Scope, { kind, subject }: Pick<Alert, 'kind' | 'subject'>, now: Instant): Promise<void> {
	await sql`update alerts set until = ${now} where shop_id = ${shop.id} and kind = ${kind} and subject = ${subject} and until is null`.execute(db);
}

/** What lasts, and what ended at or after `since`; the newest first. */
export async function listAlerts({ db, shop }: Scope, since: Instant): Promise<Alert[]> {
	const { rows } = await sql<Row<'alerts'>>`
		select * from alerts where shop_id = ${shop.id} and (until is null or until >= ${since}) order by since desc, id desc`.execute(db);
	return rows.map(toAlert);
}

/** A member of staff has seen it; what was but a moment is over then. False where there is no such alert, or somebody has seen it before. */
export async function markAlertSeen({ db, shop }: Scope, id: number, who: string, now: Instant): Promise<boolean> {
	const { rows } = await sql<{ id: number }>`
		update alerts set seen_by = ${who}, seen_at = ${now}, until = case when kind in ${textSet(MOMENT_ALERTS)} then coalesce(until, ${now}) else until end
		where id = ${id} and shop_id = ${shop.id} and seen_by is null returning id`.execute(db);
	return rows.length === 1;
}

function toAlert(row: Row<'alerts'>): Alert {
	return {
		id: row.id, kind: row.kind, subject: row.subject, code: row.code, since: row.since,
		...(row.until !== null && { until: row.until }),
		...(row.seen_by !== null && { seenBy: row.seen_by }),
		...(row.seen_at !== null && { seenAt: row.seen_at }),
	};
}

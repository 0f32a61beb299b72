import { sql } from 'kysely';
import { ROLLOUT_STEPS, stepAfter, stepBefore, type RolloutStep } from '../../domain/rollout';
import { shopToday } from '../../domain/shop';
import { localDate, type Instant, type LocalDate } from '../../domain/time';
import { inTransaction, type Store } from '../open';
import type { Row } from '../schema';
import { releaseHeld } from './release';
import { rolloutStanding } from './standing';

type Scope = Pick<Store, 'db' | 'shop'>;

/** A step that was opened or fallen back to. */
export interface RolloutChange {
	id: number;
	step: RolloutStep;
	kind: 'opened' | 'fell-back';
	at: Instant;
	who: string;
	/** What the criteria were at that moment. */
	figures: unknown;
	note?: string;
}

/** Who moves the shop to another step, and what was known. */
export interface StepMove {
	who: string;
	figures: unknown;
	note?: string;
}

/**
 * Opens the next step; what waited for it comes again, where its window is still open. Whether the criteria hold is for the caller to see to.
 * @returns false where the step is not the next one any more: somebody else was quicker
 */
export async function openStep(store: Scope, step: RolloutStep, move: StepMove, now: Instant): Promise<boolean> {
	return await inTransaction(store.db, async (db) => {
		const scope = { ...store, db };
		if (stepAfter((await rolloutStanding(scope)).step) !== step) return false;
		await record(scope, { step, kind: 'opened', ...move }, now);
		await releaseHeld(scope, { reasons: ['ROLLOUT_PHASE'] }, now);
		return true;
	});
}

/** Opens whatever is not open yet, without a look at the criteria: for a shop of the fiction, and for a dry run that asks what would be. */
export async function openAllSteps(store: Scope, who: string, now: Instant): Promise<void> {
	for (const step of ROLLOUT_STEPS) await openStep(store, step, { who, figures: {} }, now);
}

/** Falls back to an earlier step: what belongs to a later one leaves no more. False where the step is no earlier one. */
export async function fallBack(store: Scope, step: RolloutStep, move: StepMove, now: Instant): Promise<boolean> {
	return await inTransaction(store.db, async (db) => {
		const scope = { ...store, db };
		const present = (await rolloutStanding(scope)).step;
		if (stepBefore(present) === undefined || ROLLOUT_STEPS.indexOf(step) >= ROLLOUT_STEPS.indexOf(present)) return false;
		await record(scope, { step, kind: 'fell-back', ...move }, now);
		return true;
	});
}

async function record({ db, shop }: Scope, { step, kind, who, figures, note }: StepMove & Pick<RolloutChange, 'step' | 'kind'>, now: Instant): Promise<void> {
	await db.insertInto('rollout_changes').values({ shop_id: shop.id, step, kind, at: now, who, figures: JSON.stringify(figures), note: note || null, day: shopToday(shop, now) }).execute();
}

/** What was opened and fallen back to, the newest first. */
export async function rolloutChanges({ db, shop }: Scope, limit: number): Promise<RolloutChange[]> {
	const rows = await db.selectFrom('rollout_changes').selectAll().where('shop_id', '=', shop.id).orderBy('id', 'desc').limit(limit).execute();
	return rows.map(toChange);
}

/** Since when the shop is in its step, and the shop's own day of that: in `data` since its first customer. Undefined for a shop without any. */
export async function stepSince({ db, shop }: Scope): Promise<{ since: Instant; day: LocalDate } | undefined> {
	const { rows } = await sql<{ since: string; day: string | null }>`
		select at as since, day from rollout_changes where id = (select max(id) from rollout_changes where shop_id = ${shop.id})
		union all select min(created_at), null from customers where shop_id = ${shop.id} and not exists (select 1 from rollout_changes where shop_id = ${shop.id})
			having count(*) > 0`.execute(db);
	return rows[0] && { since: rows[0].since, day: rows[0].day ?? localDate(rows[0].since, shop.timeZone) };
}

function toChange({ id, step, kind, at, who, figures, note }: Row<'rollout_changes'>): RolloutChange {
	return { id, step: step as RolloutStep, kind: kind as RolloutChange['kind'], at, who, figures: JSON.parse(figures), ...(note !== null && { note }) };
}

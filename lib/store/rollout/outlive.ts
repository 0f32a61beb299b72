import { sql } from 'kysely';
import { ROLLOUT_STEPS, type RolloutStep } from '../../domain/rollout';
import type { Database } from '../open';
import type { Row } from '../schema';
import { rowSet } from '../sets';

/** What no restore may undo: a brake that was pulled since the backup, and the group of whoever was contacted since. */
export interface OutlivingRollout {
	fellBack: Array<Omit<Row<'rollout_changes'>, 'id'>>;
	held: Array<Omit<Row<'campaign_holds'>, 'id'>>;
	/** By the occasion's own key: after a restore its id is another. */
	assigned: Array<Omit<Row<'campaign_assignments'>, 'occasion_id'> & { due_on: string; stage: number }>;
}

/** The same shop in both. */
const SAME_SHOP = sql`join main.shops as shop on shop.id = present.shop_id join backup.shops as old_shop on old_shop.id = shop.id and old_shop.code = shop.code`;

/** Reads it, with the trial copy at hand as `backup`. */
export async function readOutlivingRollout(connection: Database): Promise<OutlivingRollout> {
	const newest = (schema: 'main' | 'backup') => sql`(select * from ${sql.ref(`${schema}.rollout_changes`)} as one
		where id = (select max(id) from ${sql.ref(`${schema}.rollout_changes`)} where shop_id = one.shop_id))`;
	const changes = await sql<Omit<Row<'rollout_changes'>, 'id'> & { old_step: string }>`
		select present.shop_id, present.step, present.kind, present.at, present.who, present.figures, present.note, present.day, old.step as old_step
		from ${newest('main')} as present ${SAME_SHOP} join ${newest('backup')} as old on old.shop_id = present.shop_id`.execute(connection);
	const rank = (step: string) => ROLLOUT_STEPS.indexOf(step as RolloutStep);
	const held = await sql<OutlivingRollout['held'][number]>`
		select present.shop_id, present.campaign, present.channel, present.reason, present.figures, present.held_at, null as resumed_at, null as resumed_by, null as note
		from main.campaign_holds as present ${SAME_SHOP} where present.resumed_at is null`.execute(connection);
	const assigned = await sql<OutlivingRollout['assigned'][number]>`
		select present.shop_id, present.customer_id, present.campaign, present.grp, present.assigned_on, present.assigned_at, occasion.due_on, occasion.stage
		from main.campaign_assignments as present ${SAME_SHOP} join main.occasions as occasion on occasion.id = present.occasion_id`.execute(connection);
	return {
		fellBack: changes.rows.filter((change) => rank(change.step) < rank(change.old_step)).map(({ old_step: _, ...change }) => ({ ...change, kind: 'fell-back' })),
		held: held.rows,
		assigned: assigned.rows,
	};
}

/** Writes it into the restored store, whose occasions are settled already. */
export async function writeOutlivingRollout(connection: Database, { fellBack, held, assigned }: OutlivingRollout): Promise<void> {
	const change = { shop_id: 'integer', step: 'text', kind: 'text', at: 'text', who: 'text', figures: 'text', note: 'text', day: 'text' } as const;
	await sql`insert into rollout_changes (shop_id, step, kind, at, who, figures, note, day)
		select shop_id, step, kind, at, who, figures, note, day from ${rowSet(fellBack, change)} as present`.execute(connection);
	const hold = { shop_id: 'integer', campaign: 'text', channel: 'text', reason: 'text', figures: 'text', held_at: 'text' } as const;
	await sql`insert into campaign_holds (shop_id, campaign, channel, reason, figures, held_at)
		select shop_id, campaign, channel, reason, figures, held_at from ${rowSet(held, hold)} as present where true on conflict do nothing`.execute(connection);
	const assignment = { shop_id: 'integer', customer_id: 'integer', campaign: 'text', grp: 'text', assigned_on: 'text', assigned_at: 'text', due_on: 'text', stage: 'integer' } as const;
	await sql`insert into campaign_assignments (occasion_id, shop_id, customer_id, campaign, grp, assigned_on, assigned_at)
		select occasions.id, occasions.shop_id, occasions.customer_id, campaign, grp, assigned_on, assigned_at
		from ${rowSet(assigned, assignment)} as present join occasions on occasions.customer_id = present.customer_id and occasions.kind = present.campaign
			and occasions.due_on = present.due_on and occasions.stage = present.stage and occasions.shop_id = present.shop_id
		where true on conflict (occasion_id) do nothing`.execute(connection);
}

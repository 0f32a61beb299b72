import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import type { BrakeCode, RolloutStanding, RolloutStep } from '../../domain/rollout';
import type { Database, Store } from '../open';

type Scope = Pick<Store, 'shop'> & { db: Database };

/** The shop's step and what is held, in one statement. */
export async function rolloutStanding({ db, shop }: Scope): Promise<RolloutStanding> {
	const { rows } = await sql<{ step: RolloutStep | null; campaign: string; channel: Channel | null; reason: BrakeCode }>`
		select cast(null as text) as step, campaign, channel, reason from campaign_holds where shop_id = ${shop.id} and resumed_at is null
		union all
		select step, '', null, '' from rollout_changes where id = (select max(id) from rollout_changes where shop_id = ${shop.id})`.execute(db);
	return {
		step: rows.find(({ step }) => step !== null)?.step ?? 'data',
		holds: rows.filter(({ step }) => step === null).map(({ campaign, channel, reason }) => ({ campaign, ...(channel !== null && { channel }), reason })),
	};
}

import { sql } from 'kysely';
import type { Channel } from '../../domain/glossary';
import { BRAKE_CODES, type BrakeCode } from '../../domain/rollout';
import type { Instant } from '../../domain/time';
import { closeAlert, openAlert } from '../alerts';
import { inTransaction, type Store } from '../open';
import type { Row } from '../schema';
import { rowSet } from '../sets';
import { releaseHeld } from './release';

type Scope = Pick<Store, 'db' | 'shop'>;

/** A campaign that a brake stopped. */
export interface NewHold {
	campaign: string;
	/** Absent: on every channel. */
	channel?: Channel;
	reason: BrakeCode;
	/** What the brake saw. */
	figures: HoldFigures;
}

/** What a brake saw when it pulled: `bad` of `of`, where the shop allows a share. Of WhatsApp's own quality nothing is counted. */
export interface HoldFigures {
	bad?: number;
	of?: number;
	threshold?: number;
	evidence?: number;
}

export interface CampaignHold extends NewHold {
	id: number;
	heldAt: Instant;
	resumedAt?: Instant;
	resumedBy?: string;
	note?: string;
}

/** Kind of the alert that tells the lead. */
const BRAKE_ALERT = 'brake';

/** Holds campaigns and tells so; one that is held already stays as it is. Returns those that were not held before. */
export async function holdCampaigns(store: Scope, holds: readonly NewHold[], now: Instant): Promise<NewHold[]> {
	if (holds.length === 0) return [];
	return await inTransaction(store.db, async (db) => {
		const rows = holds.map(({ campaign, channel, reason, figures }) => ({ campaign, channel: channel ?? null, reason, figures: JSON.stringify(figures) }));
		const { rows: held } = await sql<{ campaign: string; channel: string | null }>`
			insert into campaign_holds (shop_id, campaign, channel, reason, figures, held_at)
			select ${store.shop.id}, campaign, channel, reason, figures, ${now}
			from ${rowSet(rows, { campaign: 'text', channel: 'text', reason: 'text', figures: 'text' })} as pulled where true
			on conflict do nothing returning campaign, channel`.execute(db);
		const fresh = held.map(({ campaign, channel }) => holds.find((hold) => hold.campaign === campaign && (hold.channel ?? null) === channel) as NewHold);
		for (const hold of fresh) await openAlert({ ...store, db }, { kind: BRAKE_ALERT, subject: subjectOf(hold), code: hold.reason }, now);
		return fresh;
	});
}

/**
 * A person lets a campaign go on; its brakes begin to count anew, and what was held comes again.
 * @returns false where it is not held any more
 */
export async function resumeCampaign(store: Scope, id: number, who: string, note: string, now: Instant): Promise<boolean> {
	return await inTransaction(store.db, async (db) => {
		const scope = { ...store, db };
		const { rows } = await sql<Row<'campaign_holds'>>`
			update campaign_holds set resumed_at = ${now}, resumed_by = ${who}, note = ${note}
			where id = ${id} and shop_id = ${store.shop.id} and resumed_at is null returning *`.execute(db);
		if (rows.length === 0) return false;
		const hold = toHold(rows[0]);
		await closeAlert(scope, { kind: BRAKE_ALERT, subject: subjectOf(hold) }, now);
		await releaseHeld(scope, { campaign: hold.campaign, reasons: Object.values(BRAKE_CODES) }, now);
		return true;
	});
}

/** What is held, the oldest first, and what was resumed at or after `since`. */
export async function campaignHolds({ db, shop }: Scope, since: Instant): Promise<CampaignHold[]> {
	const { rows } = await sql<Row<'campaign_holds'>>`
		select * from campaign_holds where shop_id = ${shop.id} and (resumed_at is null or resumed_at >= ${since})
		order by case when resumed_at is null then 0 else 1 end, id`.execute(db);
	return rows.map(toHold);
}

function subjectOf({ campaign, channel }: Pick<NewHold, 'campaign' | 'channel'>): string {
	return channel === undefined ? campaign : `${campaign} ${channel}`;
}

function toHold(row: Row<'campaign_holds'>): CampaignHold {
	return {
		id: row.id, campaign: row.campaign, reason: row.reason as BrakeCode, figures: JSON.parse(row.figures), heldAt: row.held_at,
		...(row.channel !== null && { channel: row.channel as Channel }),
		...(row.resumed_at !== null && { resumedAt: row.resumed_at }),
		...(row.resumed_by !== null && { resumedBy: row.resumed_by }),
		...(row.note !== null && { note: row.note }),
	};
}

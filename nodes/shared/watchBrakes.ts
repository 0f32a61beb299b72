import { STAFF_ANSWER } from '../../lib/domain/occasionKinds';
import { BRAKE_CODES, BRAKES, type Brake } from '../../lib/domain/rollout';
import { instantAt, localDate, type Instant } from '../../lib/domain/time';
import { brakePulls, evidenceOfHarm, type Observed } from '../../lib/rollout/brake';
import { falseAlarmsOfOne, thresholdOf } from '../../lib/rollout/thresholds';
import { harms } from '../../lib/store/rollout/harms';
import type { Channel } from '../../lib/domain/glossary';
import type { Store } from '../../lib/store/open';
import { dissatisfiedCounts, isWhatsAppRed, rejectedCounts, sentCounts, type SentCounts } from '../../lib/store/rollout/counts';
import { holdCampaigns, type NewHold } from '../../lib/store/rollout/holds';

/** More says nothing more, and has no place in JSON. */
const MOST_EVIDENCE = 1e9;

/** What a brake watches, and where it stands. */
export interface WatchedBrake extends Observed {
	campaign: string;
	/** Absent: on every channel. */
	channel?: Channel;
	brake: Brake;
	threshold: number;
	/** Grows from 1 on; the brake pulls at `pullsAt`. */
	evidence: number;
	pullsAt: number;
	pulls: boolean;
}

/**
 * The same as `watchBrakes` for what is about to be let through, in one statement while so little went wrong that no brake could pull, however few the messages were.
 * @returns what was held now
 */
export async function pullBrakes(store: Store, campaigns: readonly string[], now: Instant): Promise<NewHold[]> {
	// Also what went wrong before a campaign was resumed: it is too much rather than too little, and asks for less.
	const { ofCampaigns, whatsAppRed } = await harms(store, { since: queryOf(store, now).since, campaigns });
	const mayPull = ofCampaigns.some((harm) => BRAKES.some((brake) => weigh(store, { campaign: harm.campaign, brake, bad: harm[brake], of: harm[brake] }).pulls));
	return whatsAppRed || mayPull ? (await watchBrakes(store, campaigns, now)).held : [];
}

/**
 * Looks at the brakes of campaigns and holds those whose threshold is passed, with an alert; in a number of statements that does not grow. What is
 * counted begins anew with each calendar year, and where a person resumed a campaign.
 * @param campaigns only these; absent: all that the shop has sent
 */
export async function watchBrakes(store: Store, campaigns: readonly string[] | undefined, now: Instant): Promise<{ watched: WatchedBrake[]; held: NewHold[] }> {
	const query = { ...queryOf(store, now), campaigns };
	const sent = (await sentCounts(store, query)).filter(({ campaign }) => campaign !== STAFF_ANSWER);
	const watched = [
		...sent.flatMap(ofChannel),
		...(await rejectedCounts(store, query)).map((counts) => ({ ...counts, brake: 'rejected' as const })),
		...(await dissatisfiedCounts(store, query)).map((counts) => ({ ...counts, brake: 'unsatisfied' as const })),
	].filter(({ campaign }) => campaign !== STAFF_ANSWER).map((counts) => weigh(store, counts));
	const pulled = watched.filter(({ pulls }) => pulls).map(({ campaign, channel, brake, bad, of, threshold, evidence }): NewHold => ({
		campaign, channel, reason: BRAKE_CODES[brake], figures: { bad, of, threshold, evidence },
	}));
	const red = sent.some(({ channel }) => channel === 'whatsapp') && (await isWhatsAppRed(store));
	const byWhatsApp = red ? sent.filter(({ channel }) => channel === 'whatsapp') : [];
	const rated = byWhatsApp.map(({ campaign, channel }): NewHold => ({ campaign, channel, reason: BRAKE_CODES.whatsAppQuality, figures: {} }));
	// One hold for each campaign and channel: the first brake that pulled says why.
	const holds = [...new Map([...rated, ...pulled.reverse()].map((hold) => [`${hold.campaign} ${hold.channel ?? ''}`, hold])).values()];
	return { watched, held: await holdCampaigns(store, holds, now) };
}

/** Since the year began, or a campaign was resumed. */
function queryOf({ shop: { timeZone } }: Store, now: Instant) {
	return { since: instantAt(`${localDate(now, timeZone).slice(0, 4)}-01-01`, '00:00', timeZone), anewWhenResumed: true };
}

function ofChannel({ campaign, channel, sent, bounced, optedOut, complained }: SentCounts) {
	const seen = (brake: Brake, bad: number) => ({ campaign, channel, brake, bad, of: sent });
	return [seen('complaints', complained), seen('optOuts', optedOut), seen('bounces', bounced)];
}

function weigh({ shop }: Store, counts: Observed & { campaign: string; channel?: Channel; brake: Brake }): WatchedBrake {
	const [threshold, falseAlarms] = [thresholdOf(counts.brake, shop.rollout), falseAlarmsOfOne(shop.rollout)];
	const evidence = Math.min(MOST_EVIDENCE, Math.round(evidenceOfHarm(counts, threshold) * 1000) / 1000);
	return { ...counts, threshold, evidence, pullsAt: Math.round(1 / falseAlarms), pulls: brakePulls(counts, threshold, falseAlarms) };
}

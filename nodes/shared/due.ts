import type { CrmItem } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import { daysBetween, plusDays, type Instant, type LocalDate } from '../../lib/domain/time';
import type { DueKind } from '../../lib/occasions/dueKind';
import { duePlan, olderPlan, type KindStart } from '../../lib/occasions/plan';
import { wholeNumber } from '../../lib/occasions/settings';
import { endMessages } from '../../lib/store/endMessages';
import { claimDue, countDue, previewDue } from '../../lib/store/occasions/claim';
import type { ClaimedOccasion } from '../../lib/store/occasions/claimed';
import { openWork } from '../../lib/store/occasions/openWork';
import { enterStarts, occasionStarts, type OccasionStart } from '../../lib/store/occasions/starts';
import type { Store } from '../../lib/store/open';
import { fillVisitRhythms } from '../../lib/store/visitRhythms';

/** What all Due triggers ask for beside their kinds. */
export interface DueOptions {
	/** Minutes that the workflow has to decide. */
	leaseMinutes: number;
	/** At most so many for each poll. */
	mostPerPoll: number;
	/** Days that somebody is left in peace before the next contact that can wait. */
	restDays: number;
	/** When a kind is looked for first: what was due so many days ago already comes too. */
	olderDays: number;
}

/** What a poll found. */
export interface DueFound {
	found: ClaimedOccasion[];
	today: LocalDate;
	/** Kinds that were looked for the first time, with the number of older ones that they leave out. */
	started: OccasionStart[];
}

/** At most so many examples for "Fetch Test Event". */
const EXAMPLES = 10;

/**
 * What is due of these kinds in the shop's time zone.
 * @param how `claim: false` shows examples and changes nothing
 * @throws CrmError naming the option that cannot be used
 */
export async function findDue(store: Store, kinds: readonly DueKind[], options: DueOptions, how: { claim: boolean }, now: Instant): Promise<DueFound> {
	checkOptions(options);
	const today = shopToday(store.shop, now);
	const { starts, started } = await startsOf(store, kinds, options, how, today, now);
	const plan = duePlan(kinds, ({ kind }) => starts.get(kind) ?? { activatedOn: today, startsOn: plusDays(today, -options.olderDays) }, { today, restDays: options.restDays });
	if (!how.claim) return { found: await previewDue(store, plan, Math.min(options.mostPerPoll, EXAMPLES), now), today, started };
	const { ends, takesBack } = await openWork(store, kinds.map(({ kind }) => kind), today, now);
	// What ends now may be handed out anew at once.
	const ended = ends ? await endMessages(store, today, now) : 0;
	return { found: await claimDue(store, plan, { limit: options.mostPerPoll, leaseMinutes: options.leaseMinutes, nothingBack: !takesBack && ended === 0 }, now), today, started };
}

/** An expression may give what the panel does not let in: a limit of 0 would stop the trigger without a word. */
function checkOptions({ leaseMinutes, mostPerPoll, restDays, olderDays }: DueOptions): void {
	wholeNumber('"Lease (Minutes)"', leaseMinutes, 5, 1440);
	wholeNumber('"Most for Each Poll"', mostPerPoll, 1, 5000);
	wholeNumber('"Days of Rest"', restDays, 0, 90);
	wholeNumber('"Older at the Start (Days)"', olderDays, 0, 1095);
}

/** The starts of the kinds; a kind without one begins today, and those who were due before are counted once. */
async function startsOf(store: Store, kinds: readonly DueKind[], { olderDays }: DueOptions, how: { claim: boolean }, today: LocalDate, now: Instant): Promise<{ starts: Map<string, KindStart>; started: OccasionStart[] }> {
	const begun = kinds.filter(({ startsEarly }) => !startsEarly);
	const starts: Map<string, KindStart> = new Map(await occasionStarts(store, begun.map(({ kind }) => kind)));
	for (const { kind, startsEarly } of kinds) if (startsEarly) starts.set(kind, { activatedOn: '0001-01-01', startsOn: '0001-01-01' });
	const missing = begun.filter(({ kind }) => !starts.has(kind));
	if (missing.length === 0 || !how.claim) return { starts, started: [] };
	await fillVisitRhythms(store);
	const started: OccasionStart[] = [];
	for (const kind of missing) {
		const start = { activatedOn: today, startsOn: plusDays(today, -olderDays) };
		const older = await countDue(store, olderPlan(kind, start, today), now);
		started.push({ kind: kind.kind, ...start, leftOut: older.get(kind.kind) ?? 0 });
	}
	await enterStarts(store, started);
	return { starts: new Map([...starts, ...(await occasionStarts(store, missing.map(({ kind }) => kind)))]), started };
}

/** A claimed occasion as an item; `kind` is the one that it belongs to. */
export function dueItem({ occasionId, kind: name, stage, dueOn, since, cause, expiresOn, customer: { birthDate: _, ...customer } }: ClaimedOccasion, kind: DueKind, today: LocalDate): CrmItem {
	const by = kind.isCall(stage) ? 'call' as const : 'message' as const;
	const uses = kind.ofPurchase && since !== undefined ? { uses: { purchaseOn: since } } : {};
	return { customer, occasion: { id: occasionId, kind: name, dueOn, stage, class: kind.classOf(stage), daysLate: daysBetween(dueOn, today), since, cause, by, expiresOn, ...uses } };
}

import { CrmError } from '../../lib/domain/errors';
import type { CrmItem, ItemOccasion } from '../../lib/domain/item';
import { derivedKey } from '../../lib/domain/keys';
import { shopToday } from '../../lib/domain/shop';
import type { RolloutStanding } from '../../lib/domain/rollout';
import type { Instant } from '../../lib/domain/time';
import { heldBy } from '../../lib/rollout/heldBy';
import { groupOf, HOLDOUT_KEY } from '../../lib/rollout/holdout';
import { inTransaction, type Store } from '../../lib/store/open';
import { assignGroups } from '../../lib/store/rollout/assignments';
import { channelsOfCampaigns } from '../../lib/store/rollout/channels';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { settleOccasions } from '../../lib/store/settling';
import { withOccasionIds } from '../shared/occasions';
import { pullBrakes } from '../shared/watchBrakes';

/** What the gate says of an item. */
export interface GateAnswer {
	occasion: ItemOccasion;
	/** Why it is held: `ROLLOUT_PHASE`, `HOLDOUT` or the code of a brake. Absent: it may go on. */
	held?: string;
}

/**
 * Lets go on what the rollout lets go on, and settles the rest in the ledger as held; in a number of statements that does not grow with the items.
 * The brakes of their campaigns are looked at first. Who goes on and who is held out is noted, so that the two can be compared.
 * @param share of each campaign that is not contacted, 0 to 1
 * @returns for each item, in the order given, the answer, or why there is none
 */
export async function gateItems(store: Store, items: readonly CrmItem[], share: number, now: Instant): Promise<Array<GateAnswer | CrmError>> {
	if (items.length === 0) return [];
	const occasions = await withOccasionIds(store, items, now);
	const kinds = [...new Set(occasions.flatMap((occasion) => (occasion instanceof CrmError ? [] : [occasion.kind])))];
	await pullBrakes(store, kinds, now);
	const key = derivedKey(store.secret, HOLDOUT_KEY);
	// One transaction: a step that opens meanwhile waits, and then lets go what was held here.
	return await inTransaction(store.db, async (db) => {
		const scope = { ...store, db };
		const standing = await wholeHolds(scope, await rolloutStanding(scope));
		const answers = occasions.map((occasion): GateAnswer | CrmError => {
			if (occasion instanceof CrmError) return occasion;
			const held = heldBy(standing, occasion);
			return { occasion, ...(held !== undefined && { held }) };
		});
		const going = answers.flatMap((answer, position) => (answer instanceof CrmError || answer.held !== undefined ? [] : [{ answer, customerId: items[position].customer.id }]));
		const groups = await assignGroups(scope, going.map(({ answer: { occasion }, customerId }) => ({
			occasionId: occasion.id as number, group: groupOf(customerId, occasion.kind, occasion.class, share, key),
		})), shopToday(store.shop, now), now);
		for (const { answer } of going) if (groups.get(answer.occasion.id as number) === 'holdout') answer.held = 'HOLDOUT';
		const held = answers.filter((answer): answer is GateAnswer & { held: string } => !(answer instanceof CrmError) && answer.held !== undefined);
		await settleOccasions(scope, held.map(({ occasion, held: reason }) => ({ occasionId: occasion.id as number, outcome: 'held', reason })), now);
		return answers;
	});
}

/** A campaign whose every channel is held is held as a whole: before a channel is chosen nobody could tell otherwise, and messages would be written in vain. */
async function wholeHolds(store: Store, standing: RolloutStanding): Promise<RolloutStanding> {
	const partly = [...new Set(standing.holds.filter(({ channel }) => channel !== undefined).map(({ campaign }) => campaign))];
	if (partly.length === 0) return standing;
	const used = await channelsOfCampaigns(store, partly);
	const holds = standing.holds.map(({ channel, ...hold }) => {
		const isHeld = (one: string) => standing.holds.some((other) => other.campaign === hold.campaign && (other.channel === undefined || other.channel === one));
		return { ...hold, ...((used.get(hold.campaign) ?? []).every(isHeld) ? {} : { channel }) };
	});
	return { ...standing, holds };
}

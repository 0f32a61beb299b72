import type { Channel as Sender } from '../../../../../lib/channels/channel';
import type { Channel } from '../../../../../lib/domain/glossary';
import type { CrmItem, ItemOccasion } from '../../../../../lib/domain/item';
import { shopToday } from '../../../../../lib/domain/shop';
import { instantAt, plusDays, type Instant, type LocalDate } from '../../../../../lib/domain/time';
import { dryRun } from '../../../../../lib/store/dryRun';
import { lostOccasions } from '../../../../../lib/store/lostOccasions';
import type { Store } from '../../../../../lib/store/open';
import { openAllSteps } from '../../../../../lib/store/rollout/changes';
import { dueItem, findDue } from '../../../../shared/due';
import { planContacts } from '../../../../shared/planContacts';
import { sendMessages } from '../../../../shared/sendMessages';
import type { DueTrigger } from './kinds';
import { placeholders } from './placeholder';

/** What is asked of a forecast. */
export interface ForecastOptions {
	days: number;
	/** Channels of messages, the most wanted first; a call is always a call. */
	channels: Channel[];
	triggers: DueTrigger[];
}

/** What would become of one occasion. */
export interface ForecastContact {
	/** The day of the contact; of what is blocked or held the day of the decision. */
	day: LocalDate;
	customer: CrmItem['customer'];
	occasion: ItemOccasion;
	/** `contacted`: by a message, or by a call of the staff. `held`: put off, and not yet made on the last day. `dropped`: put off for longer than it can wait. */
	outcome: 'contacted' | 'blocked' | 'held' | 'dropped';
	/** The channel that would be used, or that the refusal is about. */
	channel: Channel;
	/** Reason code of the decision. */
	reason: string;
	/** Id of the rule that decided. */
	rule: string;
}

/** What a forecast found. */
export interface Forecast {
	from: LocalDate;
	/** In the order of the days. */
	contacts: ForecastContact[];
	/** Customers who were due before a kind begins and are left out, by kind; of kinds that run already nothing. */
	leftOut: Record<string, number>;
}

/** The triggers poll in the morning, when the shop is open; what a rule puts off for some hours leaves in the afternoon. */
const POLL_TIME = '10:00';
const LATER_TIME = '17:00';
const AT_ONCE = 1000;
/** Takes every message and sends none. */
const NOBODY: Sender = { send: async () => ({ outcome: 'sent', providerId: 'forecast' }), close: async () => undefined };

/**
 * Who would be contacted on the next days, today included, if the triggers were switched on now, each message was approved at once and nobody
 * reacted: the triggers, the consent check, the queue and the sending themselves, day by day, in a dry run. Nothing is sent and nothing stays.
 */
export async function forecast({ shop: known, ...store }: Store, { days, channels, triggers }: ForecastOptions, now: Instant): Promise<Forecast> {
	const from = shopToday(known, now);
	// The days are passed in as moments from here on.
	const shop = { ...known, rehearsalDate: undefined, rehearsal: undefined };
	return await dryRun({ ...store, shop }, async (rehearsal) => {
		// What the rollout has not opened yet would be contacted too, once it has.
		await openAllSteps(rehearsal, 'workflow', now);
		const run = new Run(rehearsal, channels);
		for (let ahead = 0; ahead < days; ahead++) {
			for (const time of [POLL_TIME, LATER_TIME]) {
				const moment = instantAt(plusDays(from, ahead), time, shop.timeZone);
				const isPast = ahead === 0 && !known.rehearsalDate && moment < now;
				if (time === POLL_TIME) for (const trigger of triggers) await run.poll(trigger, isPast ? now : moment);
				await run.send(isPast ? now : moment);
			}
		}
		return { from, contacts: await run.contacts(), leftOut: run.leftOut };
	});
}

/** One dry run through the days. */
class Run {
	readonly leftOut: Record<string, number> = {};
	/** By the id of the occasion: the last word on each. */
	private readonly known = new Map<number, ForecastContact>();
	/** Messages that have not left yet, with their occasions. */
	private readonly queued = new Map<number, { occasionId: number; channel: Channel }>();

	private readonly write: ReturnType<typeof placeholders>;

	constructor(private readonly store: Store, private readonly channels: Channel[]) {
		this.write = placeholders(store);
	}

	async contacts(): Promise<ForecastContact[]> {
		const held = [...this.known].filter(([, { outcome }]) => outcome === 'held').map(([id]) => id);
		for (const id of await lostOccasions(this.store, held)) Object.assign(this.known.get(id) as ForecastContact, { outcome: 'dropped' });
		return [...this.known.values()].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
	}

	/** Hands out what is due and plans a contact for each. */
	async poll({ kinds, restDays }: DueTrigger, now: Instant): Promise<void> {
		const options = { leaseMinutes: 60, mostPerPoll: AT_ONCE, restDays, olderDays: 0 };
		for (let more = kinds.length > 0; more; ) {
			const { found, started, today } = await findDue(this.store, kinds, options, { claim: true }, now);
			for (const { kind, leftOut } of started) this.leftOut[kind] = leftOut;
			await this.plan(found.map((occasion) => dueItem(occasion, kinds.find(({ kind }) => kind === occasion.kind) as DueTrigger['kinds'][number], today)), today, now);
			more = found.length === AT_ONCE;
		}
	}

	private async plan(items: CrmItem[], day: LocalDate, now: Instant): Promise<void> {
		const channelsOf = ({ by }: ItemOccasion) => (by === 'call' ? ['call' as const] : this.channels);
		const planned = await planContacts(this.store, items, { channelsOf, write: this.write, approvalOf: () => 'policy' }, now);
		for (const { item: { customer, occasion }, decision, message } of planned) {
			if (!decision) continue;
			const { channel, reason, rule } = decision;
			this.known.set(occasion.id as number, { day, customer, occasion, outcome: decision.outcome === 'block' ? 'blocked' : 'held', channel, reason, rule });
			if (message) this.queued.set(message.id, { occasionId: occasion.id as number, channel });
		}
	}

	/** Sends, to nobody, what may leave now. */
	async send(now: Instant): Promise<void> {
		const day = shopToday(this.store.shop, now);
		for (const channel of new Set([...this.queued.values()].map((message) => message.channel))) {
			const ids = [...this.queued].filter(([, message]) => message.channel === channel).map(([id]) => id);
			const { messages } = await sendMessages(this.store, channel, NOBODY, { ids, most: ids.length, parallel: AT_ONCE, leaseMinutes: 2 }, () => now);
			for (const { id, to, decision, why } of messages) {
				const { occasionId } = this.queued.get(id) as { occasionId: number };
				const contact = this.known.get(occasionId) as ForecastContact;
				const { reason = why ?? contact.reason, rule = contact.rule } = decision ?? {};
				const outcome = to === 'sent' ? 'contacted' : to === 'approved' ? 'held' : 'blocked';
				this.known.set(occasionId, { ...contact, day, outcome, reason, rule });
				if (to !== 'approved') this.queued.delete(id);
			}
		}
	}
}

import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../lib/channels/channel';
import { standingOf } from '../../lib/channels/circuit';
import type { Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { FRESH_SENDER, type Circuit, type RateLimits } from '../../lib/domain/sender';
import { rehearsalAddress } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import type { SendingResult } from '../../lib/store/sending';
import { deliver } from './delivering';
import { Gate } from './gate';
import { recordDeliveries, saysNothingNew, type Ended } from './recordDeliveries';
import { takeBatch, type Batch, type Entry } from './takeBatch';

/** How to send. */
export interface SendSettings {
	/** Only these messages; absent: whatever is approved. */
	ids?: readonly number[];
	/** At most so many in this run. */
	most: number;
	/** Messages under way at once. So many, or from ten on twice as many, may be uncertain after a crash. */
	parallel: number;
	/** How long a sending may last before it counts as uncertain. Minutes. */
	leaseMinutes: number;
	/** Attempts for a message that the provider has certainly not taken; 3 unless told. */
	attempts?: number;
	/** The account or number that they leave through, and how fast it may be used; absent where nothing really leaves, as in a forecast. */
	sender?: { name: string; limits?: RateLimits };
	/** From 0 to 1; spreads what is tried again. */
	random?: () => number;
}

/** What became of a message that was to be sent. */
export interface SentMessage extends SendingResult {
	customerId: number;
	decision?: Decision;
}

/** What a run did. */
export interface SendRun {
	messages: SentMessage[];
	/** Why it ended before everything was tried: `CIRCUIT_OPEN`, `RATE_LIMIT`, `DAY_LIMIT`, or what the provider said when it did not work. */
	stopped?: string;
}

const ATTEMPTS_AT_MOST = 3;
/**
 * From so many messages at once on, two groups of that number take turns: while one is recorded and the next is taken, the provider is busy with the other. So twice as
 * many are marked as being sent. Smaller groups would do for one process; several that share a shop wait for each other's turn once for each group.
 */
const GROUPS_FROM = 10;
const GROUPS = 2;
/** A run that has begun waits so long for its next turn; one that finds all turns taken ends at once, and the next run goes on. */
const LONGEST_WAIT_MS = 60_000;
/** What has ended is recorded at the latest so long after, also while others of its group are still under way. Milliseconds. */
const RECORD_WITHIN_MS = 500;

/**
 * Sends approved messages on one channel, each once. For every small batch: consent is checked again and `sending` committed in one transaction, then the
 * provider is called, then the outcome is recorded.
 * @param clock tells the present instant, also during a long run
 */
export async function sendMessages(store: Store, channelName: ChannelName, channel: Channel, settings: SendSettings, clock: () => Instant): Promise<SendRun> {
	if (channelName === 'email' && !store.shop.email) {
		throw new CrmError(`The shop "${store.shop.code}" has no e-mail address to send from`, 'Enter it with Optical CRM > Shop > Create or Update.');
	}
	// Nobody is asked, so nobody is to be spared.
	const sendsNothing = rehearsalAddress(store.shop, channelName) === null;
	const run = new Run(store, channelName, channel, sendsNothing ? { ...settings, sender: undefined } : settings, clock);
	await run.all();
	return { messages: run.done.sort((one, other) => one.id - other.id), stopped: run.stopped };
}

/** One run through the queue of a channel, from its lowest id to its highest. */
class Run {
	readonly done: SentMessage[] = [];
	stopped?: string;
	private after = 0;
	private room: number;
	private readonly gate: Gate;
	/** The provider has said that nothing can leave. */
	private isDown = false;
	private circuit: Circuit = FRESH_SENDER;
	/** Batches are taken one after the other, so that the queue is gone through once. */
	private taking: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: Store, private readonly channelName: ChannelName, private readonly channel: Channel, private readonly settings: SendSettings, private readonly clock: () => Instant) {
		this.room = settings.most;
		this.gate = new Gate(settings.parallel);
	}

	async all(): Promise<void> {
		const { parallel } = this.settings;
		const sizes = Array.from({ length: parallel < GROUPS_FROM ? 1 : GROUPS }, () => parallel);
		// One that breaks off lets the others finish what they have begun.
		const ends = await Promise.allSettled(sizes.map(async (size) => await this.group(size)));
		for (const end of ends) if (end.status === 'rejected') throw end.reason;
	}

	private async group(size: number): Promise<void> {
		let isDone = false;
		try {
			let batch = await this.next(size, []);
			while (batch.length > 0) batch = await this.next(size, await this.send(batch));
			isDone = true;
		} finally {
			if (!isDone) this.room = 0;
		}
	}

	/** The next batch, once its turn has come. What has `ended` is recorded by the way: one commit does both. */
	private async next(size: number, ended: readonly Ended[]): Promise<Entry[]> {
		const now = this.clock();
		const taken = this.taking.then(async () => await this.take(size, ended));
		this.taking = taken.catch(() => undefined);
		const { entries, waitMs } = await taken;
		if (waitMs === undefined) return entries;
		await setTimeout(waitMs + 1);
		// Unless the clock stands still.
		if (this.clock() > now) return await this.next(size, []);
		this.stopped ??= 'RATE_LIMIT';
		return [];
	}

	private async take(size: number, ended: readonly Ended[]): Promise<{ entries: Entry[]; waitMs?: number }> {
		const limit = Math.min(this.room, size);
		if (limit <= 0 || this.stopped !== undefined) {
			await this.record(ended);
			return { entries: [] };
		}
		const { entries, circuit, stopped, waitMs, isLast } = await this.recordAndTake(limit, ended);
		this.circuit = circuit;
		if (waitMs !== undefined && waitMs < LONGEST_WAIT_MS && this.after > 0) return { entries: [], waitMs };
		this.stopped ??= stopped;
		this.room = isLast ? 0 : this.room - entries.length;
		if (entries.length > 0) this.after = entries[entries.length - 1].message.id;
		return { entries };
	}

	private async recordAndTake(limit: number, ended: readonly Ended[]): Promise<Batch> {
		let isRecorded = false;
		try {
			const batch = await takeBatch(this.store, this.channelName, this.settings, { after: this.after, limit, ended: ended.map(({ result }) => result) }, this.clock());
			isRecorded = true;
			return batch;
		} finally {
			// What has been sent is not forgotten because the next could not be taken.
			if (!isRecorded) await this.record(ended).catch(() => undefined);
		}
	}

	/** Sends a batch, and records what has ended without waiting long for the rest. Returns what is left to be recorded: nothing but messages that were sent. */
	private async send(batch: readonly Entry[]): Promise<Ended[]> {
		const [leaving, others] = [batch.filter(({ result }) => result.to === 'sending'), batch.filter(({ result }) => result.to !== 'sending')];
		this.note(others);
		const ended: Ended[] = [];
		const decisions = new Map(leaving.map(({ message, decision }) => [message.id, decision]));
		const waiting = new Set<Promise<void>>();
		for (const entry of leaving) {
			const sending: Promise<void> = this.deliver(entry).then((end) => {
				ended.push(end);
				waiting.delete(sending);
			});
			waiting.add(sending);
		}
		// The last ones may end while the others are recorded.
		while (waiting.size > 0 || ended.length > 0) {
			if (ended.length === 0) await Promise.race(waiting);
			await Promise.race([Promise.all(waiting), setTimeout(RECORD_WITHIN_MS, undefined, { ref: false })]);
			const finished = ended.splice(0);
			this.note(finished.map((end) => ({ ...end, decision: decisions.get(end.message.id) })));
			if (waiting.size === 0 && saysNothingNew(finished, this.circuit)) return finished;
			await this.record(finished);
		}
		return [];
	}

	private async deliver({ message, slot, lastCall }: Entry): Promise<Ended> {
		const early = slot === undefined ? 0 : slot - Date.parse(this.clock());
		if (early > 0) await setTimeout(early);
		return await this.gate.pass(async () => {
			const putBack = (why?: string): Ended => ({ message, result: { id: message.id, to: 'approved', why, notBefore: this.circuit.openUntil, isNoAttempt: true } });
			// It has not left, and would fare no better than the one that found out.
			if (this.isDown) return putBack(this.stopped);
			// The machine stood still, or the provider was slow: soon somebody else would call it uncertain.
			if (this.clock() > lastCall) return putBack('RETRY_LATER');
			const { attempts = ATTEMPTS_AT_MOST, random = () => 0.5 } = this.settings;
			const { delivery, result } = await deliver(message, this.channel, { shop: this.store.shop, attempts, random }, this.clock);
			if (delivery?.outcome === 'down') {
				this.isDown = true;
				this.stopped = delivery.code;
			}
			return { message, delivery, result };
		});
	}

	private async record(finished: readonly Ended[]): Promise<void> {
		if (finished.length === 0) return;
		const { sender } = this.settings;
		const circuit = await recordDeliveries(this.store, finished, sender && { name: sender.name, channel: this.channelName, circuit: this.circuit }, this.clock());
		if (!circuit) return;
		this.circuit = circuit;
		if (standingOf(circuit, this.clock()) === 'open') this.stopped ??= 'CIRCUIT_OPEN';
	}

	private note(entries: ReadonlyArray<Pick<Entry, 'message' | 'result' | 'decision'>>): void {
		this.done.push(...entries.map(({ message, result, decision }) => ({ ...result, customerId: message.customerId, decision })));
	}
}

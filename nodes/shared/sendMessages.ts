import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../lib/channels/channel';
import { standingOf, tryingOut } from '../../lib/channels/circuit';
import { reserve, roomFor } from '../../lib/channels/pace';
import { decide } from '../../lib/consent/decide';
import { importanceOf } from '../../lib/consent/importance';
import type { CustomerFacts, Decision } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import { FRESH_SENDER, REHEARSAL, type Circuit, type RateLimits, type SenderState } from '../../lib/domain/sender';
import { rehearsalAddress, shopToday, type Shop } from '../../lib/domain/shop';
import type { Instant, LocalDate } from '../../lib/domain/time';
import { textFacts } from '../../lib/messages/facts';
import { contentHash } from '../../lib/messages/hash';
import { recentContacts } from '../../lib/store/contacts';
import { contactValues } from '../../lib/store/customers';
import { recordDecisions } from '../../lib/store/decisions';
import { customerFacts } from '../../lib/store/facts';
import type { Store } from '../../lib/store/open';
import { readSender, senderTurn, sendingTransaction, writeSender } from '../../lib/store/senders';
import { recordSending, takeApproved, type OutgoingMessage, type SendingResult } from '../../lib/store/sending';
import { deliver } from './delivering';
import { recordDeliveries, type Ended } from './recordDeliveries';

/** How to send. */
export interface SendSettings {
	/** Only these messages; absent: whatever is approved. */
	ids?: readonly number[];
	/** At most so many in this run. */
	most: number;
	/** Messages under way at once. So many may be uncertain after a crash. */
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
const NO_LIMITS: RateLimits = { perSecond: 0, perMinute: 0, perDay: 0 };
/** From so many messages at once on they are sent in groups that take turns: while one is recorded and the next is taken, the others are under way. */
const GROUPS_FROM = 10;
const GROUPS = 4;
/** What has ended is recorded at the latest so long after, also while others of its group are still under way. Milliseconds. */
const RECORD_WITHIN_MS = 500;

/**
 * Sends approved messages on one channel, each once. For every small batch: consent is checked again and `sending` committed in one transaction, then the
 * provider is called, then the outcome is recorded. No more than `parallel` messages are in `sending` at any moment.
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
	return { messages: run.done, stopped: run.stopped };
}

interface Entry {
	message: OutgoingMessage;
	result: SendingResult;
	decision?: Decision;
	/** When its turn is, in milliseconds. */
	slot?: number;
}

/** One run through the queue of a channel, from its lowest id to its highest. */
class Run {
	readonly done: SentMessage[] = [];
	stopped?: string;
	private after = 0;
	private room: number;
	private circuit: Circuit = FRESH_SENDER;
	/** Batches are taken one after the other, so that the queue is gone through once. */
	private taking: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: Store, private readonly channelName: ChannelName, private readonly channel: Channel, private readonly settings: SendSettings, private readonly clock: () => Instant) {
		this.room = settings.most;
	}

	async all(): Promise<void> {
		const { parallel } = this.settings;
		const groups = parallel < GROUPS_FROM ? 1 : GROUPS;
		const sizes = Array.from({ length: groups }, (_, index) => Math.floor((parallel + index) / groups));
		// One that breaks off lets the others finish what they have begun.
		const ends = await Promise.allSettled(sizes.map(async (size) => await this.group(size)));
		for (const end of ends) if (end.status === 'rejected') throw end.reason;
	}

	private async group(size: number): Promise<void> {
		try {
			for (let batch = await this.next(size); batch.length > 0; batch = await this.next(size)) await this.send(batch);
		} catch (error) {
			this.room = 0;
			throw error;
		}
	}

	private async next(size: number): Promise<Entry[]> {
		const taken = this.taking.then(async () => await this.take(size));
		this.taking = taken.catch(() => undefined);
		return await taken;
	}

	private async take(size: number): Promise<Entry[]> {
		const limit = Math.min(this.room, size);
		if (limit <= 0 || this.stopped !== undefined) return [];
		const { entries, circuit, stopped } = await takeBatch(this.store, this.channelName, this.settings, this.after, limit, this.clock());
		this.circuit = circuit;
		this.stopped ??= stopped;
		this.room -= entries.length;
		if (entries.length > 0) this.after = entries[entries.length - 1].message.id;
		return entries;
	}

	/** Sends a batch, and records what has ended without waiting long for the rest. */
	private async send(batch: readonly Entry[]): Promise<void> {
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
		while (waiting.size > 0) {
			await Promise.race(waiting);
			await Promise.race([Promise.all(waiting), setTimeout(RECORD_WITHIN_MS, undefined, { ref: false })]);
			const finished = ended.splice(0);
			await this.record(finished);
			this.note(finished.map((end) => ({ ...end, decision: decisions.get(end.message.id) })));
		}
	}

	private async deliver({ message, slot }: Entry): Promise<Ended> {
		const early = slot === undefined ? 0 : slot - Date.parse(this.clock());
		if (early > 0) await setTimeout(early);
		// It has not left, and would fare no better than the one that found out.
		if (this.isDown) return { message, result: { id: message.id, to: 'approved', why: this.stopped, notBefore: this.circuit.openUntil } };
		const { attempts = ATTEMPTS_AT_MOST, random = () => 0.5 } = this.settings;
		const { delivery, result } = await deliver(message, this.channel, { shop: this.store.shop, attempts, random }, this.clock);
		if (delivery?.outcome === 'down') {
			this.isDown = true;
			this.stopped = delivery.code;
		}
		return { message, delivery, result };
	}

	private isDown = false;

	private async record(finished: readonly Ended[]): Promise<void> {
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

interface Batch {
	entries: Entry[];
	circuit: Circuit;
	stopped?: string;
}

/** Takes the next messages, as many as their sender has room for, decides about each anew, and commits what may leave as `sending`. */
async function takeBatch(store: Store, channelName: ChannelName, { ids, leaseMinutes, sender }: SendSettings, after: number, wanted: number, now: Instant): Promise<Batch> {
	const today = shopToday(store.shop, now);
	return await sendingTransaction(store, async (transaction) => {
		const scope = { ...store, db: transaction };
		await senderTurn(transaction, store);
		const state = sender ? await readSender(transaction, store, sender.name) : FRESH_SENDER;
		const room = roomOf(state, sender?.limits ?? NO_LIMITS, wanted, today, now);
		if (room.most === 0) return { entries: [], circuit: state, stopped: room.why };
		const messages = await takeApproved(transaction, store, { ids, leaseMinutes, channels: [channelName], after, limit: room.most, today }, now);
		if (messages.length === 0) return { entries: [], circuit: state };
		const entries = await decideAll(scope, messages, today, now);
		const leaving = entries.filter(({ result }) => result.to === 'sending');
		const provider = rehearsalAddress(store.shop, channelName) === undefined ? sender?.name : REHEARSAL;
		for (const { result } of leaving) result.provider = provider;
		await recordSending(transaction, 'approved', entries.map(({ result }) => result), now);
		if (!sender || leaving.length === 0) return { entries, circuit: state };
		const { slots, state: reserved } = reserve(state, sender.limits ?? NO_LIMITS, leaving.length, today, now);
		leaving.forEach((entry, position) => (entry.slot = slots[position]));
		const next = standingOf(state, now) === 'trial' ? { ...reserved, ...tryingOut(state, now) } : reserved;
		await writeSender(transaction, store, { name: sender.name, channel: channelName }, next, now);
		return { entries, circuit: next, ...(messages.length === room.most && { stopped: room.why }) };
	});
}

/** How many messages the sender may take: none while its circuit is open, one to try whether it works again. */
function roomOf(state: SenderState, limits: RateLimits, wanted: number, today: LocalDate, now: Instant): { most: number; why?: string } {
	const standing = standingOf(state, now);
	if (standing === 'open') return { most: 0, why: 'CIRCUIT_OPEN' };
	return roomFor(state, limits, standing === 'trial' ? 1 : wanted, today, now);
}

/** The fresh decisions about messages, each recorded. */
async function decideAll(scope: Store, messages: readonly OutgoingMessage[], today: LocalDate, now: Instant): Promise<Entry[]> {
	const customerIds = [...new Set(messages.map(({ customerId }) => customerId))];
	const facts = await customerFacts(scope, customerIds);
	const contacts = await recentContacts(scope, customerIds, today);
	// Those of this batch are marked as sending already: none stands in the way of another before it was allowed itself, and the more important first.
	const notAllowed = new Set(messages.map(({ id }) => id));
	const byId = new Map([...messages].sort((one, other) => importanceOf(one) - importanceOf(other)).map((message): [number, Entry] => {
		const known = facts.get(message.customerId);
		const others = contacts.get(message.customerId)?.contacts.filter(({ messageId }) => !notAllowed.has(messageId));
		const entry = decideOn(message, known && { ...known, contacts: others }, scope.shop, today, now);
		if (entry.result.to === 'sending') notAllowed.delete(message.id);
		return [message.id, entry];
	}));
	const entries = messages.map(({ id }) => byId.get(id) as Entry);
	await readdress(scope, entries);
	const decided = entries.filter(({ decision }) => decision !== undefined);
	const decisionIds = await recordDecisions(
		scope,
		decided.map(({ message, decision }) => ({ customerId: message.customerId, occasionId: message.occasionId, decision: decision as Decision })),
	);
	decided.forEach(({ result }, position) => result.to === 'pending' && (result.decisionId = decisionIds[position]));
	return entries;
}

/** The fresh decision about a message, and what it means: it goes, waits for its hour, goes back to the staff, or never leaves. */
function decideOn(message: OutgoingMessage, known: CustomerFacts | undefined, shop: Shop, today: LocalDate, now: Instant): Entry {
	const { id, channel, class: messageClass, kind, dueOn, occasionId, planned } = message;
	const present = contentHash(message);
	if (message.approvedHash !== present) return { message, result: { id, to: 'pending', why: 'APPROVAL_STALE', contentHash: present } };
	if (!known) return { message, result: { id, to: 'blocked', why: 'CONTACT_INVALID' } };
	const text = textFacts(message.text, shop, message.refusalUrl);
	const decision = decide({ class: messageClass, kind, dueOn, occasionId, messageId: id, channels: [channel], moment: 'send', text, today, now }, { ...known, preferredChannel: undefined }, shop);
	const { outcome, reason, retryAt, contactPointId, legalBasis, facts } = decision;
	if (outcome !== 'allow') {
		return { message, decision, result: retryAt ? { id, to: 'approved', why: reason, notBefore: retryAt } : { id, to: 'blocked', why: reason } };
	}
	// Approved was this recipient: another address of the same person needs another approval.
	if (contactPointId !== message.contactPointId) return { message, decision, result: { id, to: 'pending', why: 'APPROVAL_STALE', contactPointId } };
	// And this consent: the text says why the customer gets it.
	const agreed = !planned || (planned.legalBasis === legalBasis && planned.consentId === facts.consentId);
	if (!agreed) return { message, decision, result: { id, to: 'pending', why: 'APPROVAL_STALE' } };
	return { message, decision, result: { id, to: 'sending', sentOn: today } };
}

/** Binds the next approval of messages with a new address to that address: without it, they would come back to the staff for ever. */
async function readdress(store: Store, entries: readonly Entry[]): Promise<void> {
	const moved = entries.filter(({ result }) => result.contactPointId !== undefined);
	if (moved.length === 0) return;
	const values = await contactValues(store, moved.map(({ result }) => result.contactPointId as number));
	for (const { message, result } of moved) {
		const recipient = values.get(result.contactPointId as number)?.value as string;
		result.contentHash = contentHash({ ...message, recipient });
	}
}

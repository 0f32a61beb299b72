import { sql } from 'kysely';
import { NEXT_STATES, type Channel, type MessageState } from '../../domain/glossary';
import type { DeliveryEvent } from '../../domain/inbound';
import { plusMinutes, type Instant } from '../../domain/time';
import { recordHistory, type StateChange } from '../messageHistory';
import type { Store } from '../open';
import { rowSet } from '../sets';
import { markUnreachable } from '../unreachable';

/** After a failure that may pass, the address is left alone for so long (RULES 28; ours). Minutes. */
const SOFT_BOUNCE_MINUTES = 24 * 60;

/** What an event of a provider changed. */
export interface DeliveredMessage {
	id: number;
	customerId: number;
	occasionId: number;
	state: MessageState;
	code?: string;
}

interface FoundMessage {
	id: number;
	customer_id: number;
	occasion_id: number;
	contact_point_id: number;
	state: MessageState;
	channel: string;
	provider_id: string;
	attempts: number;
}

/**
 * Moves messages on by what their providers tell. Events come late and out of order, and `read` without `delivered`: a message only moves
 * forwards, and one that arrived has not failed. What may be tried once more goes back to the queue, once. A failure for good marks the address as bounced, or a number
 * as unreachable on that channel; another one lets it rest (RULES 28).
 * Events about messages of somebody else change nothing. The caller holds the transaction.
 */
export async function applyDeliveries({ db, shop }: Pick<Store, 'db' | 'shop'>, events: readonly DeliveryEvent[], now: Instant): Promise<DeliveredMessage[]> {
	if (events.length === 0) return [];
	const { rows: found } = await sql<FoundMessage>`
		select message.id, message.customer_id, message.occasion_id, message.contact_point_id, message.state, message.channel, message.provider_id, message.attempts
		from ${rowSet([...new Set(events.map(({ providerId }) => providerId))].map((provider_id) => ({ provider_id })), { provider_id: 'text' })} as told
		cross join messages as message on message.shop_id = ${shop.id} and message.provider_id = told.provider_id`.execute(db);
	const messages = new Map([...found, ...(await uncertainOnes({ db, shop }, events))].map((message) => [`${message.channel} ${message.provider_id}`, message]));
	const [changes, marks, moved] = [[] as StateChange[], new Map<number, Mark>(), new Map<number, DeliveredMessage>()];
	for (const event of [...events].sort((one, other) => (one.at < other.at ? -1 : 1))) {
		const message = messages.get(`${event.channel} ${event.providerId}`);
		if (!message) continue;
		const mark = marks.get(message.id) ?? { message };
		if (message.state === 'uncertain' && event.state !== 'failed') {
			// Now it is known that it left.
			changes.push({ id: message.id, from: 'uncertain', to: 'sent', who: 'provider', why: 'OUTCOME_KNOWN' });
			message.state = 'sent';
			moved.set(message.id, { id: message.id, customerId: message.customer_id, occasionId: message.occasion_id, state: 'sent' });
		}
		if (event.state === 'delivered') mark.deliveredAt ??= event.at;
		if (event.state === 'read') mark.readAt ??= event.at;
		if (message.state === 'sent' && event.againAfterMinutes !== undefined && message.attempts === 1) {
			mark.again = { notBefore: plusMinutes(now, event.againAfterMinutes) };
			changes.push({ id: message.id, from: 'sent', to: 'approved', who: 'provider', why: event.code });
			message.state = 'approved';
			moved.set(message.id, { id: message.id, customerId: message.customer_id, occasionId: message.occasion_id, state: 'approved', ...(event.code && { code: event.code }) });
		} else if (NEXT_STATES[message.state].includes(event.state)) {
			changes.push({ id: message.id, from: message.state, to: event.state, who: 'provider', why: event.code });
			message.state = event.state;
			if (event.state === 'failed') Object.assign(mark, { code: event.code ?? 'FAILED', permanent: event.permanent ?? false });
			moved.set(message.id, { id: message.id, customerId: message.customer_id, occasionId: message.occasion_id, state: event.state, ...(event.code && { code: event.code }) });
		}
		marks.set(message.id, mark);
	}
	await writeMarks({ db, shop }, [...marks.values()], now);
	await recordHistory(db, changes, now);
	return [...moved.values()];
}

/** Messages of which nobody knew whether they left, found by the key that the provider gives back (RULES 36). */
async function uncertainOnes({ db, shop }: Pick<Store, 'db' | 'shop'>, events: readonly DeliveryEvent[]): Promise<FoundMessage[]> {
	const keyed = events.flatMap(({ channel, providerId, key }) => {
		const id = /^ocrm-(\d{1,15})-\d+$/.exec(key ?? '')?.[1];
		return id === undefined ? [] : [{ id: Number(id), channel, provider_id: providerId }];
	});
	if (keyed.length === 0) return [];
	const { rows } = await sql<FoundMessage>`
		select message.id, message.customer_id, message.occasion_id, message.contact_point_id, message.state, message.channel, told.provider_id, message.attempts
		from ${rowSet(keyed, { id: 'integer', channel: 'text', provider_id: 'text' })} as told
		cross join messages as message on message.id = told.id and message.channel = told.channel and message.state = 'uncertain' and message.provider_id is null and +message.shop_id = ${shop.id}`.execute(db);
	return rows;
}

interface Mark {
	message: FoundMessage;
	deliveredAt?: Instant;
	readAt?: Instant;
	code?: string;
	permanent?: boolean;
	/** Nobody got it, and it waits for its second attempt. */
	again?: { notBefore: Instant };
}

async function writeMarks({ db, shop }: Pick<Store, 'db' | 'shop'>, marks: readonly Mark[], now: Instant): Promise<void> {
	if (marks.length === 0) return;
	await putBack({ db }, marks, now);
	const others = marks.filter(({ again }) => !again);
	if (others.length === 0) return;
	const rows = others.map(({ message, deliveredAt, readAt, code }) => ({ id: message.id, state: message.state, provider_id: message.provider_id, delivered_at: deliveredAt ?? null, read_at: readAt ?? null, failure: code ?? null }));
	await sql`
		update messages set state = told.state, provider_id = coalesce(messages.provider_id, told.provider_id), delivered_at = coalesce(messages.delivered_at, told.delivered_at), read_at = coalesce(messages.read_at, told.read_at),
			failure = coalesce(told.failure, messages.failure), updated_at = ${now}
		from ${rowSet(rows, { id: 'integer', state: 'text', provider_id: 'text', delivered_at: 'text', read_at: 'text', failure: 'text' })} as told where messages.id = told.id`.execute(db);
	const failed = marks.filter(({ code }) => code !== undefined);
	// Who has no WhatsApp may well get an SMS.
	await markUnreachable(db, { shop }, failed.filter(({ permanent }) => permanent).map(({ message }) => ({ contactPointId: message.contact_point_id, channel: message.channel as Channel })));
	const soft = failed.filter(({ permanent }) => !permanent).map(({ message }) => ({ id: message.contact_point_id }));
	if (soft.length === 0) return;
	await sql`
		update contact_points set retry_after = ${plusMinutes(now, SOFT_BOUNCE_MINUTES)}
		from ${rowSet(soft, { id: 'integer' })} as failed where contact_points.id = failed.id`.execute(db);
}

/** Messages that may be tried once more wait as if they had never left: what the provider still tells of the first attempt is nothing about the second. */
async function putBack({ db }: Pick<Store, 'db'>, marks: readonly Mark[], now: Instant): Promise<void> {
	const rows = marks.flatMap(({ message, again }) => (again ? [{ id: message.id, not_before: again.notBefore }] : []));
	if (rows.length === 0) return;
	await sql`
		update messages set state = 'approved', not_before = told.not_before, provider_id = null, sent_on = null, provider = null, cost_mills = null, staff_seconds = null, updated_at = ${now}
		from ${rowSet(rows, { id: 'integer', not_before: 'text' })} as told where messages.id = told.id`.execute(db);
}

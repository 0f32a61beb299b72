import { sql } from 'kysely';
import { CONTACT_POINT_OF_CHANNEL, type Channel, type Language, type MessageClass } from '../../domain/glossary';
import type { Store } from '../open';
import { rowSet } from '../sets';

/** Somebody who may have written: a customer with this number or address, and what the shop wrote there last. */
export interface PossibleSender {
	customerId: number;
	language?: Language;
	/** The last of our messages on this channel that left; absent where there was none. */
	message?: { id: number; providerId?: string; kind: string; class: MessageClass };
}

interface SenderRow {
	channel: string;
	sender: string;
	customer_id: number;
	language: string | null;
	message_id: number | null;
	provider_id: string | null;
	kind: string | null;
	class: string | null;
}

/**
 * Who has these numbers and addresses, in one query; the one who was written to last comes first. Families share a number, so there may be several.
 * @returns by channel and address, as `senderKey` writes them
 */
export async function possibleSenders({ db, shop }: Pick<Store, 'db' | 'shop'>, wanted: ReadonlyArray<{ channel: Channel; from: string }>): Promise<Map<string, PossibleSender[]>> {
	if (wanted.length === 0) return new Map();
	const rows = wanted.map(({ channel, from }) => ({ channel, kind: CONTACT_POINT_OF_CHANNEL[channel], sender: from }));
	const answered = await sql<SenderRow>`
		select told.channel, told.sender, person.id as customer_id, person.language, message.id as message_id, message.provider_id, occasion.kind, message.class
		from (select distinct channel, kind, sender from ${rowSet(rows, { channel: 'text', kind: 'text', sender: 'text' })} as given) as told
		cross join contact_points as point on point.shop_id = ${shop.id} and point.kind = told.kind and point.value = told.sender
		cross join customers as person on person.id = point.customer_id and person.erased_at is null and person.merged_into is null
		left join messages as message on message.id = (select max(sent.id) from messages as sent where sent.customer_id = person.id and sent.contact_point_id = point.id
			and sent.channel = told.channel and sent.state in ('sending', 'uncertain', 'sent', 'delivered', 'read'))
		left join occasions as occasion on occasion.id = message.occasion_id
		order by coalesce(message.id, 0) desc, person.id`.execute(db);
	const senders = new Map<string, PossibleSender[]>();
	for (const row of answered.rows) {
		const key = senderKey(row.channel as Channel, row.sender);
		senders.set(key, [...(senders.get(key) ?? []), toSender(row)]);
	}
	return senders;
}

/** What a sender is found by in a map: the channel and the address or number. */
export function senderKey(channel: Channel, from: string): string {
	return `${channel} ${from}`;
}

/** The customers whom our messages with these ids at their providers went to. */
export async function recipientsOf({ db, shop }: Pick<Store, 'db' | 'shop'>, providerIds: readonly string[]): Promise<Map<string, PossibleSender>> {
	if (providerIds.length === 0) return new Map();
	const { rows } = await sql<SenderRow>`
		select message.channel, '' as sender, person.id as customer_id, person.language, message.id as message_id, message.provider_id, occasion.kind, message.class
		from ${rowSet([...new Set(providerIds)].map((provider_id) => ({ provider_id })), { provider_id: 'text' })} as told
		cross join messages as message on message.shop_id = ${shop.id} and message.provider_id = told.provider_id
		cross join customers as person on person.id = message.customer_id and person.erased_at is null
		cross join occasions as occasion on occasion.id = message.occasion_id`.execute(db);
	return new Map(rows.map((row) => [row.provider_id as string, toSender(row)]));
}

function toSender({ customer_id, language, message_id, provider_id, kind, class: messageClass }: SenderRow): PossibleSender {
	return {
		customerId: customer_id,
		...(language !== null && { language: language as Language }),
		...(message_id !== null && {
			message: { id: message_id, ...(provider_id !== null && { providerId: provider_id }), kind: kind as string, class: messageClass as MessageClass },
		}),
	};
}

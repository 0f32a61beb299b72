/** What the brakes count stands in indexes: every batch that the gate lets through asks for it, and in a large shop it is a year of messages. */
export function brakeCounts(): string[] {
	return [
		'create index messages_campaign on messages (shop_id, kind, created_at, channel, state, sent_on, provider, id)',
		"create index consents_refused on consents (shop_id, recorded_at, customer_id, channel, source, method) where status in ('withdrawn', 'objected') and source <> 'import'",
		"create index message_history_decided on message_history (message_id, who, why) where from_state = 'pending' and to_state in ('approved', 'rejected')",
	];
}

/** What kind of occasion a message is for, beside it: thousands that wait are counted by kind out of an index, in its order, without their occasions. */
export function messageKind(): string[] {
	return [
		"alter table messages add column kind text not null default ''",
		'update messages set kind = (select kind from occasions where occasions.id = messages.occasion_id)',
		'drop index messages_pending',
		"create index messages_pending on messages (shop_id, coalesce(expires_on, '9999-12-31'), id, later_on, kind, channel, template_id, customer_id) where state = 'pending'",
		"create index messages_pending_kinds on messages (shop_id, kind, channel, template_id, expires_on, later_on, customer_id) where state = 'pending'",
	];
}

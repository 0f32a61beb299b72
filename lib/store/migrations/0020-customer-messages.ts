/** What a customer got is looked up for every decision: by an index that holds all that it goes by, so that the mails of years are not read for the few of the last weeks. */
export function customerMessages(): string[] {
	return [
		'drop index messages_customer',
		'create index messages_customer on messages (customer_id, state, sent_on, channel, provider, shop_id)',
	];
}

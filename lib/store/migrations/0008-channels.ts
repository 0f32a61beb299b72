/** What messages of every channel carry, what they cost, and what came back of them. */
export function channels(): string[] {
	return [
		'alter table messages add column extra text',
		'alter table messages add column provider text',
		'alter table messages add column cost_mills integer',
		'alter table messages add column staff_seconds integer',
		'alter table messages add column delivered_at text',
		'alter table messages add column read_at text',
		'alter table messages add column failure text',
		'create index messages_provider_id on messages (shop_id, provider_id) where provider_id is not null',
	];
}

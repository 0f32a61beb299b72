import type { DialectWords } from '../dialect';

/** What the contact rules go by: the channel a customer asked for, the day a message left, and the shop's settings as they were. */
export function contactRules({ id, tableOptions, appendOnly }: DialectWords): string[] {
	return [
		'alter table customers add column preferred_channel text',

		// The shop's day on which a message left: what the caps count.
		'alter table messages add column sent_on text',
		`update messages set sent_on = (select substr(max(at), 1, 10) from message_history where message_id = messages.id and to_state in ('sending', 'sent'))
			where state in ('sending', 'sent', 'delivered', 'read', 'uncertain')`,

		'alter table decisions add column policy_version integer',
		'alter table shops add column policy_version integer not null default 1',
		`create table policy_versions (
			id ${id},
			shop_id integer not null references shops (id),
			version integer not null,
			policy text not null,
			changed_at text not null
		) ${tableOptions}`,
		'create unique index policy_versions_version on policy_versions (shop_id, version)',
		...appendOnly('policy_versions'),
		'insert into policy_versions (shop_id, version, policy, changed_at) select id, 1, policy, updated_at from shops',
	];
}

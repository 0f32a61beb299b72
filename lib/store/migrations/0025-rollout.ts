import type { DialectWords } from '../dialect';

/** How far the rollout is, which campaigns are held, and who is contacted or left out to compare. */
export function rollout({ id, tableOptions, appendOnly }: DialectWords): string[] {
	return [
		`create table rollout_changes (
			id ${id},
			shop_id integer not null references shops (id),
			step text not null,
			kind text not null,
			at text not null,
			who text not null,
			figures text not null,
			note text
		) ${tableOptions}`,
		'create index rollout_changes_shop on rollout_changes (shop_id, id)',
		...appendOnly('rollout_changes'),
		`create table campaign_holds (
			id ${id},
			shop_id integer not null references shops (id),
			campaign text not null,
			channel text,
			reason text not null,
			figures text not null,
			held_at text not null,
			resumed_at text,
			resumed_by text,
			note text
		) ${tableOptions}`,
		// Two processes that look at the same moment hold a campaign once.
		"create unique index campaign_holds_open on campaign_holds (shop_id, campaign, coalesce(channel, '')) where resumed_at is null",
		'create index campaign_holds_shop on campaign_holds (shop_id, held_at)',
		`create table campaign_assignments (
			occasion_id integer primary key references occasions (id),
			shop_id integer not null references shops (id),
			customer_id integer not null references customers (id),
			campaign text not null,
			grp text not null,
			assigned_on text not null,
			assigned_at text not null
		) ${tableOptions}`,
		'create index campaign_assignments_campaign on campaign_assignments (shop_id, campaign, assigned_on)',
		// The criteria and brakes as the shop has set them.
		'alter table shops add column rollout text',
		'create index campaign_assignments_customer on campaign_assignments (customer_id)',
	];
}

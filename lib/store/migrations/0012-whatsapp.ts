import type { DialectWords } from '../dialect';

/** What Meta holds of the shop: its number, the templates of the account; and until when free texts may be sent to whom. */
export function whatsApp({ tableOptions }: DialectWords): string[] {
	return [
		`create table whatsapp_accounts (
			shop_id integer primary key references shops (id),
			waba_id text not null,
			phone_number_id text not null,
			message_limit text,
			quality text not null,
			state text not null,
			fetched_at text not null
		) ${tableOptions}`,
		'create index whatsapp_accounts_waba on whatsapp_accounts (waba_id)',
		// Of the account and not of a shop: several shops may share one.
		`create table whatsapp_templates (
			waba_id text not null,
			name text not null,
			language text not null,
			meta_id text not null,
			state text not null,
			category text not null,
			parameter_format text not null,
			parts text not null,
			quality text not null,
			fetched_at text not null,
			changed_at text not null,
			primary key (waba_id, name, language)
		) ${tableOptions}`,
		// By the keyed hash of the number: a window belongs to a number, whoever has it. Kept for a day.
		`create table whatsapp_windows (
			shop_id integer not null references shops (id),
			address_hash text not null,
			last_message_at text not null,
			primary key (shop_id, address_hash)
		) ${tableOptions}`,
		'create index whatsapp_windows_age on whatsapp_windows (last_message_at)',
		`create index messages_whatsapp on messages (shop_id, sent_on) where channel = 'whatsapp' and sent_on is not null`,
	];
}

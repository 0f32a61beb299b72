/** The shop's number on WhatsApp, as Meta last told. */
interface WhatsAppAccountTable {
	shop_id: number;
	waba_id: string;
	phone_number_id: string;
	/** A number, or `unlimited`. */
	message_limit: string | null;
	quality: string;
	state: string;
	fetched_at: string;
}

/** A template as the WhatsApp Business account has it. */
interface WhatsAppTemplateTable {
	waba_id: string;
	name: string;
	language: string;
	meta_id: string;
	state: string;
	category: string;
	parameter_format: string;
	/** Header and parameters, as JSON. */
	parts: string;
	quality: string;
	fetched_at: string;
	/** Of the last word about it, fetched or told by a webhook: what is older changes nothing. */
	changed_at: string;
}

/** When somebody wrote to the shop last, by the keyed hash of the number. */
interface WhatsAppWindowTable {
	shop_id: number;
	address_hash: string;
	last_message_at: string;
}

export interface WhatsAppTables {
	whatsapp_accounts: WhatsAppAccountTable;
	whatsapp_templates: WhatsAppTemplateTable;
	whatsapp_windows: WhatsAppWindowTable;
}

/** What a consent can be about, as the panels offer it. */
export const CHANNEL_CHOICES = [
	{ name: 'Call', value: 'call' },
	{ name: 'E-Mail', value: 'email' },
	{ name: 'Letter', value: 'letter' },
	{ name: 'Push', value: 'push' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'WhatsApp', value: 'whatsapp' },
	{ name: 'WhatsApp Linked Device', value: 'whatsappLinked' },
];

export const PURPOSE_CHOICES = [
	{ name: 'Health', value: 'health' },
	{ name: 'Marketing', value: 'marketing' },
	{ name: 'Profiling', value: 'profiling' },
	{ name: 'Recall', value: 'recall' },
	{ name: 'Service', value: 'service' },
	{ name: 'Survey', value: 'survey' },
];

/** The same for a record of the ledger, where a no may be about everything. */
export const CHANNELS_OR_ALL = [{ name: 'All (Only for a No)', value: 'any' }, ...CHANNEL_CHOICES];
export const PURPOSES_OR_ALL = [{ name: 'All but Service (Only for a No)', value: 'any' }, ...PURPOSE_CHOICES];

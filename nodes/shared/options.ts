import type { INodePropertyOptions } from 'n8n-workflow';

/* Choices that several operations offer, by the words of the glossary. */

export const CHANNEL_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Call', value: 'call' },
	{ name: 'E-Mail', value: 'email' },
	{ name: 'Letter', value: 'letter' },
	{ name: 'Push', value: 'push' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

export const FORMALITY_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Lei', value: 'lei' },
	{ name: 'Tu', value: 'tu' },
];

export const LANGUAGE_OPTIONS: INodePropertyOptions[] = [
	{ name: 'English', value: 'en' },
	{ name: 'Italian', value: 'it' },
];

/** What is not service, which needs no consent. */
export const PURPOSE_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Health', value: 'health' },
	{ name: 'Marketing', value: 'marketing' },
	{ name: 'Profiling', value: 'profiling' },
	{ name: 'Recall', value: 'recall' },
	{ name: 'Survey', value: 'survey' },
];

export const ALL_PURPOSE_OPTIONS: INodePropertyOptions[] = [...PURPOSE_OPTIONS, { name: 'Service', value: 'service' }].sort((one, other) =>
	one.name.localeCompare(other.name),
);

/** Classes of messages, by what they need. */
export const CLASS_OPTIONS = [
	{ name: 'Promotional', value: 'promotional', description: 'Offers: needs marketing consent' },
	{ name: 'Recall', value: 'recall', description: 'Reminders: needs recall consent' },
	{ name: 'Relational', value: 'relational', description: 'Greetings and news: needs marketing consent' },
	{ name: 'Service', value: 'service', description: 'About an order or appointment of the customer: needs no consent' },
];

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

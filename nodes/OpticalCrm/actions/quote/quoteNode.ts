import type { INodePropertyOptions } from 'n8n-workflow';
import { quoteRow } from '../../../../lib/imports/records/quoteRow';
import { listQuotes, saveQuotes } from '../../../../lib/store/records/quotes';

/** The states of a quote, as the panel offers them. */
export const STATUS_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Accepted', value: 'accepted' },
	{ name: 'Expired', value: 'expired' },
	{ name: 'Open', value: 'open' },
];

/** What the operations need of quotes. */
export const QUOTE = { read: quoteRow, save: saveQuotes, list: listQuotes };

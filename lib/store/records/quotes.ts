import { sql } from 'kysely';
import type { NewQuote, Quote, QuoteFields } from '../../domain/records';
import { fold } from '../../domain/text';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import { amountProblem } from './amount';
import { listRecords, type RecordQuery } from './listRecords';
import type { RecordKind } from './recordKind';
import { saveRecords, type RecordResult } from './saveRecords';

export const QUOTES: RecordKind<QuoteFields> = {
	table: 'quotes',
	isVisit: false,
	fields: {
		description: ['description', 'text'],
		amountCents: ['amount_cents', 'integer'],
		madeOn: ['made_on', 'text'],
		validUntil: ['valid_until', 'text'],
		status: ['status', 'text'],
	},
	day: sql.ref('record.made_on'),
	withDefaults: (quote) => ({ ...quote, status: quote.status ?? 'open' }),
	identity: ({ madeOn = '', description = '' }) => `${madeOn}|${fold(description)}`,
	problem({ madeOn, validUntil, amountCents }, today) {
		if (!madeOn) return { field: 'madeOn', reason: 'QUOTE_DATE_MISSING' };
		if (madeOn > today) return { field: 'madeOn', reason: 'QUOTE_IN_FUTURE' };
		if (validUntil && validUntil < madeOn) return { field: 'validUntil', reason: 'QUOTE_ENDS_BEFORE' };
		return amountProblem(amountCents);
	},
	isBad: (today) => sql`(made_on = '' or made_on > ${today} or valid_until < made_on or amount_cents < 0)`,
};

/** Saves quotes as `saveRecords` does. Without a code they are recognised by customer, day and description. */
export async function saveQuotes(store: Store, quotes: readonly NewQuote[], now: Instant): Promise<RecordResult[]> {
	return await saveRecords(store, QUOTES, quotes, now);
}

/** Lists quotes; `from` and `to` are days on which they were made. */
export async function listQuotes(store: Store, query: RecordQuery<QuoteFields>): Promise<Quote[]> {
	return await listRecords(store, QUOTES, query);
}

import type { LocalDate } from '../domain/time';

/** What a forecast says of one occasion, as far as it is counted. */
export interface ForecastEntry {
	day: LocalDate;
	kind: string;
	outcome: 'contacted' | 'blocked' | 'held' | 'dropped';
	channel: string;
	reason: string;
}

/** What contacts cost the shop. Money in cents of its currency. */
export interface ContactCosts {
	/** What the provider or the post asks for one message, by channel; a channel that is missing costs nothing. */
	centsFor: Partial<Record<string, number>>;
	/** Minutes of the staff for one contact, by channel. */
	minutesFor: Partial<Record<string, number>>;
	/** Minutes of the staff to read and approve one message. */
	approvalMinutes: number;
	/** What an hour of the staff costs. */
	centsAnHour: number;
}

/** What would happen in a stretch of days. */
export interface ForecastCount {
	/** Occasions that were decided on. */
	occasions: number;
	/** Messages that would leave; calls are counted apart. */
	messages: number;
	/** Calls that the staff would make. */
	calls: number;
	blocked: number;
	/** Put off, for example until the quiet hours or the pause between two messages are over. */
	held: number;
	/** Put off for longer than they can wait: a birthday is no birthday a week later. */
	dropped: number;
	/** Contacts by kind, then by channel. */
	contactsByKind: Record<string, Record<string, number>>;
	contactsByChannel: Record<string, number>;
	/** What is not contacted, by reason code. */
	reasons: Record<string, number>;
	staffMinutes: number;
	/** In cents: what providers and post ask, and the time of the staff. */
	costCents: { messages: number; staff: number; total: number };
}

/** Counts entries, and what they would cost. */
export function countForecast(entries: readonly ForecastEntry[], { centsFor, minutesFor, approvalMinutes, centsAnHour }: ContactCosts): ForecastCount {
	const contacts = entries.filter(({ outcome }) => outcome === 'contacted');
	const calls = contacts.filter(({ channel }) => channel === 'call').length;
	const sum = (amounts: ContactCosts['centsFor']) => contacts.reduce((total, { channel }) => total + (amounts[channel] ?? 0), 0);
	const messages = contacts.length - calls;
	const staffMinutes = tenths(sum(minutesFor) + messages * approvalMinutes);
	const cents = { messages: Math.round(sum(centsFor)), staff: Math.round((staffMinutes / 60) * centsAnHour) };
	const others = entries.filter(({ outcome }) => outcome !== 'contacted');
	const { blocked = 0, held = 0, dropped = 0 } = countBy(others, ({ outcome }) => outcome);
	return {
		occasions: entries.length,
		messages,
		calls,
		blocked,
		held,
		dropped,
		contactsByKind: Object.fromEntries([...Map.groupBy(contacts, ({ kind }) => kind)].map(([kind, ofKind]) => [kind, countBy(ofKind, ({ channel }) => channel)])),
		contactsByChannel: countBy(contacts, ({ channel }) => channel),
		reasons: countBy(others, ({ reason }) => reason),
		staffMinutes,
		costCents: { ...cents, total: cents.messages + cents.staff },
	};
}

function countBy<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Record<string, number> {
	return Object.fromEntries([...Map.groupBy(entries, keyOf)].map(([key, group]) => [key, group.length]));
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}

import type { History, Sending } from './history';
import type { Invariant, Violation } from './invariant';

/** Turns a question about one sending into an invariant. */
export function ofSendings(name: string, wrong: (sending: Sending, history: History) => string | undefined, needs?: string): Invariant {
	return {
		name, needs,
		violations: (history) => history.sendings.flatMap((sending): Violation[] => {
			const what = wrong(sending, history);
			return what === undefined ? [] : [{ day: sending.day, customer: sending.customer.id, what }];
		}),
	};
}

/** The shop may not know of a death for weeks; from then on nothing else changes the customer. */
export const neverToTheDead = ofSendings('nothing-to-the-dead', ({ at, occasion, customer }) =>
	customer.deceased === 1 && at > customer.updated_at ? `${occasion.kind} after the shop knew of the death` : undefined);

export const neverToTheErased = ofSendings('nothing-to-the-erased', ({ at, occasion, customer }) =>
	customer.erased_at !== null && at > customer.erased_at ? `${occasion.kind} after the erasure` : undefined);

export const noMarketingToMinors = ofSendings('no-marketing-to-minors', ({ day, occasion, customer, ...sending }) => {
	if (sending.class === 'service' || customer.birth_date === null) return undefined;
	const [year, ...rest] = customer.birth_date.split('-');
	const eighteenth = [Number(year) + 18, ...rest].join('-');
	return day < eighteenth ? `${occasion.kind} to somebody below 18` : undefined;
});

const PURPOSES: Record<string, string> = { relational: 'marketing', promotional: 'marketing', recall: 'recall' };
const YES = ['granted'];
const NO = ['denied', 'withdrawn', 'objected'];

/** The last word on this channel and purpose, or on all of them, must be a yes; blanks say nothing. */
export const neverWithoutConsent = ofSendings('nothing-without-consent', ({ at, channel, occasion, customer, ...sending }, { consentsOf }) => {
	const purpose = PURPOSES[sending.class];
	const said = (consentsOf.get(customer.id) ?? []).filter((consent) =>
		consent.recorded_at < at && [channel, 'any'].includes(consent.channel) && (purpose ? [purpose, 'any'].includes(consent.purpose) : consent.purpose === 'service'));
	const last = said.filter(({ status }) => [...YES, ...NO].includes(status)).at(-1)?.status;
	if (last !== undefined && NO.includes(last)) return `${occasion.kind} by ${channel} after a no (${last})`;
	return purpose && last === undefined ? `${occasion.kind} by ${channel} without a yes` : undefined;
});

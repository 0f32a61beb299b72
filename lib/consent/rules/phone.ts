import type { ConsentPolicy } from '../../domain/consentPolicy';
import { daysBetween, type Instant } from '../../domain/time';
import { consentFacts } from '../facts';
import type { Rule, RuleContext } from '../rule';
import { callSpan } from '../time/clocks';

const DAY_MS = 86_400_000;
/** After a contract a call is still part of it for so long. Days. */
export const AFTER_CONTRACT_DAYS = 30;

/** A plan may be made at any hour. It is not only put off: nobody may ring now, and the staff are told so. */
export const callHours: Rule = {
	id: 'R19',
	title: 'Calls on workdays from 9 to 20, on Saturdays and the day before a holiday from 10 to 19, while the shop is open; never on Sundays and holidays',
	source: 'RULES 19',
	mark: 'practice',
	settings: ['callOnWorkdays', 'callOnSaturdays', 'callOnEves', 'callOnHolidays', 'openingHours', 'patronSaint'],
	reason: 'CALL_HOURS',
	check: (context) => {
		if (context.channel !== 'call' || context.request.moment !== 'send') return undefined;
		return callSpan(context).from === context.request.now ? undefined : { timeZone: context.shop.timeZone };
	},
	retryAt: (context) => callSpan(context).from,
};

export const rpoStale: Rule = {
	id: 'R20a',
	title: 'Before a promotional call the number was looked up in the Registro Pubblico delle Opposizioni in the last 15 days',
	source: 'RULES 20',
	mark: 'practice',
	settings: ['rpoDays'],
	reason: 'RPO_STALE',
	check: (context) => {
		if (!isRegistered(context)) return undefined;
		const { contactPoint, request, shop: { policy } } = context;
		const checkedAt = contactPoint?.rpo?.checkedAt ?? null;
		return checkedAt !== null && isFresh(checkedAt, request.now, policy) ? undefined : { checkedAt, rpoDays: policy.rpoDays };
	},
};

/** The register cancels what was agreed before the enrolment, not what was agreed after it or what belongs to a contract. */
export const rpoListed: Rule = {
	id: 'R20b',
	title: 'A number on the register is called only after a later consent, or within a contract up to 30 days after its end',
	source: 'RULES 20',
	mark: 'practice',
	reason: 'RPO_LISTED',
	check: (context) => {
		const { contactPoint, consent } = context;
		if (!isRegistered(context) || contactPoint?.rpo?.result !== 'listed') return undefined;
		const { enrolledOn, checkedAt } = contactPoint.rpo;
		if (isWithinContract(context)) return undefined;
		const agreedLater = consent?.status === 'granted' && enrolledOn !== undefined && consent.record.capturedAt.slice(0, 10) > enrolledOn;
		return agreedLater ? undefined : { checkedAt, enrolledOn: enrolledOn ?? null, ...consentFacts(consent) };
	},
};

/** Whether a check of the register still holds. */
export function isFresh(checkedAt: Instant, now: Instant, { rpoDays }: Pick<ConsentPolicy, 'rpoDays'>): boolean {
	const age = Date.parse(now) - Date.parse(checkedAt);
	return age >= 0 && age <= rpoDays * DAY_MS;
}

/** The register is about promotional calls, and about letters to addresses out of public directories. */
function isRegistered({ channel, purpose, contactPoint }: RuleContext): boolean {
	if (purpose === 'service') return false;
	return channel === 'call' || (channel === 'letter' && contactPoint?.fromDirectory === true);
}

function isWithinContract({ customer: { contractUntil }, request: { today } }: RuleContext): boolean {
	return contractUntil !== undefined && daysBetween(contractUntil, today) <= AFTER_CONTRACT_DAYS;
}

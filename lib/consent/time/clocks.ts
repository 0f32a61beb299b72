import { daysBetween, localDate, plusDays, plusMinutes, startOfLocalDay, type Instant, type LocalDate } from '../../domain/time';
import type { RuleContext } from '../rule';
import { isDayOff, nextSpan, type ContactClock, type ContactSpan } from './hours';
import { spreadMoment } from './spread';

const DAY_MINUTES = 1440;

/** When the next message may leave: in the shop's hours, and in the same hours of the customer's own time zone where it is known. */
export function sendSpan(context: RuleContext): ContactSpan {
	return spanOr(context.request.now, sendClocks(context));
}

/** When the next call may be made: in the hours of messages and of calls, while the shop is open. */
export function callSpan({ request: { now }, shop, customer }: RuleContext): ContactSpan {
	return callSpanFrom(now, shop, customer);
}

/** The same from any moment on, for whoever plans calls. */
export function callSpanFrom(now: Instant, shop: RuleContext['shop'], customer: Pick<RuleContext['customer'], 'timeZone'>): ContactSpan {
	const { timeZone, patronSaint, openingHours, policy } = shop;
	const hours = { workdays: policy.callOnWorkdays, saturdays: policy.callOnSaturdays, eves: policy.callOnEves, holidays: policy.callOnHolidays };
	return spanOr(now, [...sendClocks({ shop, customer }), { timeZone, patronSaint, openingHours, hours }]);
}

/** Whether nothing leaves all day: the holiday is why, and not the hour. */
export function isShopHoliday(context: RuleContext): boolean {
	return isDayOff(context.request.now, sendClocks(context)[0]);
}

/** The moment at which this message goes on, when it waits for a span: not with all others at once. */
export function momentIn(span: ContactSpan, { request, customer, shop }: RuleContext): Instant {
	return spreadMoment(span, request.messageId ?? request.occasionId ?? customer.customerId, shop.policy.spreadMinutes);
}

/** The moment at which this message goes on, on a day that is not today. The days are the shop's own, which may be rehearsed; the moment is a real one. */
export function momentOn(day: LocalDate, context: RuleContext): Instant {
	const { request: { now, today }, shop: { timeZone } } = context;
	const realDay = plusDays(localDate(now, timeZone), daysBetween(today, day));
	// Noon in UTC is on the same day in every zone that a shop is in.
	return momentIn(spanOr(startOfLocalDay(`${realDay}T12:00:00.000Z`, timeZone), sendClocks(context)), context);
}

function sendClocks({ shop, customer }: { shop: RuleContext['shop']; customer: Pick<RuleContext['customer'], 'timeZone'> }): [ContactClock, ...ContactClock[]] {
	const { timeZone, patronSaint, policy } = shop;
	const hours = { workdays: policy.sendOnWorkdays, saturdays: policy.sendOnSaturdays, holidays: policy.sendOnHolidays };
	const own = { timeZone, patronSaint, hours };
	return customer.timeZone === undefined || customer.timeZone === timeZone ? [own] : [own, { timeZone: customer.timeZone, hours }];
}

/** Where the settings leave no moment at all, the question is asked again every day. */
function spanOr(now: Instant, clocks: readonly ContactClock[]): ContactSpan {
	return nextSpan(now, clocks) ?? { from: plusMinutes(now, DAY_MINUTES), to: plusMinutes(now, 2 * DAY_MINUTES) };
}

import { STAFF_ANSWER } from '../../domain/occasionKinds';
import type { Rule, RuleContext } from '../rule';
import { isShopHoliday, momentIn, sendSpan } from '../time/clocks';

/* Hours count when a message leaves; it may be planned and approved at any hour. */

export const holiday: Rule = {
	id: 'R22',
	title: 'Nothing leaves on Sundays, on national holidays and on the day of the patron saint',
	source: 'RULES 22; L. 151/2025',
	mark: 'ours',
	settings: ['sendOnHolidays', 'patronSaint'],
	reason: 'HOLIDAY',
	check: (context) => (isQuiet(context) && isShopHoliday(context) ? { timeZone: context.shop.timeZone } : undefined),
	retryAt: (context) => momentIn(sendSpan(context), context),
};

export const quietHours: Rule = {
	id: 'R21',
	title: 'Messages leave on workdays from 9 to 20 and on Saturdays from 10 to 19, by the clock of the shop and of the customer',
	source: 'RULES 21',
	mark: 'ours',
	settings: ['sendOnWorkdays', 'sendOnSaturdays', 'spreadMinutes'],
	reason: 'QUIET_HOURS',
	check: (context) => (isQuiet(context) ? { timeZone: context.customer.timeZone ?? context.shop.timeZone } : undefined),
	retryAt: (context) => momentIn(sendSpan(context), context),
};

function isQuiet(context: RuleContext): boolean {
	// Who has just written is awake: an answer disturbs nobody.
	return context.request.moment === 'send' && context.request.kind !== STAFF_ANSWER && sendSpan(context).from !== context.request.now;
}

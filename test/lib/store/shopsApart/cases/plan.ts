import type { DuePlan } from '../../../../../lib/domain/dueSearch';
import { birthdays } from '../../../../../lib/occasions/birthday';
import { birthdaySettings } from '../../../../../lib/occasions/birthdaySettings';
import { DORMANT_DEFAULTS, dormantCustomers } from '../../../../../lib/occasions/dormant';
import type { DueKind } from '../../../../../lib/occasions/dueKind';
import { EYEWEAR_DEFAULTS, eyewearCheck } from '../../../../../lib/occasions/eyewear';
import { LENSES_DEFAULTS, lensesRunOut } from '../../../../../lib/occasions/lenses';
import { MISSED_APPOINTMENT_DEFAULTS, missedAppointments } from '../../../../../lib/occasions/missedAppointment';
import { OPEN_QUOTE_DEFAULTS, openQuotes } from '../../../../../lib/occasions/openQuote';
import { ORDER_READY_DEFAULTS, ordersReady } from '../../../../../lib/occasions/orderReady';
import { PROGRESSIVE_DEFAULTS, progressiveFollowUp } from '../../../../../lib/occasions/progressive';
import { VISION_DEFAULTS, visionCheck } from '../../../../../lib/occasions/vision';
import { planOf } from '../../../../support/due';

const KINDS: DueKind[] = [
	birthdays(birthdaySettings({ belatedDays: 3, earlyDays: 2 })), visionCheck(VISION_DEFAULTS), eyewearCheck(EYEWEAR_DEFAULTS), lensesRunOut(LENSES_DEFAULTS), dormantCustomers(DORMANT_DEFAULTS),
	ordersReady(ORDER_READY_DEFAULTS), missedAppointments(MISSED_APPOINTMENT_DEFAULTS, 'Europe/Rome'), openQuotes(OPEN_QUOTE_DEFAULTS), progressiveFollowUp(PROGRESSIVE_DEFAULTS),
];

/** A day's search for all kinds. */
export function everyKind(today: string): DuePlan {
	return planOf(KINDS, today);
}

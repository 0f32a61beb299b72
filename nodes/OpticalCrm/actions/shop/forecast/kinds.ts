import { birthdays } from '../../../../../lib/occasions/birthday';
import { birthdaySettings } from '../../../../../lib/occasions/birthdaySettings';
import { dormantCustomers, dormantSettings } from '../../../../../lib/occasions/dormant';
import type { DueKind } from '../../../../../lib/occasions/dueKind';
import { eyewearCheck, eyewearSettings } from '../../../../../lib/occasions/eyewear';
import { lensesRunOut, lensesSettings } from '../../../../../lib/occasions/lenses';
import { missedAppointments, missedAppointmentSettings } from '../../../../../lib/occasions/missedAppointment';
import { openQuotes, openQuoteSettings } from '../../../../../lib/occasions/openQuote';
import { ordersReady, orderReadySettings } from '../../../../../lib/occasions/orderReady';
import { REST_DAYS } from '../../../../../lib/occasions/plan';
import { progressiveFollowUp, progressiveSettings } from '../../../../../lib/occasions/progressive';
import { survey, surveySettings } from '../../../../../lib/occasions/survey';
import { visionCheck, visionSettings } from '../../../../../lib/occasions/vision';
import { welcome, welcomeSettings } from '../../../../../lib/occasions/welcome';

/** Kinds that one trigger looks for together. */
export interface DueTrigger {
	name: 'birthday' | 'recall' | 'progressive';
	kinds: DueKind[];
	/** Days that somebody is left in peace before the next contact that can wait. */
	restDays: number;
}

/** A birthday may be greeted so many days late, as the trigger has it. */
const BELATED_DAYS = 3;

/** The three Due triggers with the settings that they begin with. */
export function usualTriggers(timeZone: string): DueTrigger[] {
	return [
		{ name: 'birthday', kinds: [birthdays(birthdaySettings({ belatedDays: BELATED_DAYS, earlyDays: 0 }))], restDays: 0 },
		{
			name: 'recall',
			restDays: REST_DAYS,
			kinds: [
				ordersReady(orderReadySettings({})),
				missedAppointments(missedAppointmentSettings({}), timeZone),
				lensesRunOut(lensesSettings({})),
				visionCheck(visionSettings({})),
				eyewearCheck(eyewearSettings({})),
				openQuotes(openQuoteSettings({})),
				dormantCustomers(dormantSettings({})),
				welcome(welcomeSettings({})),
				survey(surveySettings({})),
			],
		},
		{ name: 'progressive', kinds: [progressiveFollowUp(progressiveSettings({}))], restDays: 0 },
	];
}

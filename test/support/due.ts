import type { DuePlan } from '../../lib/domain/dueSearch';
import { plusDays, type LocalDate } from '../../lib/domain/time';
import { birthdays } from '../../lib/occasions/birthday';
import { birthdaySettings, type BirthdaySettings } from '../../lib/occasions/birthdaySettings';
import type { DueKind } from '../../lib/occasions/dueKind';
import { duePlan, REST_DAYS } from '../../lib/occasions/plan';

/** The plan of a day for kinds that have long been looked for. */
export function planOf(kinds: readonly DueKind[], today: LocalDate, restDays = REST_DAYS): DuePlan {
	return duePlan(kinds, () => ({ activatedOn: plusDays(today, -1000), startsOn: plusDays(today, -1000) }), { today, restDays });
}

/** The birthdays of a day, with those of the three days before. */
export function birthdayPlan(today: LocalDate, settings: Partial<BirthdaySettings> = {}): DuePlan {
	return planOf([birthdays(birthdaySettings({ belatedDays: 3, earlyDays: 0, ...settings }))], today, 0);
}

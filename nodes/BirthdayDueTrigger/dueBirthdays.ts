import type { CrmItem } from '../../lib/domain/item';
import { shopToday, type Shop } from '../../lib/domain/shop';
import { daysBetween, type Instant, type LocalDate } from '../../lib/domain/time';
import { birthdayOccasion, birthdays } from '../../lib/occasions/birthday';
import { birthdaySettings, type BirthdaySettings } from '../../lib/occasions/birthdaySettings';
import type { Store } from '../../lib/store/open';
import { findDue, type DueOptions } from '../shared/due';
import { sampleItem } from '../shared/sample';

/** The parameters of the node. */
export interface BirthdayTriggerOptions extends Partial<BirthdaySettings>, Pick<DueOptions, 'leaseMinutes' | 'mostPerPoll'> {
	belatedDays: number;
	earlyDays: number;
}

/**
 * The items for the birthdays that are due in the shop's time zone.
 * @param how `claim: false` shows examples and changes nothing
 * @throws CrmError when the settings contradict each other
 */
export async function dueBirthdayItems(store: Store, options: BirthdayTriggerOptions, how: { claim: boolean }, now: Instant): Promise<CrmItem[]> {
	const kind = birthdays(birthdaySettings(options));
	const { found, today } = await findDue(store, [kind], { ...options, restDays: 0, olderDays: 0 }, how, now);
	return found.flatMap(({ occasionId, expiresOn, dueOn, customer: { birthDate, ...customer } }) => {
		const occasion = birthDate && birthdayOccasion(birthDate, dueOn, today);
		return occasion ? [{ customer, occasion: { id: occasionId, ...occasion, ...(dueOn > today && { leavesOn: dueOn }), expiresOn: trueUntil(dueOn, today, expiresOn) } }] : [];
	});
}

/** An example of an item, made up. */
export function sampleBirthday(shop: Shop, options: BirthdayTriggerOptions, now: Instant): CrmItem {
	return sampleItem(birthdays(birthdaySettings(options)), shop, shopToday(shop, now), { turns: 50 });
}

/** How long a greeting that is written today says the truth: one that is ahead on the day, "today" and "yesterday" today only. */
function trueUntil(dueOn: LocalDate, today: LocalDate, windowEnd: LocalDate | undefined): LocalDate | undefined {
	const daysLate = daysBetween(dueOn, today);
	if (daysLate < 0) return dueOn;
	return daysLate < 2 ? today : windowEnd;
}

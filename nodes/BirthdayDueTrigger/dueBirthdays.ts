import type { CrmItem } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import { daysBetween, plusDays, type Instant, type LocalDate } from '../../lib/domain/time';
import { birthdayOccasion, birthdayWindow, OLDEST_AGE, SAME_BIRTHDAY_DAYS } from '../../lib/occasions/birthday';
import { birthdaySettings, type BirthdaySettings } from '../../lib/occasions/birthdaySettings';
import { expireMessages } from '../../lib/store/approval';
import { claimBirthdays, previewBirthdays, type DueBirthdays } from '../../lib/store/occasions';
import type { Store } from '../../lib/store/open';

/** The parameters of the node. */
export interface BirthdayTriggerOptions extends BirthdaySettings {
	leaseMinutes: number;
	mostPerPoll: number;
}

/** At most so many examples for "Fetch Test Event". */
const EXAMPLES = 10;

/**
 * The items for the birthdays that are due in the shop's time zone.
 * @param how `claim: false` shows examples and changes nothing
 * @throws CrmError when the settings contradict each other
 */
export async function dueBirthdayItems(store: Store, settings: BirthdayTriggerOptions, how: { claim: boolean }, now: Instant): Promise<CrmItem[]> {
	const today = shopToday(store.shop, now);
	const due: DueBirthdays[] = birthdayWindow(today, birthdaySettings(settings)).map(({ dueOn, monthDays }) => ({
		dueOn,
		monthDays,
		expiresOn: plusDays(dueOn, settings.belatedDays),
		bornFrom: `${Number(dueOn.slice(0, 4)) - OLDEST_AGE}-01-01`,
		sameFrom: plusDays(dueOn, -SAME_BIRTHDAY_DAYS),
		sameTo: plusDays(dueOn, SAME_BIRTHDAY_DAYS),
	}));
	if (how.claim) await expireMessages(store, today, now);
	const found = how.claim
		? await claimBirthdays(store, due, { limit: settings.mostPerPoll, leaseMinutes: settings.leaseMinutes, today }, now)
		: await previewBirthdays(store, due, Math.min(settings.mostPerPoll, EXAMPLES));
	return found.flatMap(({ occasionId, expiresOn, dueOn, customer: { birthDate, ...customer } }) => {
		const occasion = birthDate && birthdayOccasion(birthDate, dueOn, today);
		return occasion ? [{ customer, occasion: { id: occasionId, ...occasion, expiresOn: trueUntil(dueOn, today, expiresOn) } }] : [];
	});
}

/** How long a greeting that is written today says the truth: "in advance" until the day, "today" and "yesterday" today only. */
function trueUntil(dueOn: LocalDate, today: LocalDate, windowEnd: LocalDate | undefined): LocalDate | undefined {
	const daysLate = daysBetween(dueOn, today);
	if (daysLate < 0) return plusDays(dueOn, -1);
	return daysLate < 2 ? today : windowEnd;
}

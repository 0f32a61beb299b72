import { CrmError } from '../domain/errors';
import { isLocalDate, plusDays, plusMonths, type LocalDate } from '../domain/time';
import { wholeNumber } from './settings';

/** How often a campaign comes round, and how long each round lasts. */
export interface RoundSettings {
	/** The first day of the only round (`2027-03-20`) or of each year's (`04-15`). Empty: no rounds, each customer's begins on the day on which it is handed out. */
	beginsOn: string;
	/** Days after the first one on which a message may still leave. */
	lastsDays: number;
	/** For so long the same campaign does not come again to a customer, whatever the round. */
	restMonths: number;
}

/** One round of a campaign: its first day tells it from the others. */
export interface CampaignRound {
	dueOn: LocalDate;
	expiresOn: LocalDate;
	/** Who got the campaign on this day or later has had it. */
	hadSince: LocalDate;
}

export const ROUND_DEFAULTS: RoundSettings = { beginsOn: '', lastsDays: 30, restMonths: 6 };

/** No message of a campaign leaves later: a year's rounds would run into each other. */
const LONGEST_ROUND = 120;

/**
 * The round of a campaign on a day; undefined before it begins and after it has ended. A yearly one that would begin on 29 February begins on the 28th
 * of other years.
 * @throws CrmError naming the setting that cannot be used
 */
export function campaignRound(given: Partial<Record<keyof RoundSettings, unknown>>, today: LocalDate): CampaignRound | undefined {
	const all = { ...ROUND_DEFAULTS, ...given };
	const lastsDays = wholeNumber('"Lasts (Days)"', all.lastsDays, 0, LONGEST_ROUND);
	const restMonths = wholeNumber('"Not Again For (Months)"', all.restMonths, 1, 120);
	const dueOn = firstDay(String(all.beginsOn ?? '').trim(), today);
	const expiresOn = plusDays(dueOn, lastsDays);
	if (dueOn > today || expiresOn < today) return undefined;
	return { dueOn, expiresOn, hadSince: plusDays(plusMonths(dueOn, -restMonths), 1) };
}

/** The day of the round that began last; of one that has not begun, its day to come. */
function firstDay(beginsOn: string, today: LocalDate): LocalDate {
	if (beginsOn === '') return today;
	if (isLocalDate(beginsOn)) return beginsOn;
	// 2024 is a leap year: any day of a year is in it.
	if (!/^\d\d-\d\d$/.test(beginsOn) || !isLocalDate(`2024-${beginsOn}`)) {
		throw new CrmError('"Begins On" is no calendar day', 'Write it as YYYY-MM-DD for one round, as MM-DD for one each year (for example 04-15), or leave it empty.');
	}
	const ofYear = plusMonths(`2024-${beginsOn}`, (Number(today.slice(0, 4)) - 2024) * 12);
	return ofYear <= today ? ofYear : plusMonths(`2024-${beginsOn}`, (Number(today.slice(0, 4)) - 2025) * 12);
}

import { CrmError } from '../domain/errors';
import { SEGMENT_DEFAULTS, type SegmentSettings } from '../domain/segment';

/** The settings that a panel offers as whole numbers, with what they are called there and the most that makes sense. */
const NUMBERS: Record<Exclude<keyof SegmentSettings, 'usefulMonths'>, [label: string, least: number, most: number]> = {
	newMonths: ['New For', 1, 60],
	atRiskMonths: ['At Risk After', 1, 240],
	lapsedMonths: ['Lapsed After', 2, 360],
	firstPlanPurchases: ['First Plan: Purchases', 1, 100],
	firstPlanScore: ['First Plan: Monetary Score', 1, 5],
	supplyDays: ['Contact Lenses Last', 1, 3650],
	lensesGraceDays: ['Contact-Lens Wearer For', 0, 3650],
	relationMonths: ['Relation Months', 1, 120],
	answerDays: ['Answer Within', 1, 365],
};

/** The settings of a panel: what is left out keeps its default. */
export type GivenSettings = Partial<Omit<SegmentSettings, 'usefulMonths'>> & {
	/** One number for all spectacles but sunglasses. */
	spectaclesMonths?: number;
	sunMonths?: number;
};

/**
 * The settings that a panel gives, with the defaults of those that are left out; what else stands on the panel is left alone.
 * @throws CrmError naming the setting that cannot be used
 */
export function segmentSettings(given: GivenSettings): SegmentSettings {
	const { spectaclesMonths, sunMonths } = given;
	const settings = { ...SEGMENT_DEFAULTS };
	for (const name of Object.keys(NUMBERS) as Array<keyof typeof NUMBERS>) settings[name] = given[name] ?? settings[name];
	const check = (label: string, value: unknown, least: number, most: number) => {
		if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
		throw new CrmError(`The setting "${label}" is no whole number from ${least} to ${most}`, 'Correct it, or remove it to use the default.');
	};
	for (const [name, bounds] of Object.entries(NUMBERS)) check(bounds[0], settings[name as keyof typeof NUMBERS], bounds[1], bounds[2]);
	const { newMonths, atRiskMonths, lapsedMonths } = settings;
	if (newMonths > atRiskMonths || atRiskMonths >= lapsedMonths) {
		throw new CrmError('"New For", "At Risk After" and "Lapsed After" do not follow each other', 'Give them in ascending order, for example 6, 24 and 36 months.');
	}
	const usefulMonths = { ...SEGMENT_DEFAULTS.usefulMonths };
	if (spectaclesMonths !== undefined) {
		check('Spectacles Last', spectaclesMonths, 1, 600);
		for (const type of ['single-vision', 'progressive', 'office', 'reading'] as const) usefulMonths[type] = spectaclesMonths;
	}
	if (sunMonths !== undefined) {
		check('Sunglasses Last', sunMonths, 1, 600);
		usefulMonths.sun = sunMonths;
	}
	return { ...settings, usefulMonths };
}

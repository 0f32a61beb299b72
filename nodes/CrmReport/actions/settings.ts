import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../lib/domain/errors';
import { REPORT_DEFAULTS, type ReportSettings } from '../../../lib/domain/report';
import { wholeNumber } from '../../../lib/occasions/settings';

/** Most months that are looked back on. */
const MOST_MONTHS = 120;
const MOST_DAYS = 365;

export const monthsField: INodeProperties = {
	displayName: 'Months',
	name: 'months',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_MONTHS },
	default: 12,
	description: 'How many months to look back on, this one included',
};

/** What campaigns are looked at with. */
export const campaignOptions: INodeProperties[] = [
	{ displayName: 'Cost of a Staff Hour', name: 'staffHour', type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: 25, description: 'In the currency of the shop: what the time of the staff is added to the costs with' },
	{
		displayName: 'Least Effect (Points)',
		name: 'leastEffect',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 10,
		description: 'How many more customers of 100 must come back for a campaign to be worth its effort. With a tenth held out, a small shop needs years to tell five points from nothing.',
	},
	{ displayName: 'Return Window (Days)', name: 'windowDays', type: 'number', typeOptions: { minValue: 1, maxValue: MOST_DAYS }, default: 60, description: 'Who comes in within so many days after the campaign had to do with them has come back' },
];

export const optionsField: INodeProperties = { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: campaignOptions };

/** The months of the panel. @throws CrmError where they make no sense */
export function readMonths(context: IExecuteFunctions): number {
	return wholeNumber('"Months"', context.getNodeParameter('months', 0, REPORT_DEFAULTS.months), 1, MOST_MONTHS);
}

/** The settings of the panel, with the defaults of what is left out. @throws CrmError naming the one that cannot be used */
export function readSettings(context: IExecuteFunctions): ReportSettings {
	const { windowDays = REPORT_DEFAULTS.windowDays, leastEffect = REPORT_DEFAULTS.leastEffect * 100, staffHour = REPORT_DEFAULTS.centsAnHour / 100 } = context.getNodeParameter('options', 0, {}) as { windowDays?: number; leastEffect?: number; staffHour?: number };
	wholeNumber('"Return Window (Days)"', windowDays, 1, MOST_DAYS);
	if (!(leastEffect >= 1 && leastEffect <= 100)) throw new CrmError('The setting "Least Effect (Points)" is no number from 1 to 100', 'Set it to a number such as 10.');
	if (!(staffHour >= 0)) throw new CrmError('The setting "Cost of a Staff Hour" is no amount', 'Set it to a number such as 25.');
	return { months: readMonths(context), windowDays, leastEffect: leastEffect / 100, centsAnHour: staffHour * 100 };
}

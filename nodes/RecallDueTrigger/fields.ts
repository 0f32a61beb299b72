import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CourseSettings } from '../../lib/occasions/course';
import { DORMANT_DEFAULTS } from '../../lib/occasions/dormant';
import { EYEWEAR_DEFAULTS } from '../../lib/occasions/eyewear';
import { LENSES_DEFAULTS } from '../../lib/occasions/lenses';
import { MISSED_APPOINTMENT_DEFAULTS } from '../../lib/occasions/missedAppointment';
import { OPEN_QUOTE_DEFAULTS } from '../../lib/occasions/openQuote';
import { ORDER_READY_DEFAULTS } from '../../lib/occasions/orderReady';
import { SURVEY_DEFAULTS } from '../../lib/occasions/survey';
import { VISION_DEFAULTS } from '../../lib/occasions/vision';
import { WELCOME_DEFAULTS } from '../../lib/occasions/welcome';

export const KIND_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Contact Lenses Run Out', value: 'recall.lenses', description: 'Some days before the supply of the last sale is used up' },
	{ name: 'Date of Your Own', value: 'date', description: 'Some days before or after a date' },
	{ name: 'Dormant', value: 'recall.dormant', description: 'No visit for longer than the customer\'s own rhythm' },
	{ name: 'Eyewear Check-Up', value: 'recall.eyewear', description: 'Months after the delivery of glasses, one for each person' },
	{ name: 'Missed Appointment', value: 'appointment.missed', description: 'After an appointment that nobody kept' },
	{ name: 'Open Quote', value: 'quote.open', description: 'A quote that had no answer' },
	{ name: 'Order Ready', value: 'order.ready', description: 'An order that waits to be collected' },
	{ name: 'Survey', value: 'survey', description: 'How satisfied somebody is with new glasses; asked once in half a year at most' },
	{ name: 'Vision Check', value: 'recall.vision', description: 'After the last exam, by age and by what the customer wears' },
	{ name: 'Welcome', value: 'welcome', description: 'Somebody new' },
];

/** A collection that is shown where its kind is chosen. */
function settingsOf(kind: string, displayName: string, name: string, options: INodeProperties[]): INodeProperties {
	const sorted = [...options].sort((one, other) => one.displayName.localeCompare(other.displayName));
	return { displayName, name, type: 'collection', placeholder: 'Add setting', default: {}, displayOptions: { show: { kinds: [kind] } }, options: sorted };
}

function count(displayName: string, name: string, preset: number, description: string, [minValue, maxValue]: [number, number] = [1, 120]): INodeProperties {
	return { displayName, name, type: 'number', typeOptions: { minValue, maxValue }, default: preset, description };
}

function daysLate(preset: number): INodeProperties {
	return count('Days Late', 'windowDays', preset, 'How many days late a contact may still begin, for example after an outage', [0, 90]);
}

/** What the kinds with several contacts have in common. */
function courseFields({ windowDays, followUps, callLast }: CourseSettings): INodeProperties[] {
	return [
		daysLate(windowDays),
		{
			displayName: 'Follow-Ups After (Days)',
			name: 'followUps',
			type: 'string',
			default: followUps.join(', '),
			placeholder: 'e.g. 21, 45',
			description: 'Days after the first contact on which the next ones follow, as stages 2 and 3, while the customer neither came nor booked, answered or refused. Empty: only one contact.',
		},
		{
			displayName: 'Last One Is a Call',
			name: 'callLast',
			type: 'boolean',
			default: callLast,
			description: 'Whether the last of several contacts is a call by the shop: its items say <code>occasion.by = call</code>',
		},
	];
}

const afterDays = (preset: number, of: string) => count('Days After', 'afterDays', preset, `Days from ${of} to the first contact`, [0, 180]);

export const KIND_FIELDS: INodeProperties[] = [
	settingsOf('recall.vision', 'Vision Check', 'vision', [
		count('Adult From (Age)', 'adultAge', VISION_DEFAULTS.adultAge, 'Age at the last exam, in years'),
		count('Adults After (Months)', 'adultMonths', VISION_DEFAULTS.adultMonths, 'Months from the last exam to the next. A day that an optometrist set by hand wins over all of these.'),
		count('Lens Wearers After (Months)', 'lensesMonths', VISION_DEFAULTS.lensesMonths, 'For who bought contact lenses in the last two years, where it is less than by age'),
		count('Minors After (Months)', 'minorMonths', VISION_DEFAULTS.minorMonths, 'For who was below Adult From at the last exam'),
		count('Senior From (Age)', 'seniorAge', VISION_DEFAULTS.seniorAge, 'Age at the last exam, in years'),
		count('Seniors After (Months)', 'seniorMonths', VISION_DEFAULTS.seniorMonths, 'For who had reached Senior From at the last exam'),
		...courseFields(VISION_DEFAULTS),
	]),
	settingsOf('recall.eyewear', 'Eyewear Check-Up', 'eyewear', [
		count('First After (Months)', 'firstMonths', EYEWEAR_DEFAULTS.firstMonths, 'Months from the last delivery of glasses to the first check'),
		count('Then Every (Months)', 'thenMonths', EYEWEAR_DEFAULTS.thenMonths, 'Months from one check to the next, while there is no newer pair'),
		count('Times', 'times', EYEWEAR_DEFAULTS.times, 'How many checks one pair gives', [1, 20]),
		...courseFields(EYEWEAR_DEFAULTS),
	]),
	settingsOf('recall.lenses', 'Contact Lenses Run Out', 'lenses', [
		count('Days Before', 'leadDays', LENSES_DEFAULTS.leadDays, 'Days before the last ones are used up', [0, 60]),
		...courseFields(LENSES_DEFAULTS),
	]),
	settingsOf('recall.dormant', 'Dormant', 'dormant', [
		{
			displayName: 'Times the Rhythm', name: 'factor', type: 'number', typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 1 }, default: DORMANT_DEFAULTS.factor,
			description: 'How many times the usual time between their visits somebody may stay away',
		},
		count('Not Before (Months)', 'leastMonths', DORMANT_DEFAULTS.leastMonths, 'Nobody counts as dormant sooner after a visit, whatever the rhythm'),
		count('Not After (Months)', 'mostMonths', DORMANT_DEFAULTS.mostMonths, 'Everybody counts as dormant so long after a visit, whatever the rhythm'),
		count('Without a Rhythm (Months)', 'fixedMonths', DORMANT_DEFAULTS.fixedMonths, 'For who came fewer than three times'),
		...courseFields(DORMANT_DEFAULTS),
	]),
	settingsOf('order.ready', 'Order Ready', 'orderReady', [afterDays(ORDER_READY_DEFAULTS.afterDays, 'the day on which the order was ready'), ...courseFields(ORDER_READY_DEFAULTS)]),
	settingsOf('appointment.missed', 'Missed Appointment', 'missedAppointment', [
		afterDays(MISSED_APPOINTMENT_DEFAULTS.afterDays, 'the appointment'), ...courseFields(MISSED_APPOINTMENT_DEFAULTS),
	]),
	settingsOf('quote.open', 'Open Quote', 'openQuote', [afterDays(OPEN_QUOTE_DEFAULTS.afterDays, 'the quote'), ...courseFields(OPEN_QUOTE_DEFAULTS)]),
	settingsOf('survey', 'Survey', 'survey', [afterDays(SURVEY_DEFAULTS.afterDays, 'the last delivery of glasses'), daysLate(SURVEY_DEFAULTS.windowDays)]),
	settingsOf('welcome', 'Welcome', 'welcome', [
		afterDays(WELCOME_DEFAULTS.afterDays, 'the day of the entry'),
		daysLate(WELCOME_DEFAULTS.windowDays),
		count('Most New Customers a Day', 'mostADay', WELCOME_DEFAULTS.mostADay, 'A day on which more were entered was an import, and nobody is welcomed for it', [1, 10_000]),
	]),
	{
		displayName: 'Dates of Your Own',
		name: 'dates',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Date',
		default: {},
		displayOptions: { show: { kinds: ['date'] } },
		options: [
			{
				displayName: 'Date',
				name: 'date',
				values: [
					{
						displayName: 'Class',
						name: 'class',
						type: 'options',
						default: 'recall',
						options: [
							{ name: 'Promotional', value: 'promotional' },
							{ name: 'Recall', value: 'recall' },
							{ name: 'Relational', value: 'relational' },
							{ name: 'Service', value: 'service' },
						],
						description: 'What the message is for: decides which consent it needs and which step of the rollout opens it',
					},
					{
						displayName: 'Days',
						name: 'days',
						type: 'number',
						typeOptions: { minValue: -3650, maxValue: 3650 },
						default: -7,
						description: 'Days after the date; a number below 0 is before it',
					},
					daysLate(7),
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. guarantee-end',
						description: 'Small letters, digits and hyphens. The occasion is then called date.guarantee-end, and so is the template that is taken for it.',
					},
					{
						displayName: 'Source',
						name: 'source',
						type: 'options',
						default: 'ownDate',
						options: [
							{ name: 'Booked Appointment', value: 'appointment' },
							{ name: 'Date of This Name in the Store', value: 'ownDate' },
							{ name: 'Day of the Entry', value: 'entered' },
							{ name: 'Last Delivery of Glasses', value: 'delivery' },
							{ name: 'Last Exam', value: 'exam' },
						],
					},
				],
			},
		],
	},
];

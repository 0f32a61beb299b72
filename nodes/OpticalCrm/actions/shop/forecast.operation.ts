import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Channel } from '../../../../lib/domain/glossary';
import { CrmError } from '../../../../lib/domain/errors';
import { plusDays } from '../../../../lib/domain/time';
import { countForecast, type ForecastEntry } from '../../../../lib/report/forecast';
import { now } from '../../../shared/clock';
import { CHANNEL_OPTIONS } from '../../../shared/options';
import { storeOf } from '../../../shared/store';
import { costFields, readCosts } from './forecast/costs';
import { usualTriggers } from './forecast/kinds';
import { forecast, type ForecastContact } from './forecast/simulate';

export const option = {
	name: 'Forecast',
	value: 'forecast',
	action: 'Forecast the contacts of the shop',
	description:
		'Show who would be contacted on the next days, why, on which channel, how many calls the staff would make, and what it would cost, before anything is switched on. Changes and sends nothing. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Assumes that the Due triggers run with the settings they begin with, that each message is approved at once, and that nobody reacts. While it reckons, others who want to write to the store wait.',
		name: 'forecastNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 92 },
		default: 30,
		description: 'How many days to look ahead, today included',
	},
	{
		displayName: 'Occasions',
		name: 'kinds',
		type: 'multiOptions',
		default: [
			'birthday', 'order.ready', 'appointment.missed', 'recall.lenses', 'recall.vision', 'recall.eyewear', 'quote.open', 'recall.dormant', 'welcome', 'survey', 'progressive',
		],
		options: [
			{ name: 'Birthday', value: 'birthday' },
			{ name: 'Contact Lenses Running Out', value: 'recall.lenses' },
			{ name: 'Dormant Customer', value: 'recall.dormant' },
			{ name: 'Eyewear Check-Up', value: 'recall.eyewear' },
			{ name: 'Missed Appointment', value: 'appointment.missed' },
			{ name: 'Open Quote', value: 'quote.open' },
			{ name: 'Order Ready', value: 'order.ready' },
			{ name: 'Progressive Follow-Up', value: 'progressive' },
			{ name: 'Survey', value: 'survey' },
			{ name: 'Vision Check', value: 'recall.vision' },
			{ name: 'Welcome', value: 'welcome' },
		],
		description: 'The occasions whose triggers would be switched on',
	},
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		default: ['email'],
		options: CHANNEL_OPTIONS.filter(({ value }) => value !== 'call'),
		description: 'Channels of messages to try, in this order. Where an occasion asks for a call, the staff call.',
	},
	{
		displayName: 'Give',
		name: 'give',
		type: 'options',
		default: 'days',
		options: [
			{ name: 'Contacts', value: 'contacts', description: 'One item for each occasion: who, why, and on which channel or why not' },
			{ name: 'Days', value: 'days', description: 'One item for each day, with counts and costs' },
			{ name: 'Total', value: 'total', description: 'One item for all days together' },
		],
	},
	costFields,
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const parameter = <Value>(name: string) => context.getNodeParameter(name, 0) as Value;
	const days = parameter<number>('days');
	if (!Number.isInteger(days) || days < 1 || days > 92) throw new CrmError('Days is not a whole number from 1 to 92.', 'Set it to a number such as 30.');
	const costs = readCosts(context, store.shop);
	const chosen = parameter<string[]>('kinds');
	const triggers = usualTriggers(store.shop.timeZone).map((trigger) => ({ ...trigger, kinds: trigger.kinds.filter(({ kind }) => chosen.includes(kind)) }));
	const { from, contacts, leftOut } = await forecast(store, { days, channels: parameter<Channel[]>('channels'), triggers }, now());
	const count = (some: readonly ForecastContact[]) => countForecast(some.map(toEntry), costs);
	const give = {
		contacts: () => contacts as unknown as IDataObject[],
		days: () => Array.from({ length: days }, (_, ahead) => plusDays(from, ahead)).map((day) => ({ day, ...count(contacts.filter((contact) => contact.day === day)) })),
		total: () => [{ from, to: plusDays(from, days - 1), ...count(contacts), leftOut }],
	};
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [give[parameter<keyof typeof give>('give')]().map((json) => ({ json: json as IDataObject, pairedItem }))];
}

function toEntry({ occasion: { kind }, ...entry }: ForecastContact): ForecastEntry {
	return { ...entry, kind };
}

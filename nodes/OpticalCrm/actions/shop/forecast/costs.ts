import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { costOf } from '../../../../../lib/channels/cost';
import { CrmError } from '../../../../../lib/domain/errors';
import type { Channel } from '../../../../../lib/domain/glossary';
import type { Prices } from '../../../../../lib/domain/prices';
import type { Shop } from '../../../../../lib/domain/shop';
import type { ContactCosts } from '../../../../../lib/report/forecast';

const NAMES = { email: 'E-Mail', sms: 'SMS', whatsapp: 'WhatsApp', letter: 'Letter', call: 'Call', push: 'Push' };
const CHANNELS = Object.entries(NAMES) as Array<[keyof typeof NAMES, string]>;
const APPROVAL_MINUTES = 0.5;
const STAFF_COST = 25;

const amount = (displayName: string, name: string, value: number, description: string): INodeProperties => ({
	displayName, name, type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: value, description,
});

/** The collection of costs; what is not in it costs what is usual. */
export const costFields: INodeProperties = {
	displayName: 'Costs',
	name: 'costs',
	type: 'collection',
	placeholder: 'Add Cost',
	default: {},
	options: [
		amount('Cost of a Staff Hour', 'staffHour', STAFF_COST, 'In the currency of the shop, as all costs here'),
		...CHANNELS.map(([channel, name]) => amount(`Cost per ${name}`, `cost_${channel}`, usual(channel).euro, 'What the provider or the post asks for one. Not added: by the prices of the shop.')),
		amount('Minutes per Approval', 'approvalMinutes', APPROVAL_MINUTES, 'Time of the staff to read and approve one message'),
		...CHANNELS.map(([channel, name]) => amount(`Minutes per ${name}`, `minutes_${channel}`, usual(channel).minutes, 'Time of the staff for one, beside the approval')),
	].sort((one, other) => one.displayName.localeCompare(other.displayName)),
};

/** One message of the shop, as long as messages usually are, by the shop's own prices. On WhatsApp what is written first is a template, and greetings and recalls are marketing. */
function usual(channel: Channel, prices?: Partial<Prices>): { euro: number; minutes: number } {
	const extra = channel === 'whatsapp' ? { whatsApp: { name: '', language: '', category: 'MARKETING' as const, parameterFormat: 'NAMED' as const, body: [] } } : undefined;
	const { mills, staffSeconds } = costOf({ channel, extra }, prices);
	return { euro: mills / 1000, minutes: staffSeconds / 60 };
}

/**
 * What is set on the panel; the rest goes by the prices of the shop.
 * @throws CrmError for an amount below zero
 */
export function readCosts(context: IExecuteFunctions, { prices }: Pick<Shop, 'prices'>): ContactCosts {
	const given = context.getNodeParameter('costs', 0, {}) as Record<string, number>;
	const read = (name: string, otherwise: number): number => {
		const value = given[name] ?? otherwise;
		if (typeof value === 'number' && value >= 0) return value;
		throw new CrmError(`The cost ${name} is not a number from 0 up.`, 'Write it as a number, for example 0.06.');
	};
	const ofChannels = (prefix: string, field: 'euro' | 'minutes', factor: number) =>
		Object.fromEntries(CHANNELS.map(([channel]) => [channel, read(`${prefix}_${channel}`, usual(channel, prices)[field]) * factor]));
	return {
		centsFor: ofChannels('cost', 'euro', 100),
		minutesFor: ofChannels('minutes', 'minutes', 1),
		approvalMinutes: read('approvalMinutes', APPROVAL_MINUTES),
		centsAnHour: read('staffHour', STAFF_COST) * 100,
	};
}

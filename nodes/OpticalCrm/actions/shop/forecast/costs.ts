import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ContactCosts } from '../../../../../lib/report/forecast';
import { CrmError } from '../../../../../lib/domain/errors';

/** Channels with what one contact costs and takes unless the shop says otherwise: euro, and minutes of the staff. Rough figures of ours. */
const USUAL = {
	email: { name: 'E-Mail', cost: 0, minutes: 0 },
	sms: { name: 'SMS', cost: 0.06, minutes: 0 },
	whatsapp: { name: 'WhatsApp', cost: 0.07, minutes: 0 },
	letter: { name: 'Letter', cost: 1.5, minutes: 3 },
	call: { name: 'Call', cost: 0, minutes: 5 },
	push: { name: 'Push', cost: 0, minutes: 0 },
};
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
		...Object.entries(USUAL).map(([channel, { name, cost }]) => amount(`Cost per ${name}`, `cost_${channel}`, cost, 'What the provider or the post asks for one')),
		amount('Minutes per Approval', 'approvalMinutes', APPROVAL_MINUTES, 'Time of the staff to read and approve one message'),
		...Object.entries(USUAL).map(([channel, { name, minutes }]) => amount(`Minutes per ${name}`, `minutes_${channel}`, minutes, 'Time of the staff for one, beside the approval')),
	].sort((one, other) => one.displayName.localeCompare(other.displayName)),
};

/** @throws CrmError for an amount below zero */
export function readCosts(context: IExecuteFunctions): ContactCosts {
	const given = context.getNodeParameter('costs', 0, {}) as Record<string, number>;
	const read = (name: string, usual: number): number => {
		const value = given[name] ?? usual;
		if (typeof value === 'number' && value >= 0) return value;
		throw new CrmError(`The cost ${name} is not a number from 0 up.`, 'Write it as a number, for example 0.06.');
	};
	const ofChannels = (prefix: string, field: 'cost' | 'minutes', factor: number) =>
		Object.fromEntries(Object.entries(USUAL).map(([channel, usual]) => [channel, read(`${prefix}_${channel}`, usual[field]) * factor]));
	return {
		centsFor: ofChannels('cost', 'cost', 100),
		minutesFor: ofChannels('minutes', 'minutes', 1),
		approvalMinutes: read('approvalMinutes', APPROVAL_MINUTES),
		centsAnHour: read('staffHour', STAFF_COST) * 100,
	};
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { plusMinutes } from '../../../../lib/domain/time';
import { numbersToCheck } from '../../../../lib/store/rpo';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Export RPO Numbers',
	value: 'exportRpoNumbers',
	action: 'Export numbers for the opposition register',
	description: 'Get the phone numbers whose last check with the Registro Pubblico delle Opposizioni is too old, each once',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Older Than Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 15,
		description: 'A check is good for 15 days. Numbers that were never checked are always exported.',
	},
	{
		displayName: 'Most for Each Run',
		name: 'most',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10_000,
		description: 'How many numbers one execution gets at the most. The others come with the next run, once the answers for these are recorded.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const days = Number(context.getNodeParameter('days', 0));
	const numbers = await numbersToCheck(await storeOf(context), plusMinutes(now(), -days * 24 * 60), Number(context.getNodeParameter('most', 0, 10_000)));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [numbers.map((number) => ({ json: { ...number }, pairedItem }))];
}

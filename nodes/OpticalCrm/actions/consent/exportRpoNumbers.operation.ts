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
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const days = Number(context.getNodeParameter('days', 0));
	const numbers = await numbersToCheck(await storeOf(context), plusMinutes(now(), -days * 24 * 60));
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [numbers.map((number) => ({ json: { ...number }, pairedItem }))];
}

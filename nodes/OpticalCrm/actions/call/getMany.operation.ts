import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { callsToday, USUAL_CALLS } from '../../../shared/calls';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many calls',
	description: 'Get the calls of today, in the order in which to make them: those that the contact rules allow, and no more than the day has room for',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Calls a Day',
		name: 'perDay',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 12,
		description: 'How many calls the shop can make in a day. Those that were tried today count; the others come tomorrow, the most important first.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const output: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const { calls } = await callsToday(store, { ...USUAL_CALLS, perDay: context.getNodeParameter('perDay', index) as number }, now());
			output.push(...calls.map((call) => ({ json: { ...call } as unknown as IDataObject, pairedItem: { item: index } })));
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [[...output, ...answers.output.filter(Boolean)]];
}

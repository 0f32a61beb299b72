import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { shopToday } from '../../lib/domain/shop';
import { wholeNumber } from '../../lib/occasions/settings';
import { campaignCosts } from '../../lib/store/report/costs';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { storeOf } from '../shared/store';
import { monthsBefore, withTotal } from './costs';

export class CrmReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Report',
		name: 'crmReport',
		icon: { light: 'file:../icons/report.svg', dark: 'file:../icons/report.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "costs of " + $parameter["months"] + " months" }}',
		description: 'Tells what the shop\'s messages cost: what providers ask and the staff\'s time, by month, campaign and channel',
		defaults: { name: 'CRM Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName: 'Reads the <b>store</b> only, nothing of the items; gives back <b>total</b> and <b>rows</b>. What a rehearsal sent is not counted.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Get Costs',
						value: 'costs',
						action: 'Get what messages cost',
						description: 'Get what was spent, by month, campaign and channel, with the sum of all. It runs once, whatever the number of items.',
					},
				],
				default: 'costs',
			},
			{
				displayName: 'Months',
				name: 'months',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 120 },
				default: 12,
				description: 'How many months to look back on, this one included',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const months = this.getNodeParameter('months', 0, 12) as number;
			wholeNumber('"Months"', months, 1, 120);
			const store = await storeOf(this);
			const rows = await campaignCosts(store, monthsBefore(shopToday(store.shop, now()), months - 1));
			return [[{ json: withTotal(rows) as unknown as IDataObject, pairedItem: this.getInputData().map((_, item) => ({ item })) }]];
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeError } from '../shared/errors';
import { storeOf } from '../shared/store';
import { OPERATIONS, operationFields } from './actions';

export class CrmReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Report',
		name: 'crmReport',
		icon: { light: 'file:../icons/report.svg', dark: 'file:../icons/report.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Tells how the shop is doing and what its campaigns bring: three figures by month, each campaign against those left out, goals and costs, as JSON, page and mail',
		defaults: { name: 'CRM Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName: 'Reads the <b>store</b> only, nothing of the items; gives back one item. No customer is named in it. What a rehearsal sent is not counted.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: Object.values(OPERATIONS).map(({ option }) => option),
				default: 'report',
			},
			...operationFields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const operation = OPERATIONS[String(this.getNodeParameter('operation', 0))];
			const told = await operation.read(this, await storeOf(this));
			return [[{ ...told, pairedItem: this.getInputData().map((_, item) => ({ item })) }]];
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

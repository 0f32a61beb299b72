import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { nodeError } from '../shared/errors';
import { storeOf } from '../shared/store';
import { choiceForBoth, toldField } from '../shared/tool';
import { OPERATIONS, operationFields } from './actions';

const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: Object.values(OPERATIONS).map(({ option }) => option),
	default: 'report',
};

/** What a language model is told of the operations that it may use: those that give figures alone, and neither a page nor a mail. */
const TOLD = {
	kpis: 'Get the three figures of the optical shop by month, each beside the year before: return frequency, average basket (in euro cents) and pairs in use per customer. Names no customer.',
	campaigns: 'Get what each campaign of the optical shop brought: who was due, sent, delivered, answered, booked and came back, revenue and costs (in euro cents), the difference against the customers left out on purpose, a verdict and advice. Names no customer.',
	costs: 'Get what the optical shop has spent on contacts, by month, campaign and channel, in euros and minutes of the staff.',
	goals: 'Get the goals that the lead of the optical shop has set, each with how many customers are where they should be.',
};

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
			...choiceForBoth(OPERATION, Object.keys(TOLD)),
			...operationFields,
			...Object.entries(TOLD).map(([operation, told]) => toldField(told, { operation: [operation] })),
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

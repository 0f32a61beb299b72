import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import { openAlerts } from '../../../../lib/store/alerts';
import { now } from '../../../shared/clock';
import { parameterOfItems } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Raise',
	value: 'raise',
	action: 'Raise an alert on the desk',
	description: 'Tell the staff on the Desk that a workflow failed, or that data are due to be forgotten. Names of workflows and numbers are kept; the message of an error is not, because it may name a customer.',
};

const forAbout = (about: string) => ({ show: { about: [about] } });

export const fields: INodeProperties[] = [
	{
		displayName: 'About',
		name: 'about',
		type: 'options',
		options: [
			{ name: 'A Workflow That Failed', value: 'workflow', description: 'Behind the Error Trigger' },
			{ name: 'Data to Forget', value: 'retention', description: 'Behind the preview of Customer > Apply Retention' },
		],
		default: 'workflow',
		description: 'What the staff should know',
	},
	{ displayName: 'Workflow Name', name: 'workflowName', type: 'string', default: '={{ $json.workflow.name }}', required: true, displayOptions: forAbout('workflow'), description: 'The workflow that failed, as the Error Trigger names it' },
	{ displayName: 'Node Name', name: 'nodeName', type: 'string', default: '={{ $json.execution?.lastNodeExecuted }}', displayOptions: forAbout('workflow'), description: 'The node at which it stopped; empty where it did not start at all' },
	{ displayName: 'Execution ID', name: 'executionId', type: 'string', default: '={{ $json.execution?.id }}', displayOptions: forAbout('workflow'), description: 'The number under which n8n keeps the execution; empty where it keeps none' },
	{ displayName: 'How Many', name: 'count', type: 'string', default: '={{ $json.count + $json.purchaseDetails }}', displayOptions: forAbout('retention'), description: 'Customers and sales whose time is over' },
];

/** Longest name that the Desk shows, in characters. */
const NAME = 100;

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const at = now();
	const answers = answersOf(context);
	const indexes = context.getInputData().map((_, index) => index);
	const about = context.getNodeParameter('about', 0) as string;
	const read = (name: string) => parameterOfItems<unknown>(context, name, indexes, '');
	const [workflows, nodes, ids, counts] = about === 'workflow' ? [...['workflowName', 'nodeName', 'executionId'].map(read), []] : [[], [], [], read('count')];
	const alerts = indexes.flatMap((index) => {
		try {
			const told = about === 'workflow' ? failureOf(workflows[index], nodes[index], ids[index]) : { subject: String(wholeCount(counts[index])), code: 'RETENTION_DUE' };
			const alert = { kind: about, ...told };
			answers.output[index] = { json: { ...alert, since: at } as IDataObject, pairedItem: { item: index } };
			return [alert];
		} catch (error) {
			answers.fail(index, error);
			return [];
		}
	});
	await openAlerts(store, alerts, at);
	return [answers.output];
}

/** @throws CrmError without a workflow's name, or where the execution's ID is none */
function failureOf(workflow: unknown, node: unknown, execution: unknown): { subject: string; code: string } {
	const [name, at, id] = [workflow, node, execution].map((value) => String(value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim());
	if (!name) throw new CrmError('The name of the workflow that failed is missing', 'Connect the node to an Error Trigger, or fill in Workflow Name.');
	if (!/^[\w-]{0,40}$/.test(id)) throw new CrmError('The execution ID is none', 'Give the number that n8n has for the execution, or leave it empty.');
	return { subject: [name, at].filter(Boolean).map((text) => text.slice(0, NAME)).join(' > '), code: id ? `EXECUTION_${id}` : 'NOT_STARTED' };
}

function wholeCount(given: unknown): number {
	const count = Number(given);
	if (Number.isSafeInteger(count) && count >= 0) return count;
	throw new CrmError('How Many is no number', 'Connect the node to Customer > Apply Retention, or fill it in.');
}

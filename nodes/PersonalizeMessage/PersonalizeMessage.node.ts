import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { listTemplates } from '../../lib/messages/load';
import { ownTemplates } from '../../lib/store/ownTemplates';
import { outputItem, readBatch } from '../shared/items';
import { parameterOfItems } from '../shared/parameters';
import { storeOf } from '../shared/store';
import { personalize, previewMessage } from './personalize';

export class PersonalizeMessage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Personalize Message',
		name: 'personalizeMessage',
		icon: { light: 'file:../icons/personalize.svg', dark: 'file:../icons/personalize.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["template"] || "template by occasion" }}',
		description: 'Writes the message for each customer from a template, as one person writes to another',
		defaults: { name: 'Personalize Message' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName:
					'Reads <b>customer</b>, <b>occasion</b> and <b>decision</b> (for the channel), adds <b>message</b> with subject, text and HTML.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Template Name or ID',
				name: 'template',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getTemplates' },
				default: '',
				description:
					'The text to write from. Left empty, the template with the name of the occasion is taken, for example birthday, or progressive.3 for its third stage. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				default: 'message',
				options: [
					{ name: 'Message', value: 'message', description: 'Adds the message, for Queue for Approval' },
					{ name: 'Preview', value: 'preview', description: 'Adds a preview with remarks on it; nothing can be queued from it, and no decision is needed' },
				],
				description: 'Look at the preview first: for example Optical CRM > Get Segment with a limit of ten and a campaign, then this node',
			},
		],
	};

	methods = {
		loadOptions: {
			async getTemplates(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				// Without a store that opens, the texts of the package can be chosen all the same.
				const own = await storeOf(this).then(ownTemplates).catch(() => []);
				const ids = [...new Set([...own, ...listTemplates()].map(({ id }) => id))].sort();
				return [{ name: 'By Occasion Kind', value: '' }, ...ids.map((id) => ({ name: id, value: id }))];
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const store = await storeOf(this);
		const isPreview = this.getNodeParameter('output', 0, 'message') === 'preview';
		const { work, failed, fail } = readBatch(this, isPreview ? ['customer', 'occasion'] : ['customer', 'occasion', 'decision']);
		const templates = parameterOfItems(this, 'template', work.map(({ index }) => index), '');
		const own = await ownTemplates(store);
		const written: INodeExecutionData[] = [];
		work.forEach((entry, position) => {
			try {
				const added = isPreview ? { preview: previewMessage(store, entry.item, templates[position], own) } : { message: personalize(store, entry.item, templates[position], own) };
				written.push(outputItem(entry, added));
			} catch (error) {
				fail(entry.index, error);
			}
		});
		return [[...written, ...failed]];
	}
}

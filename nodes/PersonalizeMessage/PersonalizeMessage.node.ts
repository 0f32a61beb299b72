import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Channel } from '../../lib/domain/glossary';
import { listTemplates } from '../../lib/messages/load';
import { ownTemplates } from '../../lib/store/ownTemplates';
import { whatsAppTemplates } from '../../lib/store/whatsApp/whatsAppAccount';
import { outputItem, readBatch } from '../shared/items';
import { now } from '../shared/clock';
import { CHANNEL_OPTIONS } from '../shared/options';
import { parameterOfItems } from '../shared/parameters';
import { storeOf, storeOfExecution } from '../shared/store';
import { connectedModel, costHint, MODEL_INPUT } from './model';
import { messageWriting, previewWriting, type PreviewSettings } from '../shared/personalize';
import { rewordMessages, type Draft } from './reword';
import { REWORDING_FIELDS, rewordingSettings } from './rewordingFields';

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
		inputs: `={{ $parameter.reword ? ${JSON.stringify([NodeConnectionTypes.Main, MODEL_INPUT])} : ${JSON.stringify([NodeConnectionTypes.Main])} }}`,
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		properties: [
			{
				displayName:
					'Next: <b>Queue for Approval</b>. Reads <b>customer</b>, <b>occasion</b> and <b>decision</b> (for the channel), and what the template asks for of <b>appointment</b>, <b>order</b>, <b>quote</b>, <b>offer</b>, <b>household</b> and <b>link</b>. Adds <b>message</b> with the text as it will arrive.',
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
					{ name: 'Preview', value: 'preview', description: 'Adds a preview with remarks and what it costs; nothing can be queued from it, and no decision is needed' },
				],
				description: 'Look at the preview first: for example Optical CRM > Campaign > Hand Out with What to Do: Only Show, then this node',
			},
			{
				displayName: 'Channel Without Decision',
				name: 'channel',
				type: 'options',
				options: CHANNEL_OPTIONS,
				default: 'email',
				displayOptions: { show: { output: ['preview'] } },
				description: 'The channel to preview where no Consent Check has decided on one',
			},
			...REWORDING_FIELDS,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Rewrite SMS in Plain Letters',
						name: 'plainSms',
						type: 'boolean',
						default: false,
						description: 'Whether to write SMS with the letters that take the least room: E\' for È, straight quotes, no emoji',
					},
				],
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
		const store = await storeOfExecution(this);
		const isPreview = this.getNodeParameter('output', 0, 'message') === 'preview';
		const { work, failed, fail } = readBatch(this, isPreview ? ['customer', 'occasion'] : ['customer', 'occasion', 'decision']);
		const templates = parameterOfItems(this, 'template', work.map(({ index }) => index), '');
		const channel = this.getNodeParameter('channel', 0, 'email') as Channel;
		const options = this.getNodeParameter('options', 0, {}) as Pick<PreviewSettings, 'plainSms'>;
		const byWhatsApp = work.some(({ item }) => (item.decision?.channel ?? channel) === 'whatsapp');
		const settings: PreviewSettings = { ...options, channel, own: await ownTemplates(store), ...(byWhatsApp && { account: await whatsAppTemplates(store) }) };
		const begin = isPreview ? previewWriting : messageWriting;
		let drafts: Draft[] = [];
		work.forEach((entry, position) => {
			try {
				const writing = begin(store, entry.item, templates[position], settings);
				drafts.push({ entry, writing, message: writing.write() });
			} catch (error) {
				fail(entry.index, error);
			}
		});
		if (this.getNodeParameter('reword', 0, false) === true) {
			const reworded = await rewordMessages(store.shop, drafts, await connectedModel(this), rewordingSettings(this), now());
			drafts = reworded.drafts;
			this.addExecutionHints(costHint(reworded));
		}
		const written = drafts.map(({ entry, message }) => outputItem(entry, isPreview ? { preview: message } : { message }));
		return [[...written, ...failed]];
	}
}

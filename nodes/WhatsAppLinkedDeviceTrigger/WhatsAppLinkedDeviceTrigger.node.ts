import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IDataObject,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { HUMAN_GAP, typingMs } from '../../lib/channels/linkedDevice/pace';
import type { LinkedDeviceSettings } from '../../lib/channels/linkedDevice/settings';
import type { Store } from '../../lib/store/open';
import { now } from '../shared/clock';
import { nodeError } from '../shared/errors';
import { storeOf } from '../shared/store';
import { Phone, type PhoneSettings } from './phone';
import { checkedSettings, testSettings } from './settings';
import { shownPhone } from './shown';

/** What the panel's options hold. */
interface NodeOptions {
	perDay?: number;
	shortestGap?: number;
	longestGap?: number;
}

const BEAT_MS = 5_000;
const HOLD_MS = 60_000;
const ACK_MS = 30_000;

export class WhatsAppLinkedDeviceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Linked Device Trigger',
		name: 'whatsAppLinkedDeviceTrigger',
		icon: { light: 'file:../icons/phone.svg', dark: 'file:../icons/phone.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'the shop\'s own phone',
		description: 'Keeps the session of the shop\'s own phone, sends what Send Message left for it as a person would, and starts the workflow when a customer answers',
		defaults: { name: 'WhatsApp Linked Device Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true },
			{ name: 'opticalLinkedDeviceApi', displayName: 'Linked Device', required: true, testedBy: 'settingsCanBeUsed' },
		],
		triggerPanel: {
			header: 'The shop\'s phone',
			executionsHelp: {
				inactive: 'Publish the workflow: the published workflow keeps the session. Then execute this node to see the QR code, or open the page Phone of the Desk as a lead.',
				active: 'The published workflow keeps the session. Execute this node to see the QR code or how the phone stands.',
			},
			activationHint: 'Once the workflow is published, the phone can be linked.',
		},
		properties: [
			{
				displayName:
					'For service messages and answers only, to people who have written to the shop, and off until the shop\'s policy switches <b>WhatsApp Linked Device</b> on. WhatsApp allows this way to no business: it may restrict or ban the number. One node for each shop.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Longest Pause (Seconds)',
						name: 'longestGap',
						type: 'number',
						typeOptions: { minValue: 20, maxValue: 3600 },
						default: 150,
						description: 'The longest pause between two messages',
					},
					{
						displayName: 'Most per Day',
						name: 'perDay',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 40 },
						default: 40,
						description: 'How many messages leave in a day at the most. The age of the link allows 5 at first, and 40 after a month; this can only lower it.',
					},
					{
						displayName: 'Shortest Pause (Seconds)',
						name: 'shortestGap',
						type: 'number',
						typeOptions: { minValue: 20, maxValue: 3600 },
						default: 40,
						description: 'The shortest pause between two messages',
					},
				],
			},
		],
	};

	methods = {
		credentialTest: {
			async settingsCanBeUsed(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
				return testSettings((credential.data ?? {}) as Partial<LinkedDeviceSettings>);
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		try {
			const store = await storeOf(this);
			const credential = checkedSettings(await this.getCredentials<Partial<LinkedDeviceSettings> & ICredentialDataDecryptedObject>('opticalLinkedDeviceApi'));
			if (this.getMode() === 'manual') {
				return { manualTriggerFunction: async () => await show(this, store) };
			}
			const { perDay, shortestGap = HUMAN_GAP.shortest, longestGap = HUMAN_GAP.longest } = this.getNodeParameter('options', {}) as NodeOptions;
			const settings: PhoneSettings = { ...credential, perDay, gap: { shortest: shortestGap, longest: Math.max(shortestGap, longestGap) }, typing: (text) => typingMs(text, Math.random), ackMs: ACK_MS, beatMs: BEAT_MS, holdMs: HOLD_MS, random: Math.random };
			const phone = new Phone({
				store, settings, clock: now,
				emit: (events) => this.emit([events.map((json) => ({ json: json as unknown as IDataObject }))]),
				warn: (error) => this.logger.warn(`${this.getNode().name}: ${nodeError(this.getNode(), error).message}`),
			});
			phone.start();
			return { closeFunction: async () => await phone.stop() };
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

async function show(context: ITriggerFunctions, store: Store): Promise<void> {
	try {
		const item = await shownPhone(store, now, async (bytes, name, type) => await context.helpers.prepareBinaryData(bytes, name, type));
		context.emit([[item]]);
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

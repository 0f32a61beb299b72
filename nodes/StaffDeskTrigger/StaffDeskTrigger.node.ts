import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { renderProblem } from '../../lib/desk/problemPage';
import type { StoreSettings } from '../../lib/store/open';
import { now } from '../shared/clock';
import { log } from '../shared/log';
import { storeOf } from '../shared/store';
import { answer, readRequest } from '../shared/web';
import { accountProblem, accountsOf, type DeskCredential } from './accounts';
import { answerDesk } from './desk';
import { stillDecided, toItems, type DeskEvent } from './items';
import { keptCredentials } from './keptCredentials';
import { answerMetrics, wantsMetrics } from './metrics';
import { settingsField, settingsOf } from './settings';

export class StaffDeskTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Staff Desk Trigger',
		name: 'staffDeskTrigger',
		icon: { light: 'file:../icons/desk.svg', dark: 'file:../icons/desk.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'the staff\'s page',
		description: 'Serves the page on which the staff approve messages, and starts the workflow with what they decide',
		defaults: { name: 'Staff Desk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true },
			{ name: 'opticalCrmDeskApi', displayName: 'Staff Accounts', required: true, testedBy: 'accountsAreSafe' },
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'desk', isFullPath: false },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'desk', isFullPath: false },
		],
		triggerPanel: {
			header: 'Open the Desk',
			executionsHelp: {
				inactive: 'Publish the workflow, then open the Production URL on the counter PC or a phone, and keep it as a bookmark.',
				active: 'The Desk is open at the Production URL. Keep it as a bookmark on the counter PC or a phone.',
			},
			activationHint: 'Once the workflow is published, the staff open the Desk at its Production URL.',
		},
		properties: [
			{
				displayName:
					'Next: <b>Send Message</b>, so that what the staff approve leaves at once. They open the <b>Production URL</b> of this node once the workflow is published.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Start the Workflow When',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Messages Are Approved', value: 'approved' },
					{ name: 'Messages Are Rejected', value: 'rejected' },
				],
				default: ['approved'],
				description: 'What the staff decide that the next nodes should hear of. All of it is in the history anyway. Answers to customers come with the approved ones, approved calls do not: nobody but a person makes them.',
			},
			{
				displayName: 'Seconds to Undo',
				name: 'undoSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 120, numberPrecision: 0 },
				default: 20,
				description: 'How long an approved message waits before it leaves. As long as it has not begun to leave, the staff can take it back. 0 lets it leave at once.',
			},
			settingsField,
		],
	};

	methods = {
		credentialTest: {
			async accountsAreSafe(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
				const data = credential.data as DeskCredential | undefined;
				const problem = accountProblem(accountsOf(data), data?.metricsToken);
				return problem ? { status: 'Error', message: problem } : { status: 'OK', message: 'The accounts can be used' };
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const events = this.getNodeParameter('events', ['approved']) as DeskEvent[];
		const undoSeconds = Math.min(120, Math.max(0, Number(this.getNodeParameter('undoSeconds', 20)) || 0));
		const make = async () => {
			const place = await keptCredentials<StoreSettings>(this, 'opticalCrmStoreApi');
			const credential = await keptCredentials<DeskCredential>(this, 'opticalCrmDeskApi');
			const [request, open] = [readRequest(this), async () => await storeOf(this, place)];
			if (wantsMetrics(request)) return { page: await answerMetrics({ token: credential.metricsToken, shop: place.shop, place, open, now: now() }, request), items: [] };
			const store = await open();
			const { page, decision, deed } = await answerDesk({ store, place, accounts: accountsOf(credential), undoSeconds, now: now(), settings: settingsOf(this), url: this.getNodeWebhookUrl('default') }, request);
			if (deed) log(this, 'desk', store.shop, { ...deed });
			const items = toItems(decision, events);
			return undoSeconds > 0 && items.length > 0 ? { page, items: async () => await stillDecided(store, items, undoSeconds) } : { page, items };
		};
		return await answer(this, make, () => renderProblem({ language: 'it', problem: 'failure' }));
	}
}

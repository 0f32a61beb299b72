import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { nodeError } from '../shared/errors';
import { choiceForBoth, isTool } from '../shared/tool';
import { OPERATIONS, operationProperties } from './actions';
import { ASKING_META } from './actions/whatsApp';
import { importFields } from './columns/importFields';
import { testMailbox } from './methods/testMailbox';
import { searchCustomers } from './methods/searchCustomers';
import { testStore } from './methods/testStore';
import { checkModelMay, forModel, TOLD_FIELDS, TOOL_OPERATIONS } from './tool';

const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Alert', value: 'alert' },
		{ name: 'Appointment', value: 'appointment' },
		{ name: 'Call', value: 'call' },
		{ name: 'Campaign', value: 'campaign' },
		{ name: 'Consent', value: 'consent' },
		{ name: 'Contact History', value: 'contactHistory' },
		{ name: 'Customer', value: 'customer' },
		{ name: 'Desk', value: 'desk' },
		{ name: 'Equipment', value: 'equipment' },
		{ name: 'Exam', value: 'exam' },
		{ name: 'Frequent Question', value: 'question' },
		{ name: 'Household', value: 'household' },
		{ name: 'Letter', value: 'letter' },
		{ name: 'Mailbox', value: 'mailbox' },
		{ name: 'Quote', value: 'quote' },
		{ name: 'Rollout', value: 'rollout' },
		{ name: 'Shop', value: 'shop' },
		{ name: 'Template', value: 'template' },
		{ name: 'Ticket', value: 'ticket' },
		{ name: 'WhatsApp', value: 'whatsApp' },
	],
	default: 'customer',
};

export class OpticalCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Optical CRM',
		name: 'opticalCrm',
		icon: { light: 'file:../icons/crm.svg', dark: 'file:../icons/crm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Keeps what an optical shop knows of its customers: import them from the shop program, find and change them',
		defaults: { name: 'Optical CRM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["operation"] === "import" ? [{ type: "${NodeConnectionTypes.Main}", displayName: "Summary" }, { type: "${NodeConnectionTypes.Main}", displayName: "To Mend" }] : [{ type: "${NodeConnectionTypes.Main}" }] }}`,
		credentials: [
			{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true, testedBy: 'storeOpens' },
			{ name: 'opticalMailboxApi', displayName: 'Mailbox', required: true, testedBy: 'mailboxOpens', displayOptions: { show: { resource: ['mailbox'] } } },
			{ name: 'opticalSmtpApi', displayName: 'Mail Account', required: true, displayOptions: { show: { resource: ['desk'] } } },
			{ name: 'opticalWhatsAppCloudApi', displayName: 'WhatsApp Account', required: true, displayOptions: { show: { resource: ['whatsApp'], operation: ASKING_META } } },
		],
		properties: [
			...choiceForBoth(RESOURCE, Object.keys(TOOL_OPERATIONS)),
			...operationProperties,
			...TOLD_FIELDS,
		],
	};

	methods = {
		resourceMapping: { importFields },
		listSearch: { searchCustomers },
		credentialTest: {
			async storeOpens(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
				return await testStore(credential.data);
			},
			async mailboxOpens(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
				return await testMailbox(credential.data);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const asTool = isTool(this);
		// A resource that a model has no business with has no operations on the tool's panel.
		const operation = this.getNodeParameter('operation', 0, asTool ? '' : undefined) as string;
		try {
			if (asTool) checkModelMay(resource, operation);
			const outputs = await OPERATIONS[resource][operation].execute(this);
			return asTool ? forModel(resource, operation, outputs) : outputs;
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { NewConsent } from '../../../../lib/domain/consent';
import { recordConsents } from '../../../../lib/store/recordConsents';
import { listWordings } from '../../../../lib/store/wordings';
import { now } from '../../../shared/clock';
import { readConsent, type GivenConsent } from '../../../shared/readConsent';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';
import { CHANNELS_OR_ALL, PURPOSES_OR_ALL } from './choices';

export const option = {
	name: 'Record',
	value: 'record',
	action: 'Record a consent',
	description: 'Append what a customer agreed to, denied, withdrew or objected to; an objection also suppresses the addresses',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Denied', value: 'denied', description: 'Asked, and did not agree' },
			{ name: 'Granted', value: 'granted', description: 'Agreed' },
			{ name: 'Objected', value: 'objected', description: 'Does not want to be contacted; the addresses are suppressed too' },
			{ name: 'Withdrawn', value: 'withdrawn', description: 'Took back a consent' },
		],
		default: 'granted',
	},
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: CHANNELS_OR_ALL,
		default: 'email',
	},
	{
		displayName: 'Purpose',
		name: 'purpose',
		type: 'options',
		options: PURPOSES_OR_ALL,
		default: 'marketing',
	},
	{
		displayName: 'Captured At',
		name: 'capturedAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-22',
		description: 'The day, or the moment with its time zone, at which the customer said it; now when empty',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Evidence',
				name: 'evidence',
				type: 'string',
				default: '',
				placeholder: 'e.g. scan 2026/118',
				description: 'Where the proof is. With an operator and a later day it lifts the suppression of an earlier objection.',
			},
			{ displayName: 'Guardian', name: 'guardian', type: 'string', default: '', placeholder: 'e.g. Anna Rossi, mother', description: 'Who agreed for a minor' },
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: [
					{ name: 'English', value: 'en' },
					{ name: 'Italian', value: 'it' },
				],
				default: 'it',
				description: 'The language in which the customer was asked',
			},
			{
				displayName: 'Legal Basis',
				name: 'legalBasis',
				type: 'options',
				options: [
					{ name: 'Consent', value: 'consent', description: 'The customer agreed' },
					{ name: 'Request', value: 'request', description: 'The customer asked to be reminded; for the purpose Recall' },
					{ name: 'Soft Spam', value: 'soft-spam', description: 'The customer left the address in a sale, was informed and did not refuse; counts only for offers by e-mail and where the shop allows it' },
				],
				default: 'consent',
			},
			{ displayName: 'Legal Basis Note', name: 'legalBasisNote', type: 'string', default: '', placeholder: 'e.g. asked by the customer at the counter', description: 'Why this legal basis holds, in your words' },
			{ displayName: 'Method', name: 'method', type: 'string', default: '', placeholder: 'e.g. paper', description: 'How the customer said it, in a word' },
			{ displayName: 'Operator', name: 'operator', type: 'string', default: '', placeholder: 'e.g. Chiara', description: 'The member of staff who took it down' },
			{ displayName: 'Privacy Notice Version', name: 'noticeVersion', type: 'string', default: '', placeholder: 'e.g. 2024-01', description: 'The notice that the customer was shown' },
			{ displayName: 'Wording Version', name: 'wordingVersion', type: 'string', default: '', placeholder: 'e.g. 2026-01', description: 'The wording that the customer agreed to, kept with Add Wording' },
		],
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const wordings = await listWordings(store);
	const at = now();
	const entries: Array<{ index: number; consent: NewConsent }> = [];
	for (const { index, customer } of await chosenCustomers(context, store, answers)) {
		try {
			const given = (name: string) => context.getNodeParameter(name, index, '') as string;
			const more = context.getNodeParameter('additionalFields', index, {}) as Partial<GivenConsent>;
			const consent = { ...more, status: given('status'), channel: given('channel'), purpose: given('purpose'), capturedAt: given('capturedAt') };
			entries.push({ index, consent: readConsent(customer.id, consent, store.shop, wordings, at) });
		} catch (error) {
			answers.fail(index, error);
		}
	}
	const results = await recordConsents(store, entries.map(({ consent }) => consent), at);
	entries.forEach(({ index, consent: { customerId, channel, purpose, status, capturedAt } }, position) => {
		const { status: outcome, ...addresses } = results[position];
		answers.output[index] = { json: { customer: { id: customerId }, outcome, channel, purpose, status, capturedAt, ...addresses }, pairedItem: { item: index } };
	});
	return [answers.output];
}

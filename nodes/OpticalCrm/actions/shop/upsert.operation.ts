import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { PrivacyNotice } from '../../../../lib/domain/shop';
import { isLocalDate } from '../../../../lib/domain/time';
import { checkSettings, openDatabase } from '../../../../lib/store/open';
import { saveShop, type ShopChanges } from '../../../../lib/store/shops';
import { now } from '../../../shared/clock';
import { ALL_PURPOSE_OPTIONS, FORMALITY_OPTIONS, LANGUAGE_OPTIONS } from '../../../shared/options';
import { storeSettings } from '../../../shared/store';

export const option = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update the shop',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'What is not added here stays as it is',
		options: [
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: 'IT',
				description: 'Two letters; also the country of phone numbers without a prefix',
			},
			{
				displayName: 'Customer Page URL',
				name: 'customerPageUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com/webhook/ottica/customer',
				description: 'Public production URL of the Customer Reply Trigger, where the refusal links in messages lead',
			},
			{ displayName: 'E-Mail', name: 'email', type: 'string', default: '', placeholder: 'e.g. ciao@ottica.example', description: 'Sender and reply address' },
			{
				displayName: 'Formality',
				name: 'formality',
				type: 'options',
				options: FORMALITY_OPTIONS,
				default: 'lei',
				description: 'How customers are addressed, unless their own record says otherwise',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: LANGUAGE_OPTIONS,
				default: 'it',
			},
			{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Ottica Belvedere' },
			{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +39 055 0000000' },
			{ displayName: 'Postal Code', name: 'postalCode', type: 'string', default: '' },
			{
				displayName: 'Privacy Notices',
				name: 'privacyNotices',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Notice',
				default: {},
				description: 'The versions of the privacy notice that customers were shown, and the purposes that each explains',
				options: [
					{
						displayName: 'Notice',
						name: 'notice',
						values: [
							{ displayName: 'Version', name: 'version', type: 'string', default: '', placeholder: 'e.g. 2024-01' },
							{
								displayName: 'Purposes',
								name: 'purposes',
								type: 'multiOptions',
								options: ALL_PURPOSE_OPTIONS,
								default: ['service'],
							},
							{ displayName: 'Published On', name: 'publishedOn', type: 'string', default: '', placeholder: 'e.g. 2024-01-15' },
						],
					},
				],
			},
			{ displayName: 'Province', name: 'province', type: 'string', default: '', placeholder: 'e.g. FI' },
			{
				displayName: 'Rehearsal Date',
				name: 'rehearsalDate',
				type: 'string',
				default: '',
				placeholder: 'e.g. 2026-11-22',
				description: 'A day on which the shop lives instead of today, to try things out. The Desk shows it in red. Leave empty in daily use.',
			},
			{ displayName: 'Signature', name: 'signature', type: 'string', default: '', placeholder: 'e.g. Chiara e Marco', description: 'Who signs the messages' },
			{ displayName: 'Street', name: 'street', type: 'string', default: '' },
			{ displayName: 'Time Zone', name: 'timeZone', type: 'string', default: 'Europe/Rome', description: 'Name of the IANA list; all dates of the shop are dates of this zone' },
			{ displayName: 'Town', name: 'town', type: 'string', default: '' },
			{ displayName: 'Website', name: 'website', type: 'string', default: '' },
		],
	},
];

type Fields = Omit<ShopChanges, 'privacyNotices' | 'policy'> & {
	privacyNotices?: { notice?: PrivacyNotice[] };
};

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await storeSettings(context);
	checkSettings(settings);
	const database = await openDatabase(settings);
	const items: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		const shop = await saveShop(database, settings.shop, toChanges(context.getNodeParameter('fields', index, {}) as Fields), now());
		items.push({ json: { ...shop } as unknown as IDataObject, pairedItem: { item: index } });
	}
	return [items];
}

function toChanges({ privacyNotices, rehearsalDate, ...changes }: Fields): ShopChanges {
	const notices = privacyNotices?.notice ?? [];
	for (const day of [rehearsalDate, ...notices.map(({ publishedOn }) => publishedOn)]) {
		if (day && !isLocalDate(day)) throw new CrmError(`"${day}" is no calendar day`, 'Write days as YYYY-MM-DD, for example 2026-11-22.');
	}
	return {
		...changes,
		rehearsalDate,
		...(privacyNotices && { privacyNotices: notices }),
	};
}

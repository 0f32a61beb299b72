import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { consentFor } from '../../../../lib/consent/consentFor';
import { contactPointFor } from '../../../../lib/consent/contactPoint';
import { optInUrl, signOptIn } from '../../../../lib/consent/optInLink';
import type { CustomerFacts } from '../../../../lib/domain/consent';
import { CrmError } from '../../../../lib/domain/errors';
import type { Channel, Purpose } from '../../../../lib/domain/glossary';
import { shopToday, type Shop } from '../../../../lib/domain/shop';
import { plusMinutes, type Instant } from '../../../../lib/domain/time';
import { customerFacts } from '../../../../lib/store/facts';
import type { Store } from '../../../../lib/store/open';
import { saveOptInRequest } from '../../../../lib/store/optIns';
import { findWording } from '../../../../lib/store/wordings';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';
import { ALL_PURPOSE_OPTIONS } from '../../../shared/options';
import { CHANNEL_CHOICES } from './choices';

export const option = {
	name: 'Request Opt-In',
	value: 'requestOptIn',
	action: 'Request a double opt in',
	description: 'Make a link on whose page the customer can agree; until its button is pressed nothing is granted',
};

export const fields: INodeProperties[] = [
	customerField,
	{ displayName: 'Channel', name: 'channel', type: 'options', options: CHANNEL_CHOICES, default: 'email', description: 'The channel to agree to; the link must be sent to its address' },
	{ displayName: 'Purpose', name: 'purpose', type: 'options', options: ALL_PURPOSE_OPTIONS, default: 'marketing' },
	{
		displayName: 'Wording Version',
		name: 'wordingVersion',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 2026-01',
		description: 'The text that the page shows, kept with Add Wording',
	},
	{
		displayName: 'Expires After Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		description: 'How many days the link can grant the consent',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	const facts = await customerFacts(store, chosen.map(({ customer }) => customer.id));
	for (const { index, customer } of chosen) {
		try {
			const given = (name: string) => context.getNodeParameter(name, index);
			const asked = { channel: given('channel') as Channel, purpose: given('purpose') as Purpose, wordingVersion: String(given('wordingVersion')).trim(), days: Number(given('days')) };
			const made = await request(store, facts.get(customer.id) as CustomerFacts, asked, now());
			answers.output[index] = { json: { customer: { id: customer.id }, ...made } as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}

async function request(store: Store, facts: CustomerFacts, asked: { channel: Channel; purpose: Purpose; wordingVersion: string; days: number }, at: Instant) {
	const { channel, purpose, wordingVersion, days } = asked;
	const { shop, secret } = store;
	const point = contactPointFor(facts.contactPoints, channel);
	if (!point || point.status !== 'valid') {
		throw new CrmError(`Customer ${facts.customerId} has no address or number that works for this channel`, 'Enter one with Optical CRM > Customer > Create or Update.');
	}
	const inForce = consentFor(facts.consents, channel, purpose, at, point.id);
	// Who said no is not asked again by a machine: Cass. 9920/2022, RULES 3 and 10.
	if (inForce?.status === 'objected' || point.suppressedFor.some((one) => one === 'any' || one === purpose)) {
		throw new CrmError(`Customer ${facts.customerId} has objected`, 'Ask in the shop only, and take down a new yes with its evidence: Optical CRM > Consent > Record.');
	}
	if (!(await findWording(store, wordingVersion))) {
		throw new CrmError(`The shop has no wording ${wordingVersion}`, 'Keep its text with Optical CRM > Consent > Add Wording first.');
	}
	if (!shop.customerPageUrl) {
		throw new CrmError('The shop has no customer page', 'Enter the Production URL of the Customer Reply Trigger as Customer Page URL: Optical CRM > Shop > Create or Update.');
	}
	const expiresAt = plusMinutes(at, days * 24 * 60);
	const claim = { customerId: facts.customerId, contactPointId: point.id, channel, purpose, expiresAt };
	const token = signOptIn({ ...claim, shopCode: shop.code }, secret);
	const url = optInUrl(shop.customerPageUrl, token);
	await saveOptInRequest(store, token, { ...claim, wordingVersion, noticeVersion: noticeFor(shop, purpose, at) }, inForce?.status !== 'granted', at);
	return { ...claim, url };
}

/** The newest notice that explains the purpose: without one the consent would not be informed (RULES 5). */
function noticeFor(shop: Shop, purpose: Purpose, at: Instant): string {
	const today = shopToday(shop, at);
	const notices = shop.privacyNotices.filter(({ purposes, publishedOn }) => purposes.includes(purpose) && publishedOn <= today);
	const [newest] = notices.sort((one, other) => (one.publishedOn > other.publishedOn ? -1 : 1));
	if (newest) return newest.version;
	throw new CrmError('The shop has no privacy notice for this purpose', 'Enter it with Optical CRM > Shop > Create or Update > Privacy Notices.');
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { MessageClass } from '../../../../lib/domain/glossary';
import type { CrmItem, ItemCustomer, ItemOccasion } from '../../../../lib/domain/item';
import type { SegmentScope } from '../../../../lib/domain/segment';
import { shopToday } from '../../../../lib/domain/shop';
import { daysBetween, type LocalDate } from '../../../../lib/domain/time';
import { campaignRound, ROUND_DEFAULTS } from '../../../../lib/occasions/campaignRound';
import { wholeNumber } from '../../../../lib/occasions/settings';
import { getCustomers } from '../../../../lib/store/customers/customers';
import type { Store } from '../../../../lib/store/open';
import { claimCampaign, previewCampaign, type SegmentCampaign } from '../../../../lib/store/segments/campaign';
import { segmentFacts } from '../../../../lib/store/segments/members';
import { now } from '../../../shared/clock';
import { itemCustomer } from '../../../shared/itemCustomer';
import { askedOf, chosenSegment, factsToRead, itemSegments, segmentScope, type ChosenSegment } from '../../../shared/segment';
import { storeOf } from '../../../shared/store';
import { campaignName } from './campaignName';
import { campaignFields } from './fields';
import { readOffer, type CampaignParts } from './offer';

export const option = {
	name: 'Hand Out',
	value: 'handOut',
	action: 'Hand out the customers of a campaign',
	description: 'Get the customers of a segment who have not had the campaign yet, each with its occasion. It runs once, whatever the number of items.',
};

export const fields = campaignFields;

interface CampaignOptions {
	leaseMinutes?: number;
	lastsDays?: number;
	mostInRound?: number;
}

/** Somebody who gets the campaign; without an id where it is only shown. */
interface Recipient {
	customer: ItemCustomer;
	occasion: Omit<ItemOccasion, 'class' | 'daysLate'>;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const chosen = chosenSegment(context, 0);
	const moment = now();
	const today = shopToday(store.shop, moment);
	const { leaseMinutes = 60, lastsDays = ROUND_DEFAULTS.lastsDays, mostInRound } = context.getNodeParameter('options', 0, {}) as CampaignOptions;
	const limit = wholeNumber('"Most for Each Run"', context.getNodeParameter('mostPerRun', 0), 1, 5000);
	const parts = readOffer(context.getNodeParameter('offer', 0, {}) as IDataObject, today);
	const scope = await segmentScope(store, askedOf(chosen), chosen.settings, today);
	const round = campaignRound({ beginsOn: context.getNodeParameter('beginsOn', 0, ''), restMonths: context.getNodeParameter('restMonths', 0), lastsDays }, today);
	const campaign: SegmentCampaign = {
		name: campaignName('Campaign', context.getNodeParameter('campaign', 0)),
		rule: chosen.rule,
		scope,
		// Nobody hears of an offer that is over.
		round: round && { ...round, expiresOn: earlier(round.expiresOn, parts.offer?.validUntil) },
		...(mostInRound !== undefined && { mostInRound: wholeNumber('"Most in the Whole Round"', mostInRound, 1, 100_000) }),
	};
	const isShown = context.getNodeParameter('output', 0, 'handOut') === 'show';
	const recipients = isShown ? await shown(store, campaign, limit)
		: (await claimCampaign(store, campaign, { limit, leaseMinutes: wholeNumber('"Lease (Minutes)"', leaseMinutes, 5, 1440) }, moment))
			.map(({ customer: { birthDate: _, ...customer }, occasionId: id, kind, dueOn, stage, expiresOn }): Recipient => ({ customer, occasion: { id, kind, dueOn, stage, expiresOn } }));
	const items = await itemsOf(store, recipients, { messageClass: context.getNodeParameter('class', 0) as MessageClass, chosen, scope, parts });
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	return [items.map((item) => ({ json: item as unknown as IDataObject, pairedItem }))];
}

function earlier(day: LocalDate, other: LocalDate | undefined): LocalDate {
	return other !== undefined && other < day ? other : day;
}

async function shown(store: Store, campaign: SegmentCampaign, limit: number): Promise<Recipient[]> {
	const { round } = campaign;
	if (round === undefined) return [];
	const customers = await getCustomers(store, (await previewCampaign(store, campaign, limit)).map((id) => ({ id })));
	const occasion = { kind: `campaign.${campaign.name}`, dueOn: round.dueOn, stage: 1, expiresOn: round.expiresOn };
	return customers.flatMap((customer) => (customer ? [{ customer: itemCustomer(customer, store.shop), occasion }] : []));
}

/** The items of these customers, with what the segment shows of each. */
async function itemsOf(store: Store, recipients: readonly Recipient[], { messageClass, chosen, scope, parts }: { messageClass: MessageClass; chosen: ChosenSegment; scope: SegmentScope; parts: CampaignParts }): Promise<CrmItem[]> {
	const facts = await segmentFacts(store, recipients.map(({ customer }) => customer.id), factsToRead(chosen), scope);
	return recipients.map(({ customer, occasion }) => ({
		customer,
		occasion: { ...occasion, class: messageClass, daysLate: daysBetween(occasion.dueOn, scope.today) },
		segments: itemSegments(chosen, facts.get(customer.id) ?? {}),
		...parts,
	}));
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { MessageClass } from '../../../../lib/domain/glossary';
import type { SegmentFacts } from '../../../../lib/domain/segmentFacts';
import { shopToday } from '../../../../lib/domain/shop';
import { daysBetween, plusDays } from '../../../../lib/domain/time';
import { claimSegmentChanges, type SegmentWatch } from '../../../../lib/store/segments/changes';
import { segmentFacts } from '../../../../lib/store/segments/members';
import { now } from '../../../shared/clock';
import { LEASE_FIELD, MOST_PER_POLL } from '../../../shared/dueFields';
import { askedOf, chosenSegment, itemSegments, segmentScope } from '../../../shared/segment';
import { segmentFields, segmentOptions } from '../../../shared/segmentFields';
import { storeOf } from '../../../shared/store';
import { campaignName, classField } from '../campaign/campaignName';

export const option = {
	name: 'Get Segment Changes',
	value: 'segmentChanges',
	action: 'Get the customers who entered or left a segment',
	description: 'Get the customers who have entered (or left) a segment since the last look, each as an occasion. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName:
			'Put a Schedule Trigger before it. The first run remembers who is in the segment, and gives nobody; so does the first run after the segment was changed. What the workflow does not end in a message or a decision comes again, as with the Due triggers.',
		name: 'changesNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Name of the Watch',
		name: 'watch',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. at-risk',
		description: 'Under this name the members are remembered, and the occasions are called campaign.NAME. One for each workflow.',
	},
	{
		displayName: 'Customers Who',
		name: 'change',
		type: 'options',
		default: 'entered',
		options: [
			{ name: 'Have Entered', value: 'entered' },
			{ name: 'Have Left', value: 'left' },
		],
		description: 'Which change is of interest',
	},
	...segmentFields,
	classField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...segmentOptions,
			LEASE_FIELD,
			{ displayName: 'Most for Each Run', name: 'mostPerRun', type: 'number', typeOptions: { minValue: 1, maxValue: 5000 }, default: MOST_PER_POLL, description: 'How many customers one execution gets at the most. The others come with the next run.' },
			{ displayName: 'Valid For (Days)', name: 'validDays', type: 'number', typeOptions: { minValue: 0, maxValue: 120 }, default: 14, description: 'How long after the change a message may still leave' },
		],
	},
];

interface ChangeOptions {
	leaseMinutes?: number;
	mostPerRun?: number;
	validDays?: number;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const chosen = chosenSegment(context, 0);
	const moment = now();
	const today = shopToday(store.shop, moment);
	const { leaseMinutes = 60, mostPerRun = MOST_PER_POLL, validDays = 14 } = context.getNodeParameter('options', 0, {}) as ChangeOptions;
	const watch: SegmentWatch = {
		name: campaignName('Name of the Watch', context.getNodeParameter('watch', 0)),
		rule: chosen.rule,
		scope: await segmentScope(store, askedOf({ ...chosen, facts: [] }), chosen.settings, today),
		change: context.getNodeParameter('change', 0) as SegmentWatch['change'],
		expiresOn: plusDays(today, validDays),
	};
	const { occasions } = await claimSegmentChanges(store, watch, { limit: mostPerRun, leaseMinutes }, moment);
	const messageClass = context.getNodeParameter('class', 0) as MessageClass;
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	const names = watch.change === 'entered' ? [watch.name] : [];
	const known = chosen.purchases ? await segmentFacts(store, occasions.map(({ customer }) => customer.id), ['lastPurchaseOn'], watch.scope) : new Map<number, SegmentFacts>();
	return [occasions.map(({ occasionId, kind, dueOn, stage, expiresOn, customer: { birthDate: _birthDate, ...customer } }) => ({
		json: {
			customer,
			occasion: { id: occasionId, kind, dueOn, stage, expiresOn, class: messageClass, daysLate: daysBetween(dueOn, today) },
			segments: { ...itemSegments({ ...chosen, parts: [], facts: [] }, known.get(customer.id) ?? {}), names },
		} as unknown as IDataObject,
		pairedItem,
	}))];
}

import type { INodeProperties } from 'n8n-workflow';
import { ROUND_DEFAULTS } from '../../../../lib/occasions/campaignRound';
import { LEASE_FIELD } from '../../../shared/dueFields';
import { segmentFields, segmentOptions } from '../../../shared/segmentFields';
import { classField } from './campaignName';
import { OFFER_FIELD } from './offer';

const { restMonths: REST_MONTHS, lastsDays: LASTS_DAYS } = ROUND_DEFAULTS;

/** What the panel of a campaign asks for. */
export const campaignFields: INodeProperties[] = [
	{
		displayName:
			'Put a Schedule Trigger before it for a campaign that goes on, or a Manual Trigger for one that a person starts. A customer gets each round once, however often it runs. What the workflow does not end in a message or a decision comes again, as with the Due triggers.',
		name: 'campaignNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sun',
		description: 'Name of the campaign, in lower-case letters, digits and hyphens. Its occasions are called campaign.NAME; Personalize Message takes the template of this name.',
	},
	{
		displayName: 'What to Do',
		name: 'output',
		type: 'options',
		default: 'handOut',
		options: [
			{ name: 'Hand Out', value: 'handOut', description: 'An item for each customer, with its occasion in the ledger' },
			{ name: 'Only Show', value: 'show', description: 'The same items, and nothing is remembered: for looking at them and at a preview of the texts' },
		],
		description: 'Look first, hand out then',
	},
	...segmentFields,
	{
		displayName: 'Begins On',
		name: 'beginsOn',
		type: 'string',
		default: '',
		placeholder: 'e.g. 04-15',
		description: 'The first day of the campaign: MM-DD for a round in each year, YYYY-MM-DD for a single one. Before it nobody comes. Empty: a campaign without rounds, for whoever comes into the segment.',
	},
	{
		displayName: 'Not Again For (Months)',
		name: 'restMonths',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 120 },
		default: REST_MONTHS,
		description: 'For how long a customer who has had this campaign does not get it again',
	},
	{
		displayName: 'Most for Each Run',
		name: 'mostPerRun',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5000 },
		default: 50,
		description: 'How many customers one execution gets at the most. The others come with the next run: so the staff have no more to approve than they can read.',
	},
	classField,
	OFFER_FIELD,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...segmentOptions,
			{ displayName: 'Lasts (Days)', name: 'lastsDays', type: 'number', typeOptions: { minValue: 0, maxValue: 120 }, default: LASTS_DAYS, description: 'How long after Begins On customers come and messages may leave; without rounds, how long a message may wait' },
			LEASE_FIELD,
			{ displayName: 'Most in the Whole Round', name: 'mostInRound', type: 'number', typeOptions: { minValue: 1, maxValue: 100_000 }, default: 100, description: 'How many customers a round has at the most, for example because there are so many chairs' },
		],
	},
];

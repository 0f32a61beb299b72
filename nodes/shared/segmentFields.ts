import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SEGMENT_DEFAULTS } from '../../lib/domain/segment';
import { FACT_NAMES, factDefinition } from '../../lib/domain/segmentFacts';
import { concernHealth, factsOfRule } from '../../lib/segments/matches';
import { READY_MADE } from '../../lib/segments/readyMade';

/** What is said of a choice that looks at health data. */
const HEALTH = ' (health data: asks for explicit consent)';

const SEGMENT_OPTIONS: INodePropertyOptions[] = Object.entries(READY_MADE)
	.map(([value, { label, meaning, rule }]) => ({ name: label, value, description: meaning + (concernHealth(factsOfRule(rule)) ? HEALTH : '') }))
	.sort(byName);

const FACT_OPTIONS: INodePropertyOptions[] = FACT_NAMES.map((value) => {
	const { label, meaning, health } = factDefinition(value);
	return { name: `${label} [${value}]`, value, description: meaning + (health ? HEALTH : '') };
}).sort(byName);

function byName(one: INodePropertyOptions, other: INodePropertyOptions): number {
	return one.name.localeCompare(other.name);
}

/** A number of the settings, with the default that the lines of all shops begin with. */
function setting(displayName: string, name: string, preset: number, description: string): INodeProperties {
	return { displayName, name, type: 'number', typeOptions: { minValue: 0 }, default: preset, description };
}

/** Chooses a segment: ready-made ones, own rules, and where the lines between customers are drawn. */
export const segmentFields: INodeProperties[] = [
	{
		displayName: 'Segments',
		name: 'segments',
		type: 'multiOptions',
		default: [],
		options: SEGMENT_OPTIONS,
		description: 'Ready-made segments. What each means, and of which health data it makes use, is said below its name.',
	},
	{
		displayName: 'Must Match',
		name: 'match',
		type: 'options',
		default: 'all',
		options: [
			{ name: 'All of Them', value: 'all', description: 'The customer is in every chosen segment, and fulfils the own rules' },
			{ name: 'Any of Them', value: 'any', description: 'The customer is in one chosen segment at least, or fulfils the own rules' },
		],
		description: 'How the segments and the own rules are joined',
	},
	{
		displayName: 'Own rules compare a fact of the customer, for example <code>{{ $json.segments.facts.averageBasket }}</code> on the left, with a value on the right. All facts are listed under Options > Facts to Add.',
		name: 'rulesNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Own Rules',
		name: 'rules',
		type: 'filter',
		default: {},
		typeOptions: { filter: { version: 2, caseSensitive: false, typeValidation: 'loose' } },
		description: 'Conditions on facts of the customer. The right sides are read once for each item; facts that are not known fulfil "is empty", "is not equal to" and "does not contain" only.',
	},
];

/** The options of a node or operation that works with segments. */
export const segmentOptions: INodeProperties[] = [
	setting('Answer Within (Days)', 'answerDays', SEGMENT_DEFAULTS.answerDays, 'Who comes in within so many days after a message has answered it'),
	setting('At Risk After (Months)', 'atRiskMonths', SEGMENT_DEFAULTS.atRiskMonths, 'Months after the last purchase from which on a customer is at risk'),
	setting('Contact Lenses Last (Days)', 'supplyDays', SEGMENT_DEFAULTS.supplyDays, 'For how long a supply lasts whose sale does not say it'),
	setting('Lens Wearer For (Days)', 'lensesGraceDays', SEGMENT_DEFAULTS.lensesGraceDays, 'How long after the end of the supply somebody still counts as a wearer'),
	{
		displayName: 'Facts to Add',
		name: 'facts',
		type: 'multiOptions',
		default: [],
		options: FACT_OPTIONS,
		description: 'Facts to put into segments.facts of each item, for texts and later nodes. All that own rules can look at is listed here, with the name in square brackets.',
	},
	setting('First Plan: Monetary Score', 'firstPlanScore', SEGMENT_DEFAULTS.firstPlanScore, 'The least monetary score (1 to 5) of a customer of the first plan'),
	setting('First Plan: Purchases', 'firstPlanPurchases', SEGMENT_DEFAULTS.firstPlanPurchases, 'The least number of purchases of a customer of the first plan'),
	setting('Lapsed After (Months)', 'lapsedMonths', SEGMENT_DEFAULTS.lapsedMonths, 'Months after the last purchase from which on a customer counts as gone'),
	setting('New For (Months)', 'newMonths', SEGMENT_DEFAULTS.newMonths, 'How long after the first purchase a customer is new'),
	setting('Relation Months', 'relationMonths', SEGMENT_DEFAULTS.relationMonths, 'Of how many months messages and missed appointments count'),
	setting('Spectacles Last (Months)', 'spectaclesMonths', SEGMENT_DEFAULTS.usefulMonths['single-vision'], 'The useful life of prescription spectacles whose sale does not say it'),
	setting('Sunglasses Last (Months)', 'sunMonths', SEGMENT_DEFAULTS.usefulMonths.sun, 'The useful life of sunglasses whose sale does not say it'),
];

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ItemCustomer, ItemSegments } from '../../../../lib/domain/item';
import type { SegmentScope } from '../../../../lib/domain/segment';
import type { FactName } from '../../../../lib/domain/segmentFacts';
import { shopToday } from '../../../../lib/domain/shop';
import { factsOfRule } from '../../../../lib/segments/matches';
import { getCustomers } from '../../../../lib/store/customers/customers';
import type { Store } from '../../../../lib/store/open';
import { countCustomers, countSegment, segmentFacts, segmentMembers } from '../../../../lib/store/segments/members';
import { now } from '../../../shared/clock';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { itemCustomer } from '../../../shared/itemCustomer';
import { chosenSegment, factsToRead, itemSegments, segmentScope, type ChosenSegment } from '../../../shared/segment';
import { segmentFields, segmentOptions } from '../../../shared/segmentFields';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Get Segment',
	value: 'getSegment',
	action: 'Get a segment of the customers',
	description: 'Count the customers of a segment in the whole store and see three of them, or get them as items. It runs once, whatever the number of items.',
};

const forCustomers = (field: INodeProperties): INodeProperties => ({ ...field, displayOptions: { show: { ...field.displayOptions?.show, output: ['customers'] } } });

export const fields: INodeProperties[] = [
	...segmentFields,
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		default: 'preview',
		options: [
			{ name: 'Customers', value: 'customers', description: 'An item for each customer of the segment' },
			{ name: 'Preview', value: 'preview', description: 'One item: how many they are, and three of them' },
		],
		description: 'What comes out; look at the preview before a campaign begins, which is handed out by Campaign > Hand Out',
	},
	...RETURN_ALL_OR_LIMIT.map(forCustomers),
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: segmentOptions },
];

/** Customers read from the store at once. */
const BATCH = 1000;
const EXAMPLES = 3;

/** An item of a segment; Campaign > Hand Out gives it an occasion. */
interface Member {
	customer: ItemCustomer;
	segments: ItemSegments;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const chosen = chosenSegment(context, 0);
	const today = shopToday(store.shop, now());
	const scope = await segmentScope(store, factsOf(chosen).map((fact) => ({ fact })), chosen.settings, today);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	if (context.getNodeParameter('output', 0) === 'preview') return [[{ json: (await preview(store, chosen, scope)) as unknown as IDataObject, pairedItem }]];

	const limit = context.getNodeParameter('returnAll', 0) ? undefined : (context.getNodeParameter('limit', 0) as number);
	const ids = await segmentMembers(store, chosen.rule, scope, limit);
	const items: INodeExecutionData[] = [];
	for (let start = 0; start < ids.length; start += BATCH) {
		const members = await membersOf(store, ids.slice(start, start + BATCH), chosen, scope);
		for (const member of members) items.push({ json: { ...member } as unknown as IDataObject, pairedItem });
	}
	return [items];
}

async function preview(store: Store, chosen: ChosenSegment, scope: SegmentScope) {
	const size = await countSegment(store, chosen.rule, scope);
	const customers = await countCustomers(store);
	return {
		segments: chosen.parts.map(({ name }) => name),
		size,
		customers,
		share: customers === 0 ? 0 : Math.round((size / customers) * 1000) / 1000,
		usesHealthData: chosen.usesHealthData,
		examples: await membersOf(store, await segmentMembers(store, chosen.rule, scope, EXAMPLES), { ...chosen, facts: factsOf(chosen) }, scope),
		today: scope.today,
		...(scope.model && { purchaseModel: scope.model }),
	};
}

/** The facts that decide, and those that are to be shown. */
function factsOf({ rule, facts }: ChosenSegment): FactName[] {
	return [...new Set([...factsOfRule(rule), ...facts])];
}

/** The items of these customers of a segment, in their order, in three statements. */
async function membersOf(store: Store, ids: readonly number[], chosen: ChosenSegment, scope: SegmentScope): Promise<Member[]> {
	const customers = await getCustomers(store, ids.map((id) => ({ id })));
	const facts = await segmentFacts(store, ids, factsToRead(chosen), scope);
	return customers.flatMap((customer) => (customer ? [{ customer: itemCustomer(customer, store.shop), segments: itemSegments(chosen, facts.get(customer.id) ?? {}) }] : []));
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { explain } from '../../../../lib/consent/explain';
import { RULES } from '../../../../lib/consent/registry';
import type { ConsentPolicy } from '../../../../lib/domain/consentPolicy';
import type { RecordedDecision } from '../../../../lib/domain/explanation';
import { LANGUAGES } from '../../../../lib/domain/glossary';
import type { Shop } from '../../../../lib/domain/shop';
import { recordedDecisions, type ExplanationPage } from '../../../../lib/store/explanations';
import { policyVersions } from '../../../../lib/store/policyVersions';
import { RETURN_ALL_OR_LIMIT } from '../../../shared/fields';
import { storeOf } from '../../../shared/store';
import { answersOf, chosenCustomers, customerField } from '../customer/customerField';

export const option = {
	name: 'Explain',
	value: 'explain',
	action: 'Explain why a customer was or was not written to',
	description: 'Get what was decided about a customer, newest first, as data and as a sentence in Italian and English, from what was recorded at the time',
};

export const fields: INodeProperties[] = [
	customerField,
	{
		displayName: 'Question',
		name: 'question',
		type: 'options',
		options: [
			{ name: 'Why Was Nothing Sent', value: 'notWritten', description: 'Decisions and occasions that led to no message, or to one that never left' },
			{ name: 'Why Was This Sent', value: 'written', description: 'Decisions that led to a message that left' },
			{ name: 'Why Was What Decided', value: 'all', description: 'All of them' },
		],
		default: 'all',
	},
	...RETURN_ALL_OR_LIMIT,
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const chosen = await chosenCustomers(context, store, answers);
	const failed = answers.output.filter(Boolean);
	// Read for all customers at once, so question and page are those of the first item.
	const question = context.getNodeParameter('question', 0, 'all') as 'all' | NonNullable<ExplanationPage['only']>;
	const limit = context.getNodeParameter('returnAll', 0) ? Number.MAX_SAFE_INTEGER : (context.getNodeParameter('limit', 0) as number);
	const page: ExplanationPage = { limit, ...(question !== 'all' && { only: question }) };
	const recorded = await recordedDecisions(store, [...new Set(chosen.map(({ customer }) => customer.id))], page);
	const byCustomer = Map.groupBy(recorded, ({ customerId }) => customerId);
	const settings = new Map((await policyVersions(store)).map(({ version, policy }) => [version, policy]));
	const items = chosen.flatMap(({ index, customer }) =>
		(byCustomer.get(customer.id) ?? []).map((decision) => ({ json: toJson(decision, store.shop, settings.get(decision.policyVersion as number)), pairedItem: { item: index } })),
	);
	return [[...items, ...failed]];
}

function toJson({ customerId, ...recorded }: RecordedDecision, { timeZone, policy }: Shop, policyThen: ConsentPolicy = policy): IDataObject {
	const explanation = Object.fromEntries(LANGUAGES.map((language) => [language, explain({ customerId, ...recorded }, timeZone, language)]));
	const ruleNow = RULES.find(({ id }) => id === recorded.rule)?.title;
	const changed = (Object.keys(policyThen) as Array<keyof ConsentPolicy>).filter((name) => policyThen[name] !== policy[name]);
	const settingsThen = Object.fromEntries(changed.map((name) => [name, policyThen[name]]));
	// Said of the rule as it stands today, and of the settings that were others then.
	return { customer: { id: customerId }, explanation, ...recorded, ...(ruleNow && { ruleNow }), settingsThen } as unknown as IDataObject;
}

import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';
import { REST_DAYS } from '../../lib/occasions/plan';
import type { DueOptions } from '../shared/due';
import { FIRST_DAY_HINT, LEASE_FIELD, MOST_PER_POLL, MOST_PER_POLL_FIELD, OLDER_FIELD } from '../shared/dueFields';
import { pollDue } from '../shared/pollDue';
import { KIND_FIELDS, KIND_OPTIONS } from './fields';
import { chosenKinds } from './kinds';

export class RecallDueTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Recall Due Trigger',
		name: 'recallDueTrigger',
		icon: { light: 'file:../icons/recall.svg', dark: 'file:../icons/recall.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["kinds"].length > 3 ? $parameter["kinds"].length + " kinds" : $parameter["kinds"].map((kind) => kind.replace("recall.", "").replace(".", " ")).join(", ") }}',
		description: 'Starts the workflow with the customers who are due for a vision check, an eyewear check-up, contact lenses and more',
		defaults: { name: 'Recall Due Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		hints: [FIRST_DAY_HINT],
		properties: [
			{
				displayName:
					'Next: <b>Rollout Gate</b> or <b>Consent Check</b>. Of several kinds that are due for one person the most important one comes, and the others wait. A course ends at once when the customer comes back, books, answers or refuses. "Fetch Test Event" shows who would come, and claims nobody; while nobody is due it shows a made-up example (<b>sample</b>). Adds <b>customer</b> and <b>occasion</b> to each item.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Kinds',
				name: 'kinds',
				type: 'multiOptions',
				default: ['recall.vision'],
				options: KIND_OPTIONS,
				description: 'What to look for. Recalls need the customer\'s recall consent; orders and appointments are service.',
			},
			...KIND_FIELDS,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Days of Rest',
						name: 'restDays',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 90 },
						default: REST_DAYS,
						description: 'How long a customer who was contacted is left in peace before the next contact that can wait. Orders, appointments and birthdays do not wait.',
					},
					LEASE_FIELD,
					MOST_PER_POLL_FIELD,
					OLDER_FIELD,
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const options: DueOptions = { restDays: REST_DAYS, leaseMinutes: 60, mostPerPoll: MOST_PER_POLL, olderDays: 0, ...(this.getNodeParameter('options', {}) as Partial<DueOptions>) };
		const chosen = this.getNodeParameter('kinds', []) as string[];
		return await pollDue(this, ({ timeZone }) => chosenKinds(chosen, (name) => this.getNodeParameter(name, {}), timeZone), options);
	}
}

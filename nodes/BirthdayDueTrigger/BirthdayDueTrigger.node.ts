import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import type { BirthdaySettings } from '../../lib/occasions/birthdaySettings';
import { now } from '../shared/clock';
import { LEASE_FIELD, MOST_PER_POLL, MOST_PER_POLL_FIELD } from '../shared/dueFields';
import { nodeError } from '../shared/errors';
import { stopwatch } from '../shared/log';
import { notePoll, shown } from '../shared/pollDue';
import { storeOf } from '../shared/store';
import { dueBirthdayItems, sampleBirthday, type BirthdayTriggerOptions } from './dueBirthdays';

/** The one kind of occasion that it looks for. */
const BIRTHDAY = 'birthday';

export class BirthdayDueTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Birthday Due Trigger',
		name: 'birthdayDueTrigger',
		icon: { light: 'file:../icons/birthday.svg', dark: 'file:../icons/birthday.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "belated up to " + $parameter["belatedDays"] + " days" }}',
		description: 'Starts the workflow with the customers whose birthday is due, each birthday once',
		defaults: { name: 'Birthday Due Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		hints: [
			{
				message: 'With 0 belated days nobody is greeted whose birthday falls on a day on which n8n or the approval stood still.',
				type: 'warning',
				location: 'ndv',
				whenToDisplay: 'always',
				displayCondition: '={{ $parameter["belatedDays"] === 0 }}',
			},
		],
		properties: [
			{
				displayName:
					'Next: <b>Rollout Gate</b> or <b>Consent Check</b>. Each birthday comes once, however often it polls. "Fetch Test Event" shows who would come, and claims nobody; while nobody is due it shows a made-up example (<b>sample</b>). Adds <b>customer</b> and <b>occasion</b> to each item.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Belated Greetings (Days)',
				name: 'belatedDays',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60 },
				default: 3,
				hint: 'Days after the birthday on which a greeting may still leave, for example after a holiday of the shop or an outage',
				description: 'How many days after a birthday it is still due. After them the greeting expires, also when nobody approved it in time.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Born on 29 February',
						name: 'leapDay',
						type: 'options',
						default: '02-28',
						options: [
							{ name: 'Greet on 28 February', value: '02-28' },
							{ name: 'Greet on 1 March', value: '03-01' },
						],
						description: 'The day of the greeting in years without a 29 February',
					},
					{
						displayName: 'Days Ahead',
						name: 'earlyDays',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 60 },
						default: 0,
						hint: 'For letters, which travel for days: they leave at once, messages on the birthday',
						description: 'How many days before a birthday it comes already, to leave time for the approval and the post. A letter leaves as soon as it is approved; a message on another channel waits in the queue for the birthday itself, and its text is of that day.',
					},
					LEASE_FIELD,
					MOST_PER_POLL_FIELD,
					{
						displayName: 'Oldest Age',
						name: 'maxAge',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 120 },
						default: 120,
						description: 'Nobody who becomes older is greeted',
					},
					{
						displayName: 'Round Birthdays',
						name: 'round',
						type: 'options',
						default: 'all',
						options: [
							{ name: 'All Birthdays', value: 'all' },
							{ name: 'All but Round Ones', value: 'except' },
							{ name: 'Only Round Ones', value: 'only', description: 'Those that can be divided by ten, for example to send a letter some days ahead while another workflow greets the others' },
						],
					},
					{
						displayName: 'Youngest Age',
						name: 'minAge',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 120 },
						default: 1,
						description: 'Nobody who becomes younger is greeted. Minors get no marketing in any case: Consent Check sees to that.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const options = this.getNodeParameter('options', {}) as Partial<BirthdayTriggerOptions & BirthdaySettings>;
		const belatedDays = this.getNodeParameter('belatedDays', 3) as number;
		const settings: BirthdayTriggerOptions = { leapDay: '02-28', earlyDays: 0, leaseMinutes: 60, mostPerPoll: MOST_PER_POLL, ...options, belatedDays };
		const store = await storeOf(this);
		try {
			const claim = this.getMode() !== 'manual';
			const took = stopwatch();
			const items = await dueBirthdayItems(store, settings, { claim }, now());
			if (claim) await notePoll(this, store, [BIRTHDAY], items.map(() => ({ kind: BIRTHDAY })), took());
			return shown(claim || items.length > 0 ? items : [sampleBirthday(store.shop, settings, now())]);
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	}
}

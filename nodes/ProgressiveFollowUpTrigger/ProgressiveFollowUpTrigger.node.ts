import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';
import { PROGRESSIVE_DEFAULTS, progressiveFollowUp, progressiveSettings, type ProgressiveSettings } from '../../lib/occasions/progressive';
import type { DueOptions } from '../shared/due';
import { FIRST_DAY_HINT, LEASE_FIELD, MOST_PER_POLL, MOST_PER_POLL_FIELD, OLDER_FIELD } from '../shared/dueFields';
import { pollDue } from '../shared/pollDue';

export class ProgressiveFollowUpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Progressive Follow-Up Trigger',
		name: 'progressiveFollowUpTrigger',
		icon: { light: 'file:../icons/progressive.svg', dark: 'file:../icons/progressive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "message after " + $parameter["messageDays"] + " days, call after " + $parameter["callDays"] }}',
		description: 'Starts the workflow for customers who are getting used to new progressive lenses: a message, a call, the half-year check',
		defaults: { name: 'Progressive Follow-Up Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opticalCrmStoreApi', displayName: 'Store', required: true }],
		hints: [FIRST_DAY_HINT],
		properties: [
			{
				displayName:
					'Next: <b>Rollout Gate</b> or <b>Consent Check</b>. Adds <b>customer</b> and <b>occasion</b> to each item: stage 1 is the message, stage 2 the call (<b>occasion.by</b> = call), stage 3 the half-year check. First-time wearers are known from the history and marked in <b>occasion.cause</b>. Whoever answers that something is wrong is called at once; a remake or a return begins anew. "Fetch Test Event" shows who would come, and claims nobody; while nobody is due it shows a made-up example (<b>sample</b>).',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Message After (Days)',
				name: 'messageDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 60 },
				default: PROGRESSIVE_DEFAULTS.messageDays,
				description: 'Days from the delivery to the first message',
			},
			{
				displayName: 'Call After (Days)',
				name: 'callDays',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 120 },
				default: PROGRESSIVE_DEFAULTS.callDays,
				description: 'Days from the delivery to the call; nobody is called who has said that all is well',
			},
			{
				displayName: 'Call Whom',
				name: 'callWhom',
				type: 'options',
				default: PROGRESSIVE_DEFAULTS.callWhom,
				options: [
					{ name: 'Everybody', value: 'everybody' },
					{ name: 'First-Time Wearers', value: 'firstTime', description: 'Who never had progressive lenses before. Whoever says that something is wrong is called in any case.' },
				],
			},
			{
				displayName: 'Check After (Months)',
				name: 'checkMonths',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 24 },
				default: PROGRESSIVE_DEFAULTS.checkMonths,
				description: 'Months from the delivery to the check. It is a recall, and needs the consent for it; message and call are service.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Days Late',
						name: 'windowDays',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 60 },
						default: PROGRESSIVE_DEFAULTS.windowDays,
						description: 'How many days late message and call may still be made, for example after an outage',
					},
					LEASE_FIELD,
					MOST_PER_POLL_FIELD,
					OLDER_FIELD,
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { windowDays, ...given } = this.getNodeParameter('options', {}) as Partial<DueOptions & ProgressiveSettings>;
		const options: DueOptions = { restDays: 0, leaseMinutes: 60, mostPerPoll: MOST_PER_POLL, olderDays: 0, ...given };
		const names = ['messageDays', 'callDays', 'callWhom', 'checkMonths'] as const;
		const settings = Object.fromEntries(names.map((name) => [name, this.getNodeParameter(name, PROGRESSIVE_DEFAULTS[name])]));
		return await pollDue(this, () => [progressiveFollowUp(progressiveSettings({ ...settings, windowDays: windowDays ?? PROGRESSIVE_DEFAULTS.windowDays }))], options);
	}
}

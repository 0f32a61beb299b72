import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { USUAL_ROLLOUT, type RolloutSettings } from '../../../../lib/domain/rolloutSettings';
import { saveShop } from '../../../../lib/store/shops';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';

export const option = {
	name: 'Set Criteria',
	value: 'set',
	action: 'Set the criteria and brakes of the rollout',
	description: 'Change what the next step of the rollout asks for, and above which shares a campaign is held',
};

/** Name and explanation of each setting on the panel, by the order of their names. */
const WORDS: Record<keyof RolloutSettings, [displayName: string, description: string]> = {
	brakeBouncePermille: ['Brake: Bounces (‰)', 'Above this share of messages that come back a campaign is held on that channel'],
	brakeComplaintPermille: ['Brake: Complaints (‰)', 'Above this share of messages that are reported as spam a campaign is held on that channel'],
	brakeUnsatisfiedPermille: ['Brake: Low Satisfaction (‰)', 'Above this share of low scores, from 0 to 6, a campaign is held'],
	brakeOptOutPermille: ['Brake: Refusals (‰)', 'Above this share of people who refuse further messages a campaign is held on that channel'],
	brakeRejectedPermille: ['Brake: Rejected Approvals (‰)', 'Above this share of messages that the staff do not approve a campaign is held'],
	falseAlarmPermille: ['Brakes: False Alarms (‰)', 'How often, in a thousand campaigns and years, the brakes of a campaign on a channel may pull though nothing is wrong. Fewer false alarms make the brakes slower.'],
	completenessPercent: ['Step: Completeness (%)', 'So much of the fields that later steps need must be filled and usable'],
	consentPercent: ['Step: Consents (%)', 'So many customers must have said yes or no to what the next step writes'],
	decidedLeast: ['Step: Decided Messages', 'So many messages the staff must have decided on'],
	deliveredPercent: ['Step: Delivered (%)', 'So many of the messages must not have come back'],
	optOutPermille: ['Step: Refusals (‰)', 'At most so many may have refused further messages'],
	ticketsPercent: ['Step: Tickets Answered (%)', 'So many of the tickets that are older than two days must be answered or closed'],
	unchangedPercent: ['Step: Approved Unchanged (%)', 'So many of the messages must have been approved as they were'],
	weeksInStep: ['Step: Weeks', 'A step lasts at least so many weeks'],
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'What is not added here stays as it is',
		options: (Object.keys(WORDS) as Array<keyof RolloutSettings>).map((name): INodeProperties => {
			const [[displayName, description], usual, type] = [WORDS[name], USUAL_ROLLOUT[name], 'number' as const];
			return { displayName, name, type, default: usual, description };
		}),
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const rollout = context.getNodeParameter('settings', index, {}) as Partial<RolloutSettings>;
			const shop = await saveShop(store.db, store.shop.code, { rollout }, now());
			answers.output[index] = { json: { settings: shop.rollout } as unknown as IDataObject, pairedItem: { item: index } };
		} catch (error) {
			answers.fail(index, error);
		}
	}
	return [answers.output];
}

import { DateTime } from 'luxon';
import { jsonParse, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties } from 'n8n-workflow';
import type { CallOutcome } from '../../../../lib/domain/calls';
import { CrmError } from '../../../../lib/domain/errors';
import type { Instant } from '../../../../lib/domain/time';
import type { Answer } from '../../../../lib/store/answers';
import { recordCalls, USUAL_CALLS, type MadeCall } from '../../../shared/calls';
import { now } from '../../../shared/clock';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf } from '../customer/customerField';
import { whoField } from '../letter/printFields';

export const option = {
	name: 'Record Outcome',
	value: 'recordOutcome',
	action: 'Record the outcome of a call',
	description: 'Record how a call ended. It ends the message or puts it off, and with it come the answer, the appointment, the wrong number, or the withdrawn consent.',
};

export const fields: INodeProperties[] = [
	{ displayName: 'Message ID', name: 'messageId', type: 'string', default: '={{ $json.messageId }}', required: true, placeholder: 'e.g. 42', description: 'The call, as Get Many names it' },
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		default: 'reached',
		options: [
			{ name: 'Booked', value: 'booked', description: 'Made an appointment' },
			{ name: 'Call Again', value: 'again', description: 'Wants to be called at another time' },
			{ name: 'Not Reached', value: 'notReached', description: 'Nobody answered; it is tried again at another hour, and given up after some tries' },
			{ name: 'Reached', value: 'reached', description: 'Was spoken to' },
			{ name: 'Refuses', value: 'refuses', description: 'Wants no more of these calls' },
			{ name: 'Wrong Number', value: 'wrongNumber', description: 'The number is not the customer\'s, and is not used again' },
		],
		description: 'How the call ended',
	},
	whoField,
	{
		displayName: 'Call Again At',
		name: 'againAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-30 15:00',
		displayOptions: { show: { outcome: ['again'] } },
		description: 'Day and time in the time zone of the shop, unless an offset is written',
	},
	{
		displayName: 'Refuses',
		name: 'refuses',
		type: 'options',
		default: 'calls',
		options: [
			{ name: 'Calls of This Kind', value: 'calls' },
			{ name: 'Everything of This Kind', value: 'everything', description: 'On any channel' },
		],
		displayOptions: { show: { outcome: ['refuses'] } },
		description: 'What the customer does not want any more',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Answer',
				name: 'answer',
				type: 'options',
				default: 'fine',
				options: [
					{ name: 'All Is Well', value: 'fine' },
					{ name: 'Something Else', value: 'other' },
					{ name: 'Something Is Wrong', value: 'wrong' },
				],
				description: 'What was said. The words themselves are not kept: they may be about health.',
			},
			{ displayName: 'Answers Ticked', name: 'ticked', type: 'json', default: '{}', description: 'By the ID of the question, for example {"sees": "yes"}; only answers that the questions offer' },
			{ displayName: 'Appointment At', name: 'appointmentAt', type: 'string', default: '', placeholder: 'e.g. 2026-12-01 10:30', description: 'With Booked: day and time in the time zone of the shop. An appointment is entered.' },
			{ displayName: 'Appointment Kind', name: 'appointmentKind', type: 'string', default: '', placeholder: 'e.g. controllo', description: 'What the appointment is for' },
			{ displayName: 'Minutes', name: 'minutes', type: 'number', typeOptions: { minValue: 0, numberPrecision: 1 }, default: 3, description: 'How long the call took, for the report' },
			{ displayName: 'Most Tries', name: 'mostTries', type: 'number', typeOptions: { minValue: 1 }, default: 3, description: 'After so many tries in vain the call is given up' },
			{ displayName: 'Note', name: 'note', type: 'string', default: '', placeholder: 'e.g. prefers to be called in the evening', description: 'The staff\'s own words; erased with the customer' },
		],
	},
];

interface Additional {
	answer?: Answer;
	ticked?: string | object;
	appointmentAt?: string;
	appointmentKind?: string;
	minutes?: number;
	mostTries?: number;
	note?: string;
}

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const answers = answersOf(context);
	const moment = now();
	const made = context.getInputData().flatMap((_, index) => {
		try {
			const { mostTries = USUAL_CALLS.mostTries } = context.getNodeParameter('additionalFields', index, {}) as Additional;
			return [{ index, call: readCall(context, index, store.shop.timeZone), who: (context.getNodeParameter('who', index) as string).trim(), mostTries }];
		} catch (error) {
			answers.fail(index, error);
			return [];
		}
	});
	for (const group of Map.groupBy(made, ({ who, mostTries }) => JSON.stringify([who, mostTries])).values()) {
		const recorded = await recordCalls(store, group.map(({ call }) => call), group[0].who, group[0], moment);
		group.forEach(({ index, call }, position) => {
			const done = recorded[position] ?? notWaiting(call.messageId);
			if (done instanceof CrmError) answers.fail(index, done);
			else answers.output[index] = { json: { ...done } as unknown as IDataObject, pairedItem: { item: index } };
		});
	}
	return [answers.output];
}

function notWaiting(messageId: number): CrmError {
	return new CrmError(`The call of message ${messageId} is not waiting, or somebody else is on it`, 'Take its ID from Call > Get Many; a call is recorded once.');
}

function readCall(context: IExecuteFunctions, index: number, zone: string): MadeCall {
	const { answer, ticked, appointmentAt, appointmentKind, minutes, note } = context.getNodeParameter('additionalFields', index, {}) as Additional;
	const outcome = context.getNodeParameter('outcome', index) as CallOutcome;
	return {
		messageId: wholeId('Message ID', context.getNodeParameter('messageId', index)),
		outcome,
		...(outcome === 'again' && { againAt: momentOf(context.getNodeParameter('againAt', index) as string, zone) }),
		...(outcome === 'refuses' && { refuses: context.getNodeParameter('refuses', index) as MadeCall['refuses'] }),
		...(answer && { answer }),
		...(ticked && { ticked: ticksOf(ticked) }),
		...(appointmentAt?.trim() && { appointmentAt: momentOf(appointmentAt, zone), appointmentKind: appointmentKind?.trim() ?? '' }),
		...(minutes !== undefined && { seconds: Math.round(minutes * 60) }),
		...(note?.trim() && { note: note.trim() }),
	};
}

function momentOf(text: string, zone: string): Instant {
	const moment = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone });
	if (!moment.isValid) throw new CrmError('The day and time cannot be read', 'Write them as 2026-11-30 15:00.');
	return moment.toUTC().toISO() as Instant;
}

function ticksOf(given: string | object): Record<string, string> {
	const text = typeof given === 'string' ? given.trim() || '{}' : JSON.stringify(given);
	const ticks: unknown = jsonParse(text, { fallbackValue: undefined });
	if (typeof ticks !== 'object' || ticks === null) throw new CrmError('The ticked answers are no JSON object', 'Write them as {"question": "answer"}.');
	return ticks as Record<string, string>;
}

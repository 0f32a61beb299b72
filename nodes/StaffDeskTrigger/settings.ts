import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import type { LetterSettings, WindowSide } from '../../lib/channels/letter/letter';
import type { TaskMinutes } from '../../lib/desk/today/dayPlan';
import { USUAL_CALLS, type CallSettings } from '../shared/calls';
import { windowField, windowOf, windowOptions, type GivenWindow } from '../shared/letterWindow';

/** How the shop works at the Desk. */
export interface DeskSettings {
	calls: CallSettings;
	/** What one of each kind takes of the staff's time. Minutes. */
	minutes: TaskMinutes;
	letters: LetterSettings & { most: number; pageMills: number; postageMills: number };
	/** How long an appointment lasts in the calendar. Minutes. */
	appointmentMinutes: number;
	/** When a session ends: after so many hours, and earlier when nothing is done for so many minutes. */
	sessions: { hours: number; idleMinutes: number };
}

interface Given extends GivenWindow {
	window?: WindowSide | 'other';
	duplex?: boolean;
	callsPerDay?: number;
	callTries?: number;
	callMinutes?: number;
	letterMinutes?: number;
	ticketMinutes?: number;
	approvalMinutes?: number;
	appointmentMinutes?: number;
	sessionHours?: number;
	idleMinutes?: number;
	lettersPerBatch?: number;
	postage?: number;
	pagePrice?: number;
}

/** Ours: what it takes somebody who knows the customers. A cut-off sending wants a look into the mailbox, a case a look into the file. */
const FIXED_MINUTES = { uncertain: 2, review: 3 };

const minutes = (displayName: string, name: string, usual: number, description: string): INodeProperties => ({ displayName, name, type: 'number', default: usual, typeOptions: { minValue: 0, numberPrecision: 1 }, description });

export const settingsField: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	options: [
		{ displayName: 'Both Sides of the Sheet', name: 'duplex', type: 'boolean', default: false, description: 'Whether the printer prints on both sides: each letter then begins on a sheet of its own' },
		{ displayName: 'Calls a Day', name: 'callsPerDay', type: 'number', default: 12, typeOptions: { minValue: 0 }, description: 'How many calls a day has room for; the rest moves to tomorrow, the important ones first' },
		{ displayName: 'End Idle Sessions (Minutes)', name: 'idleMinutes', type: 'number', default: 60, typeOptions: { minValue: 5, maxValue: 1440 }, description: 'Whoever does nothing on the Desk for so long logs in again; what was being written is kept' },
		{ displayName: 'End Sessions (Hours)', name: 'sessionHours', type: 'number', default: 12, typeOptions: { minValue: 1, maxValue: 24 }, description: 'Whoever opens the shop logs in once; after so many hours everybody logs in again' },
		{ displayName: 'Letters in a Batch', name: 'lettersPerBatch', type: 'number', default: 200, typeOptions: { minValue: 1 }, description: 'How many letters are printed together at the most; the others wait for the next batch' },
		minutes('Minutes for a Call', 'callMinutes', 4, 'What a call takes with its note, for the time that Today shows'),
		minutes('Minutes for a Letter', 'letterMinutes', 1.5, 'What printing, folding and posting takes, for the time that Today shows and for the report'),
		minutes('Minutes for an Approval', 'approvalMinutes', 0.5, 'What reading and approving takes, for the time that Today shows'),
		minutes('Minutes for a Ticket', 'ticketMinutes', 3, 'What reading and answering takes, for the time that Today shows'),
		{ displayName: 'Minutes of an Appointment', name: 'appointmentMinutes', type: 'number', default: 30, typeOptions: { minValue: 5 }, description: 'How long it lasts in the calendar file that is offered after a call' },
		{ displayName: 'Most Tries of a Call', name: 'callTries', type: 'number', default: 3, typeOptions: { minValue: 1 }, description: 'After so many tries in vain a call is given up' },
		{ displayName: 'Postage (Cents)', name: 'postage', type: 'number', default: 130, typeOptions: { minValue: 0 }, description: 'What the postage of a letter costs, for the report' },
		{ displayName: 'Price of a Page (Cents)', name: 'pagePrice', type: 'number', default: 5, typeOptions: { minValue: 0, numberPrecision: 1 }, description: 'What a printed page costs with its paper, for the report' },
		...windowOptions,
		windowField,
	],
};

/** The settings of the panel. @throws CrmError where the window lies off the page */
export function settingsOf(context: IWebhookFunctions): DeskSettings {
	return toSettings(context.getNodeParameter('settings', {}) as Given);
}

/** What was given, and the usual for the rest. */
function toSettings(given: Given): DeskSettings {
	const letter = given.letterMinutes ?? 1.5;
	return {
		calls: { perDay: given.callsPerDay ?? USUAL_CALLS.perDay, mostTries: given.callTries ?? USUAL_CALLS.mostTries },
		minutes: { ...FIXED_MINUTES, call: given.callMinutes ?? 4, letter, approval: given.approvalMinutes ?? 0.5, ticket: given.ticketMinutes ?? 3 },
		letters: {
			window: windowOf(given.window ?? 'right', given), duplex: given.duplex ?? false, most: given.lettersPerBatch ?? 200,
			pageMills: Math.round((given.pagePrice ?? 5) * 10), postageMills: Math.round((given.postage ?? 130) * 10),
		},
		appointmentMinutes: given.appointmentMinutes ?? 30,
		sessions: { hours: within(given.sessionHours ?? 12, 1, 24), idleMinutes: within(given.idleMinutes ?? 60, 5, 1440) },
	};
}

/** Held within its limits, because an expression can give anything; the lowest where it is no number. */
function within(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, Number(value) || least));
}

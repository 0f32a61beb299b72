import { only, positive, typedLine, type Form } from '../web/form';
import { readApproveAction, type ApproveAction } from './approve/action';
import { OUTCOME_BUTTONS, readCallAction, type CallAction } from './calls/action';
import { readCustomerAction, type CustomerAction } from './customer/action';
import { draftFault, draftOf, type Draft, type DraftFault } from './draft';
import { readLetterAction, type LetterAction } from './letters/action';
import { readPhoneAction, type PhoneAction } from './phone/action';
import { REJECT_REASONS, type RejectReason } from './rejection';
import { readResultsAction, type ResultsAction } from './results/action';
import { readRolloutAction, type RolloutAction } from './rollout/action';
import { NOTE_LIMIT, seen, type SeenMessage } from './seen';
import { readTicketAction, type TicketAction } from './tickets/action';
import { readAlertAction, type AlertAction } from './today/alerts';
import { viewOfAddress, type DeskView } from './view';
import { readWhoAction, type WhoAction } from './who/action';

export { REJECT_REASONS, rejectionWhy, type RejectReason } from './rejection';
export { NOTE_LIMIT, seenField, type SeenMessage } from './seen';

/** What a member of staff asks for. All but `login` need a session whose csrf token matches. */
export type DeskAction = { kind: 'login'; user: string; password: string } | { kind: 'logout' } | MessageAction | ApproveAction | AlertAction | CallAction | LetterAction | TicketAction | CustomerAction | RolloutAction | PhoneAction | ResultsAction | WhoAction;

/** What is decided about messages. */
export type MessageAction =
	| { kind: 'approve'; message: SeenMessage }
	/** Empty where nothing was selected. */
	| { kind: 'approveMany'; messages: SeenMessage[] }
	| { kind: 'reject'; message: SeenMessage; reason: RejectReason; note?: string }
	/** Save nothing where there is a fault: show the message page again with draft and fault. */
	| { kind: 'save'; message: SeenMessage; draft: Draft; fault?: DraftFault; thenApprove: boolean }
	/** Takes the text back that the message had before a language model worded it anew. */
	| { kind: 'useOriginal'; message: SeenMessage }
	/** The answer to an uncertain message. */
	| { kind: 'resolve'; id: number; arrived: boolean }
	/** The answer to an occasion that the rules leave to a person; the proof is needed for a yes. */
	| { kind: 'judge'; id: number; may: false; note: string }
	| { kind: 'judge'; id: number; may: true; note: string; basis: 'consent' | 'request'; proof: string; notice: string };

/** A posted form: what to do, the token to check first, and the view to show afterwards. */
export interface DeskPost {
	action: DeskAction;
	csrf: string;
	back: DeskView;
}

/** Reads a form of the Desk; `badForm` where it is none of ours. Checks neither session nor token: both need the store. */
export function parseDeskAction(form: Form | undefined): DeskPost | { problem: 'badForm' } {
	const action = form && actionOf(form);
	if (!form || !action) return { problem: 'badForm' };
	const back = viewOfAddress(only(form, 'back'));
	return { action, csrf: only(form, 'csrf'), back: backOf(action, back) };
}

/** Where to go on: what is approved or done leaves its page for the list, while what was agreed on a call is shown, to be put into a calendar. */
function backOf(action: DeskAction, back: DeskView): DeskView {
	if (leavesList(action)) return 'place' in back ? { view: 'approve', place: back.place } : back;
	if (action.kind === 'recordCall' && !['booked', 'again'].includes(OUTCOME_BUTTONS[action.typed.button].outcome)) return { view: 'calls', place: { page: 1 } };
	return back;
}

/** Whether what is decided leaves the list of what waits: the staff go on there. */
function leavesList(action: DeskAction): boolean {
	return (action.kind === 'save' && action.thenApprove) || ['putOff', 'never', 'approveAll'].includes(action.kind);
}

/** What was typed and would be lost where the action cannot be done. */
export function typedIn(action: DeskAction): Draft | undefined {
	switch (action.kind) {
		case 'save':
		case 'look':
			return action.draft;
		case 'answerTicket':
			return { body: action.text };
		case 'closeTicket':
			return action.note ? { body: action.note } : undefined;
		case 'recordCall':
			return action.typed.note ? { body: action.typed.note } : undefined;
		case 'recordConsent': {
			const { evidence, guardian, note } = action.typed;
			const words = [evidence, guardian, note].filter(Boolean).join('\n');
			return words ? { body: words } : undefined;
		}
		default:
			return undefined;
	}
}

function actionOf(form: Form): DeskAction | undefined {
	const message = seen(only(form, 'message'));
	switch (only(form, 'action')) {
		case 'login': {
			const [user, password] = [typedLine(only(form, 'user')), only(form, 'password')];
			return user.length <= 200 && password.length <= 1000 ? { kind: 'login', user, password } : undefined;
		}
		case 'logout':
			return { kind: 'logout' };
		case 'approve':
			return message && { kind: 'approve', message };
		case 'useOriginal':
			return message && { kind: 'useOriginal', message };
		case 'approvePicked':
			return many(form.get('pick') ?? []);
		case 'approveShown':
			return many(form.get('shown') ?? []);
		case 'reject': {
			const reason = REJECT_REASONS.find((one) => one === only(form, 'reason'));
			const note = typedLine(only(form, 'note')).slice(0, NOTE_LIMIT);
			return message && reason && { kind: 'reject', message, reason, ...(note && { note }) };
		}
		case 'save':
		case 'saveAndApprove': {
			if (!message || !form.has('body')) return undefined;
			const draft = draftOf(form.has('subject') ? only(form, 'subject') : undefined, only(form, 'body'));
			const fault = draftFault(draft);
			return { kind: 'save', message, draft, ...(fault && { fault }), thenApprove: only(form, 'action') === 'saveAndApprove' };
		}
		case 'arrived':
		case 'notArrived': {
			const id = positive(only(form, 'uncertain'));
			return id ? { kind: 'resolve', id, arrived: only(form, 'action') === 'arrived' } : undefined;
		}
		case 'mayNotContact':
		case 'mayContact':
			return judged(form);
		default:
			return readApproveAction(form) ?? readAlertAction(form) ?? readCallAction(form) ?? readLetterAction(form) ?? readTicketAction(form) ?? readCustomerAction(form) ?? readRolloutAction(form) ?? readPhoneAction(form) ?? readResultsAction(form) ?? readWhoAction(form);
	}
}

function judged(form: Form): DeskAction | undefined {
	const id = positive(only(form, 'case'));
	const [note, proof, notice] = ['note', 'proof', 'notice'].map((name) => typedLine(only(form, name)).slice(0, NOTE_LIMIT));
	if (!id) return undefined;
	if (only(form, 'action') === 'mayNotContact') return { kind: 'judge', id, may: false, note };
	const basis = (['consent', 'request'] as const).find((one) => one === only(form, 'basis'));
	return basis && proof ? { kind: 'judge', id, may: true, note, basis, proof, notice } : undefined;
}

function many(fields: readonly string[]): DeskAction | undefined {
	const messages = new Map(fields.map((field) => [field, seen(field)]));
	const read = [...messages.values()].filter((one) => one !== undefined);
	return read.length === messages.size ? { kind: 'approveMany', messages: read } : undefined;
}

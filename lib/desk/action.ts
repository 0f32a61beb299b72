import { only, positive, typedLine, type Form } from '../web/form';
import { readApproveAction, type ApproveAction } from './approve/action';
import { draftFault, draftOf, type Draft, type DraftFault } from './draft';
import { NOTE_LIMIT, seen, type SeenMessage } from './seen';
import { readRolloutAction, type RolloutAction } from './rollout/action';
import { viewOfAddress, type DeskView } from './view';

export { NOTE_LIMIT, seenField, type SeenMessage } from './seen';

/** Why the staff hold a message back; the words are in templates/<locale>/desk.json. */
export const REJECT_REASONS = ['wording', 'timing', 'inPerson', 'wrongData', 'other'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What a member of staff asks for. All but `login` need a session whose csrf token matches. */
export type DeskAction = { kind: 'login'; user: string; password: string } | { kind: 'logout' } | MessageAction | ApproveAction | RolloutAction;

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

/** A rejection as one text for the message's history: `timing`, or `timing: torna a maggio`. */
export function rejectionWhy({ reason, note }: { reason: RejectReason; note?: string }): string {
	return note ? `${reason}: ${note}` : reason;
}

/** Reads a form of the Desk; `badForm` where it is none of ours. Checks neither session nor token: both need the store. */
export function parseDeskAction(form: Form | undefined): DeskPost | { problem: 'badForm' } {
	const action = form && actionOf(form);
	if (!form || !action) return { problem: 'badForm' };
	const back = viewOfAddress(only(form, 'back'));
	return { action, csrf: only(form, 'csrf'), back: leavesList(action) ? listOf(back) : back };
}

/** What is decided leaves the list: the staff go on there. */
function leavesList(action: DeskAction): boolean {
	return (action.kind === 'save' && action.thenApprove) || ['putOff', 'never', 'approveAll'].includes(action.kind);
}

function listOf(view: DeskView): DeskView {
	return 'place' in view ? { view: 'approve', place: view.place } : view;
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
			return readApproveAction(form) ?? readRolloutAction(form);
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

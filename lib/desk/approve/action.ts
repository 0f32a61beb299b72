import { CHANNELS, type Channel } from '../../domain/glossary';
import { isLocalDate, type LocalDate } from '../../domain/time';
import { only, positive, typedLine, type Form } from '../../web/form';
import { NOTE_LIMIT, seen, type SeenMessage } from '../seen';
import { draftFault, draftOf, type Draft, type DraftFault } from '../draft';
import { viewOfAddress, type Place } from '../view';

/** What is asked for while approving, beside a yes or a no. */
export type ApproveAction =
	/** Shows what was typed as it would arrive; with `frame` the mail itself, for the frame on the page. Nothing is stored. */
	| { kind: 'look'; message: SeenMessage; draft: Draft; fault?: DraftFault; frame: boolean }
	| { kind: 'undo'; at: number }
	| { kind: 'putOff'; message: SeenMessage; until: LocalDate }
	| { kind: 'changeChannel'; message: SeenMessage; channel: Channel }
	/** The person told the staff that they want none of this purpose, or nothing at all. */
	| { kind: 'never'; message: SeenMessage; scope: 'purpose' | 'all'; note: string }
	/** All that match, after a sample was read; the claim says at what and when somebody looked. */
	| { kind: 'approveAll'; place: Place; claim: string }
	| { kind: 'complain'; id: number; about: 'sounds' | 'person'; words: string };

/** Reads a form of approving; undefined where it is none, or not a whole one. */
export function readApproveAction(form: Form): ApproveAction | undefined {
	const message = seen(only(form, 'message'));
	const note = typedLine(only(form, 'note')).slice(0, NOTE_LIMIT);
	switch (only(form, 'action')) {
		case 'look':
		case 'lookMail': {
			if (!message || !form.has('body')) return undefined;
			const draft = draftOf(form.has('subject') ? only(form, 'subject') : undefined, only(form, 'body'));
			const fault = draftFault(draft);
			return { kind: 'look', message, draft, ...(fault && { fault }), frame: only(form, 'action') === 'lookMail' };
		}
		case 'undo': {
			const at = positive(only(form, 'at'));
			return at ? { kind: 'undo', at } : undefined;
		}
		case 'putOff': {
			const until = only(form, 'until');
			return message && isLocalDate(until) ? { kind: 'putOff', message, until } : undefined;
		}
		case 'changeChannel': {
			const channel = CHANNELS.find((one) => one === only(form, 'channel'));
			return message && channel && { kind: 'changeChannel', message, channel };
		}
		case 'never': {
			const scope = (['purpose', 'all'] as const).find((one) => one === only(form, 'scope'));
			return message && scope && { kind: 'never', message, scope, note };
		}
		case 'approveAll': {
			const of = viewOfAddress(only(form, 'of'));
			return of.view === 'approve' && only(form, 'read') === 'yes' ? { kind: 'approveAll', place: of.place, claim: only(form, 'claim').slice(0, 200) } : undefined;
		}
		case 'complain': {
			const about = (['sounds', 'person'] as const).find((one) => one === only(form, 'about'));
			return message && about && { kind: 'complain', id: message.id, about, words: note };
		}
		default:
			return undefined;
	}
}

import { only, positive, typedLine, type Form } from '../../web/form';
import { REJECT_REASONS, rejectionWhy } from '../rejection';
import { NOTE_LIMIT } from '../seen';

export type LetterAction =
	| { kind: 'makeBatch'; doubtfulToo: boolean }
	| { kind: 'batchPrinted' | 'batchPosted'; id: number }
	/** Waits for another batch. */
	| { kind: 'takeOutLetter'; id: number }
	/** Is never sent. `inBatch`: it was put into a batch before. */
	| { kind: 'rejectLetter'; id: number; inBatch: boolean; why: string };

/** Reads what a form says about letters; undefined where it is none of ours. */
export function readLetterAction(form: Form): LetterAction | undefined {
	const [action, batch, letter] = [only(form, 'action'), positive(only(form, 'batch')), positive(only(form, 'letter'))];
	switch (action) {
		case 'makeBatch':
			return { kind: 'makeBatch', doubtfulToo: only(form, 'doubtful') === 'yes' };
		case 'batchPrinted':
		case 'batchPosted':
			return batch ? { kind: action, id: batch } : undefined;
		case 'takeOutLetter':
			return letter ? { kind: 'takeOutLetter', id: letter } : undefined;
		case 'rejectLetter': {
			const reason = REJECT_REASONS.find((one) => one === only(form, 'reason'));
			const note = typedLine(only(form, 'note')).slice(0, NOTE_LIMIT);
			return letter && reason ? { kind: 'rejectLetter', id: letter, inBatch: only(form, 'inBatch') === 'yes', why: rejectionWhy({ reason, note }) } : undefined;
		}
		default:
			return undefined;
	}
}

import { only, typedLine, type Form } from '../../web/form';

/** What the lead asks of the shop's phone. The number is as typed: the node reads it. */
export type PhoneAction = { kind: 'phoneConnect' } | { kind: 'phoneCode'; number: string } | { kind: 'phoneResume' } | { kind: 'phoneUnlink' };

const NUMBER_LIMIT = 30;

/** Reads a form of the page about the phone; undefined where it is none. */
export function readPhoneAction(form: Form): PhoneAction | undefined {
	const kind = only(form, 'action');
	switch (kind) {
		case 'phoneConnect':
		case 'phoneResume':
		case 'phoneUnlink':
			return { kind };
		case 'phoneCode':
			return { kind, number: typedLine(only(form, 'number')).slice(0, NUMBER_LIMIT).trim() };
		default:
			return undefined;
	}
}

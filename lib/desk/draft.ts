import { typedLine, typedText } from '../web/form';

/** Longest subject and body that the staff may write, in characters. */
export const DRAFT_LIMITS = { subject: 200, body: 5000 } as const;

/** A text as the staff left it. `subject` is absent on channels that have none. */
export interface Draft {
	subject?: string;
	body: string;
}

/** What is wrong with a draft. */
export type DraftFault = 'emptySubject' | 'emptyBody' | 'tooLong';

/** The typed fields as a draft: line ends, control characters and margins put in order, nothing else changed. */
export function draftOf(subject: string | undefined, body: string): Draft {
	return { ...(subject === undefined ? {} : { subject: typedLine(subject) }), body: typedText(body) };
}

/** The first fault of a draft, or undefined. */
export function draftFault({ subject, body }: Draft): DraftFault | undefined {
	if ((subject?.length ?? 0) > DRAFT_LIMITS.subject || body.length > DRAFT_LIMITS.body) return 'tooLong';
	if (subject === '') return 'emptySubject';
	return body === '' ? 'emptyBody' : undefined;
}

import { createHash } from 'node:crypto';
import type { Channel } from '../domain/glossary';

/** What the staff approve: this text to this recipient on this channel. */
export interface ApprovedContent {
	/** The contact point's value: the e-mail address or number that it goes to. */
	recipient: string;
	channel: Channel;
	subject?: string;
	text: string;
	html?: string;
}

/**
 * SHA-256 (hexadecimal) of what was approved. Any change gives another value, and then the approval no longer holds.
 * JSON keeps the fields apart: no text can be moved from one into the next without a change.
 */
export function contentHash({ recipient, channel, subject, text, html }: ApprovedContent): string {
	return createHash('sha256').update(JSON.stringify([recipient, channel, subject ?? null, text, html ?? null])).digest('hex');
}

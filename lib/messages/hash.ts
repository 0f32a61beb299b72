import { hash } from 'node:crypto';
import type { Channel } from '../domain/glossary';
import type { MessageExtra } from '../domain/messageExtra';

/** What the staff approve: this text to this recipient on this channel. */
export interface ApprovedContent {
	/** The contact point's value: the e-mail address or number that it goes to. */
	recipient: string;
	channel: Channel;
	subject?: string;
	text: string;
	html?: string;
	extra?: MessageExtra;
}

/**
 * SHA-256 (hexadecimal) of what was approved. Any change gives another value, and then the approval no longer holds.
 * JSON keeps the fields apart: no text can be moved from one into the next without a change.
 */
export function contentHash({ recipient, channel, subject, text, html, extra }: ApprovedContent): string {
	return hash('sha256', JSON.stringify([recipient, channel, subject ?? null, text, html ?? null, ...(extra ? [extra] : [])]), 'hex');
}

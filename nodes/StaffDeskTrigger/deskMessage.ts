import type { DeskMessage } from '../../lib/desk/state';
import type { Channel, Language } from '../../lib/domain/glossary';
import type { ReviewMessage } from '../../lib/store/review';
import { occasionOf } from './occasion';
import { customerNameOf } from './customerName';

/** A stored message as a card shows it. */
export function toDeskMessage(message: ReviewMessage): DeskMessage {
	const { id, contentHash, firstName, lastName, since, channel, language, subject, body, rewording, expiresOn, tried } = message;
	const allowed = tried.find((verdict) => verdict.outcome === 'allow' && verdict.channel === channel);
	const { capturedAt, source, method } = allowed?.facts ?? {};
	return {
		id,
		contentHash,
		customerName: customerNameOf({ firstName, lastName }),
		occasion: { ...occasionOf(message), ...(since && { since }) },
		channel: channel as Channel,
		textLanguage: language as Language,
		subject,
		body,
		...(rewording && rewording.original !== body && { rewording }),
		expiresOn,
		why: {
			code: allowed?.reason ?? '',
			...(capturedAt && { consent: { capturedAt: String(capturedAt), source: String(source ?? ''), method: method ? String(method) : undefined } }),
		},
	};
}

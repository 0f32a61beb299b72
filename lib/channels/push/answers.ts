import type { Delivery } from '../channel';
import { NoAnswer, type HttpAnswer } from '../http';

/** Milliseconds that a server has for its answer: a token and two tries fit into the lease of a message in `sending`. */
export const ANSWER_MS = 25_000;
/** Wait before a new try where the server names none (firebase.google.com/docs/cloud-messaging/error-codes). Minutes. */
const USUAL_WAIT = 1;

/** Not now, but the same message may go later. */
export function later(code: string, { headers }: Pick<HttpAnswer, 'headers'>): Delivery {
	return { outcome: 'refused', code, retry: true, afterMinutes: waitOf(headers['retry-after']) };
}

/** `Retry-After` in seconds; a date is not worth a clock here. */
function waitOf(header: string | undefined): number {
	const seconds = Number(header);
	return header !== undefined && Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds / 60) : USUAL_WAIT;
}

/** No answer: if the request cannot have left, nothing has; otherwise only a person can tell (RULES 36). */
export function unanswered(error: unknown): Delivery {
	if (!(error instanceof NoAnswer)) return { outcome: 'unknown', code: 'NO_ANSWER' };
	return { outcome: error.mayHaveLeft ? 'unknown' : 'down', code: error.code };
}

/** The fields of a JSON object; none of anything else. */
export function objectOf(body: unknown): Record<string, unknown> {
	return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

/** Tells a message from every other one: a second arrival takes the place of the first on the phone. */
export function keyOf({ id, key }: { id: number; key?: string }): string {
	return key ?? `ocrm-${id}`;
}

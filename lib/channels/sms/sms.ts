import type { Delivery, Outgoing, ProviderCost } from '../channel';
import { NoAnswer, type HttpAnswer } from '../http';
import type { SmsSettings } from './settings';

/** How a text is counted; `smsLength` of the messages does it. */
export type MeasureSms = (text: string) => { encoding: 'GSM-7' | 'UCS-2'; units: number; segments: number };

/** One SMS on its way to a provider. */
export interface Sms {
	message: Outgoing;
	/** The shop's alias, or its number. */
	from: string;
	/** The recipient's number without its plus. */
	digits: string;
	/** The text needs more than GSM-7. */
	unicode: boolean;
	segments: number;
	/** Where reports on it go. */
	callback?: string;
}

/** Speaks one provider's protocol. May throw what `Http` throws. */
export type SendSms = (sms: Sms) => Promise<Delivery>;

/** Milliseconds that a provider has for its answer. Two log-ins and two tries of Skebby fit into the lease of a message in `sending`. */
export const ANSWER_MS = 25_000;

/** The provider has it. `segments` as the provider counts them, where it tells. */
export function taken(providerId: string, settings: SmsSettings, segments: number): Delivery {
	return { outcome: 'sent', providerId, cost: costOf(settings, segments) };
}

function costOf({ centsPerSegment }: SmsSettings, segments: number): ProviderCost | undefined {
	return centsPerSegment && segments > 0 ? { mills: Math.round(segments * centsPerSegment * 10), segments } : undefined;
}

/** It was answered with success, and nothing in the answer tells under which id: taken, most likely, but nobody can know. */
export const UNREADABLE: Delivery = { outcome: 'unknown', code: 'ANSWER_UNREADABLE' };

/** What an answer without success means where the provider's own code says no more. A server that failed (5xx) may have taken the message before. */
export function notTaken(status: number, code: string): Delivery {
	if (status >= 500) return { outcome: 'unknown', code };
	if (status === 429 || status === 408) return { outcome: 'down', code, backOff: true };
	if ([400, 409, 413, 422].includes(status)) return { outcome: 'refused', code, retry: false };
	return { outcome: 'down', code, alert: true };
}

/** No answer: if the request cannot have left, none can; otherwise only a person can tell (RULES 36). */
export function unanswered(error: unknown): Delivery {
	if (!(error instanceof NoAnswer)) return { outcome: 'unknown', code: 'NO_ANSWER' };
	return { outcome: error.mayHaveLeft ? 'unknown' : 'down', code: error.code };
}

/** The provider's own code, where it is one: a sentence could hold a number or a name. */
export function errorCode(prefix: string, value: unknown, otherwise: string): string {
	return /^(\d{1,6}|[A-Za-z][\w.-]{1,50})$/.test(idOf(value) ?? '') ? `${prefix}_${String(value)}` : otherwise;
}

/** The fields of a JSON object; none of anything else. */
export function objectOf(body: HttpAnswer['body']): Record<string, unknown> {
	return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

/** An id as text; undefined where there is none. */
export function idOf(value: unknown): string | undefined {
	return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

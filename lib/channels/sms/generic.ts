import type { Delivery } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { checkPlaceholders, fillFields, fillText, readFields, valueAt } from './fields';
import { listOf, type GenericSmsSettings } from './settings';
import { ANSWER_MS, errorCode, idOf, notTaken, taken, UNREADABLE, type SendSms, type Sms } from './sms';

/**
 * A provider that the credential describes.
 * @throws CrmError where the description cannot be read
 */
export function generic(settings: GenericSmsSettings, http: Http): SendSms {
	const fields = readFields(settings.fields);
	checkPlaceholders(settings.url);
	return async (sms) => {
		const { message, from, digits, callback } = sms;
		const values = { to: message.recipient, toDigits: digits, text: message.text, from, id: ownId(sms), callback: callback ?? '' };
		const filled = fillFields(fields, values) as Record<string, unknown>;
		const answer = await http({ method: settings.method, url: fillText(settings.url, values, encodeURIComponent), timeoutMs: ANSWER_MS, ...body(settings, filled) });
		return outcomeOf(answer, settings, sms);
	};
}

/** The name by which the provider may know the message, where it gives none itself. */
function ownId({ message: { key, id, attempt } }: Sms): string {
	return key ?? `${id}-${attempt}`;
}

function body({ sendAs }: GenericSmsSettings, fields: Record<string, unknown>) {
	if (sendAs === 'json') return { json: fields };
	const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]));
	return sendAs === 'form' ? { form: texts } : { query: texts };
}

function outcomeOf({ status, body: answer }: HttpAnswer, settings: GenericSmsSettings, sms: Sms): Delivery {
	const { okPath, idPath } = settings;
	const accepted = listOf(settings.acceptedStatuses);
	if (!(accepted.length > 0 ? accepted : ['200', '201', '202']).includes(String(status))) return refusal(answer, settings, status, `HTTP_${status}`);
	if (okPath && !listOf(settings.okValues).includes(String(valueAt(answer, okPath)))) return refusal(answer, settings, 400, 'NOT_ACCEPTED');
	const id = idPath ? idOf(valueAt(answer, idPath)) : ownId(sms);
	return id ? taken(id, settings, sms.segments) : UNREADABLE;
}

/** @param otherwise the code where the answer has none */
function refusal(answer: unknown, { errorPath, unreachableCodes }: GenericSmsSettings, status: number, otherwise: string): Delivery {
	const value = errorPath ? idOf(valueAt(answer, errorPath)) : undefined;
	const code = errorCode('SMS', value, otherwise);
	if (status < 500 && value && listOf(unreachableCodes).includes(value)) return { outcome: 'refused', code, retry: false, unreachable: true };
	return notTaken(status, code);
}

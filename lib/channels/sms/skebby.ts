import type { Delivery } from '../channel';
import { NoAnswer, type Http, type HttpAnswer } from '../http';
import { apiUrl, type SkebbySettings } from './settings';
import { ANSWER_MS, errorCode, idOf, notTaken, objectOf, taken, UNREADABLE, type SendSms, type Sms } from './sms';

const API = '/API/v1.0/REST';
/** Milliseconds for the log-in, after which the message itself still has its time. */
const LOGIN_MS = 10_000;

/** The two headers that every call carries; a session ends after five minutes without one. */
type Session = { user_key: string; Session_key: string };
type Login = { session: Session } | { refused: Delivery };

/** https://developers.skebby.it */
export function skebby(settings: SkebbySettings, http: Http): SendSms {
	// One log-in for all messages that are under way.
	let present: Promise<Login> | undefined;

	async function attempt(sms: Sms): Promise<{ login: Promise<Login>; result: Delivery | HttpAnswer }> {
		const login = (present ??= logIn(settings, http));
		const outcome = await login;
		if ('session' in outcome) return { login, result: await http(request(settings, sms, outcome.session)) };
		if (present === login) present = undefined;
		return { login, result: outcome.refused };
	}

	return async (sms) => {
		const first = await attempt(sms);
		if (!('status' in first.result) || first.result.status !== 401) return toDelivery(first.result, settings, sms);
		// The session has ended, and nothing was taken. Whoever saw it first logs in for all.
		if (present === first.login) present = undefined;
		return toDelivery((await attempt(sms)).result, settings, sms);
	};
}

/** The log-in and its answer, `user_key;session_key`. Whatever goes wrong here, no message has left. */
async function logIn(settings: SkebbySettings, http: Http): Promise<Login> {
	try {
		const { status, body } = await http({ method: 'GET', url: apiUrl(settings, `${API}/login`), timeoutMs: LOGIN_MS });
		const [user_key, Session_key] = typeof body === 'string' ? body.trim().split(';') : [];
		if (status === 200 && user_key && Session_key) return { session: { user_key, Session_key } };
		const code = `SKEBBY_LOGIN_${status}`;
		return { refused: status >= 500 || status === 429 ? { outcome: 'down', code, backOff: true } : { outcome: 'down', code, alert: true } };
	} catch (error) {
		return { refused: { outcome: 'down', code: error instanceof NoAnswer ? error.code : 'NO_ANSWER' } };
	}
}

function request(settings: SkebbySettings, { message, from, unicode }: Sms, session: Session) {
	return {
		method: 'POST' as const,
		url: apiUrl(settings, `${API}/sms`),
		timeoutMs: ANSWER_MS,
		headers: { ...session },
		json: {
			message_type: settings.quality,
			message: message.text,
			recipient: [message.recipient],
			// The cheapest quality takes no sender of one's own.
			...(settings.quality !== 'SI' && { sender: from }),
			encoding: unicode ? 'ucs2' : 'gsm',
			// What was approved leaves whole or not at all.
			truncate: false,
			returnCredits: true,
			// A number that is none is then counted as 0 and not told in a sentence.
			allowInvalidRecipients: true,
			...(message.key && /^[\w.-]{1,32}$/.test(message.key) && { order_id: message.key }),
		},
	};
}

function toDelivery(result: Delivery | HttpAnswer, settings: SkebbySettings, { segments }: Sms): Delivery {
	return 'status' in result ? outcomeOf(result, settings, segments) : result;
}

function outcomeOf({ status, body }: HttpAnswer, settings: SkebbySettings, segments: number): Delivery {
	const { result, order_id, total_sent } = objectOf(body);
	if (status === 200 || status === 201) {
		if (total_sent === 0) return { outcome: 'refused', code: 'SKEBBY_NOT_SENT', retry: false, unreachable: true };
		const id = idOf(order_id);
		return result === 'OK' && id ? taken(id, settings, Number(total_sent) || segments) : UNREADABLE;
	}
	const code = errorCode('SKEBBY', result, `HTTP_${status}`);
	// The only refusals that the documentation leaves to a sentence: credit and sender concern every message.
	if (status === 400 && /credit|sender|tpoa|alias/i.test(JSON.stringify(body ?? ''))) return { outcome: 'down', code, alert: true };
	return notTaken(status, code);
}

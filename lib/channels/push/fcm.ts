import type { Instant } from '../../domain/time';
import type { Channel, Delivery, Outgoing } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { ANSWER_MS, keyOf, later, objectOf, unanswered } from './answers';
import { GRANT_TYPE, readServiceAccount, signedClaim, type ServiceAccount } from './serviceAccount';
import type { FcmSettings } from './settings';

/** A token is not used in its last minutes. Milliseconds. */
const TOKEN_RESERVE_MS = 5 * 60_000;

/**
 * App messages through Firebase Cloud Messaging, HTTP v1. Source: firebase.google.com/docs/reference/fcm/rest/v1/projects.messages and
 * .../fcm/rest/v1/ErrorCode.
 * @param clock tells the present instant, also during a long run
 * @throws CrmError when the settings hold no service account
 */
export function fcmChannel({ serviceAccount, baseUrl }: FcmSettings, http: Http, clock: () => Instant): Channel {
	const account = readServiceAccount(serviceAccount);
	const tokens = tokenSource(account, http, clock);
	const url = `${baseUrl.replace(/\/+$/, '')}/v1/projects/${encodeURIComponent(account.projectId)}/messages:send`;
	const post = async (message: Outgoing, token: string) =>
		await http({ method: 'POST', url, headers: { authorization: `Bearer ${token}` }, json: { message: toFcm(message) }, timeoutMs: ANSWER_MS });
	return {
		send: async (message) => {
			try {
				const token = await tokens.get();
				if (typeof token !== 'string') return token;
				const answer = await post(message, token);
				if (answer.status !== 401 || errorOf(answer).code === 'THIRD_PARTY_AUTH_ERROR') return toDelivery(answer);
				// The token was ended before its time: nothing was taken, and another one may do.
				await tokens.forget(token);
				const fresh = await tokens.get();
				return typeof fresh === 'string' ? toDelivery(await post(message, fresh)) : fresh;
			} catch (error) {
				return unanswered(error);
			}
		},
		close: async () => undefined,
	};
}

function toFcm(message: Outgoing) {
	const { recipient, subject, text, extra, refusalUrl } = message;
	const link = extra?.push?.link;
	const key = keyOf(message);
	return {
		token: recipient,
		notification: { ...(subject && { title: subject }), body: text },
		// Values must be texts.
		data: { messageId: key, ...(link && { link }), ...(refusalUrl && { refusalUrl }) },
		android: { notification: { tag: key } },
		apns: { headers: { 'apns-collapse-id': key } },
		...(link && { webpush: { fcm_options: { link } } }),
	};
}

function toDelivery(answer: HttpAnswer): Delivery {
	if (answer.status === 200) {
		const { name } = objectOf(answer.body);
		return typeof name === 'string' ? { outcome: 'sent', providerId: name } : { outcome: 'unknown', code: 'ANSWER_UNREADABLE' };
	}
	const { code, isOfToken } = errorOf(answer);
	switch (code) {
		case 'UNREGISTERED':
		case 'SENDER_ID_MISMATCH':
			return { outcome: 'refused', code, retry: false, unreachable: true };
		case 'INVALID_ARGUMENT':
			return { outcome: 'refused', code, retry: false, ...(isOfToken && { unreachable: true }) };
		case 'QUOTA_EXCEEDED':
		case 'UNAVAILABLE':
		// A second arrival would take the place of the first, so that this one too may be tried again.
		case 'INTERNAL':
			return later(code, answer);
		case 'THIRD_PARTY_AUTH_ERROR':
			return { outcome: 'down', code, alert: true };
	}
	if (answer.status === 429 || answer.status >= 500) return later(code, answer);
	if (answer.status === 401 || answer.status === 403) return { outcome: 'down', code, alert: true };
	return { outcome: 'refused', code, retry: false };
}

/** The code of an error, in FCM's own words where it has some; and whether it is about the token and not about a field of the message. */
function errorOf({ status, body }: HttpAnswer): { code: string; isOfToken: boolean } {
	const error = objectOf(objectOf(body).error);
	const details = (Array.isArray(error.details) ? error.details : []).map(objectOf);
	const own = details.find(({ '@type': type }) => String(type).endsWith('google.firebase.fcm.v1.FcmError'))?.errorCode;
	const code = [own, error.status].find((one) => typeof one === 'string' && /^[A-Z_]{3,40}$/.test(one)) as string | undefined;
	return { code: code ?? `HTTP_${status}`, isOfToken: own === 'INVALID_ARGUMENT' && !details.some(({ fieldViolations }) => fieldViolations !== undefined) };
}

/** Access tokens, one for all messages under way, until shortly before it ends. */
function tokenSource(account: ServiceAccount, http: Http, clock: () => Instant) {
	let current: Promise<string | Delivery> | undefined;
	let endsAt = 0;
	const fetchToken = async (now: number): Promise<string | Delivery> => {
		const assertion = await signedClaim(account, Math.floor(now / 1000));
		const answer = await http({ method: 'POST', url: account.tokenUri, form: { grant_type: GRANT_TYPE, assertion }, timeoutMs: ANSWER_MS });
		const { access_token: token, expires_in: seconds, error } = objectOf(answer.body);
		if (answer.status === 200 && typeof token === 'string') {
			endsAt = now + Number(seconds) * 1000 - TOKEN_RESERVE_MS;
			return token;
		}
		const code = `OAUTH_${typeof error === 'string' && /^[a-z_]{3,40}$/.test(error) ? error : answer.status}`;
		// No message has left yet, whatever the answer.
		return answer.status === 429 || answer.status >= 500 ? { outcome: 'down', code } : { outcome: 'down', code, alert: true };
	};
	return {
		get: async (): Promise<string | Delivery> => {
			const now = Date.parse(clock());
			if (current && now < endsAt) return await current;
			endsAt = Infinity;
			const asked = fetchToken(now).catch((error): Delivery => ({ outcome: 'down', code: (unanswered(error) as { code: string }).code }));
			current = asked;
			const token = await asked;
			if (typeof token !== 'string') current = undefined;
			return token;
		},
		/** Another message may have got a new one meanwhile: that stays. */
		forget: async (token: string) => {
			if ((await current) === token) endsAt = 0;
		},
	};
}

import type { Delivery } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { apiUrl, type BrevoSettings } from './settings';
import { ANSWER_MS, errorCode, idOf, notTaken, objectOf, taken, UNREADABLE, type SendSms } from './sms';

/** https://developers.brevo.com/reference/sendtransacsms */
export function brevo(settings: BrevoSettings, http: Http): SendSms {
	return async ({ message, from, digits, unicode, segments, callback }) => {
		const answer = await http({
			method: 'POST',
			url: apiUrl(settings, '/v3/transactionalSMS/send'),
			timeoutMs: ANSWER_MS,
			headers: { Accept: 'application/json' },
			json: {
				sender: from,
				recipient: digits,
				content: message.text,
				// The other type is held back by French law at night, on Sundays and on French holidays; our own hours were kept already.
				type: 'transactional',
				unicodeEnabled: unicode,
				...(callback && { webUrl: callback }),
			},
		});
		if (answer.status < 200 || answer.status > 202) return refusal(answer);
		const { messageId, smsCount } = objectOf(answer.body);
		const id = idOf(messageId);
		return id ? taken(id, settings, Number(smsCount) || segments) : UNREADABLE;
	};
}

function refusal({ status, body }: HttpAnswer): Delivery {
	const { code: value, message } = objectOf(body);
	const code = errorCode('BREVO', value, `HTTP_${status}`);
	if (status === 400) {
		if (value === 'not_enough_credits') return { outcome: 'down', code, alert: true };
		// Which parameter is wrong stands in the sentence only.
		if (/sender/i.test(String(message))) return { outcome: 'down', code, alert: true };
		if (/recipient|phone|mobile/i.test(String(message))) return { outcome: 'refused', code, retry: false, unreachable: true };
	}
	return notTaken(status, code);
}

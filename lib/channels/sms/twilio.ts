import type { Delivery } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { apiUrl, type TwilioSettings } from './settings';
import { ANSWER_MS, errorCode, idOf, notTaken, objectOf, taken, UNREADABLE, type SendSms } from './sms';

/** The number is none, or no mobile one. https://www.twilio.com/docs/api/errors */
export const TWILIO_UNREACHABLE: readonly number[] = [21211, 21214, 21217, 21614, 21635, 30005, 30006];
/** The customer has answered STOP. */
export const TWILIO_OPTED_OUT = 21610;
/** About the account or the sender: the next message would fare no better. */
const OF_ACCOUNT: readonly number[] = [10001, 20005, 20006, 21212, 21601, 21603, 21606, 21609, 21659, 21660, 21661, 21703, 30002];
/** More is queued than the sender can send. */
const TOO_MANY: readonly number[] = [14107, 20429, 21611, 30001];

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export function twilio(settings: TwilioSettings, http: Http): SendSms {
	const url = apiUrl(settings, `/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid)}/Messages.json`);
	return async ({ message, from, segments, callback }) => {
		const answer = await http({
			method: 'POST',
			url,
			timeoutMs: ANSWER_MS,
			form: {
				To: message.recipient,
				...(settings.messagingServiceSid ? { MessagingServiceSid: settings.messagingServiceSid } : { From: from }),
				Body: message.text,
				...(callback && { StatusCallback: callback }),
				...(settings.maxPrice && { MaxPrice: String(settings.maxPrice) }),
			},
		});
		if (answer.status !== 200 && answer.status !== 201) return refusal(answer);
		const { sid, num_segments } = objectOf(answer.body);
		const id = idOf(sid);
		// A messaging service does not know the number of parts yet, and says 0.
		return id ? taken(id, settings, Number(num_segments) || segments) : UNREADABLE;
	};
}

function refusal({ status, body }: HttpAnswer): Delivery {
	const { code: value } = objectOf(body);
	const code = errorCode('TWILIO', value, `HTTP_${status}`);
	const number = Number(value);
	if (status >= 500 || status === 429) return notTaken(status, code);
	if (number === TWILIO_OPTED_OUT) return { outcome: 'refused', code, retry: false, withdraw: true };
	if (TWILIO_UNREACHABLE.includes(number)) return { outcome: 'refused', code, retry: false, unreachable: true };
	if (OF_ACCOUNT.includes(number)) return { outcome: 'down', code, alert: true };
	if (TOO_MANY.includes(number)) return { outcome: 'down', code, backOff: true };
	return notTaken(status, code);
}

import type { Delivery } from '../channel';
import type { Http, HttpAnswer } from '../http';
import { apiUrl, type SmshostingSettings } from './settings';
import { ANSWER_MS, errorCode, idOf, notTaken, objectOf, taken, UNREADABLE, type SendSms } from './sms';

/** Errors that concern every message, from the documentation of `POST /sms/send`. */
const OF_ACCOUNT: readonly unknown[] = ['BAD_CREDIT', 'NO_CREDIT', 'BAD_CREDENTIALS', 'BAD_FROM', 'BAD_CALLBACK'];

/** https://help.smshosting.it/it/docs/sms-rest-api/invio */
export function smshosting(settings: SmshostingSettings, http: Http): SendSms {
	return async ({ message, from, digits, segments, callback }) => {
		const answer = await http({
			method: 'POST',
			url: apiUrl(settings, '/rest/api/sms/send'),
			timeoutMs: ANSWER_MS,
			headers: { Accept: 'application/json' },
			form: {
				to: digits,
				text: message.text,
				from,
				encoding: 'AUTO',
				...(message.key && { transactionId: message.key.slice(0, 60) }),
				...(callback && { statusCallback: callback }),
				...(settings.sandbox && { sandbox: 'true' }),
			},
		});
		if (answer.status !== 200) return refusal(answer);
		const { sms } = objectOf(answer.body);
		const { id, status, statusDetail } = objectOf(Array.isArray(sms) ? sms[0] : undefined);
		if (status === 'NOT_INSERTED') return notInserted(statusDetail);
		const providerId = idOf(id);
		return status === 'INSERTED' && providerId ? taken(providerId, settings, segments) : UNREADABLE;
	};
}

/** The call was right, and this recipient was not taken. */
function notInserted(detail: unknown): Delivery {
	const code = errorCode('SMSHOSTING', detail, 'NOT_INSERTED');
	if (detail === 'BADNUMBERFORMAT') return { outcome: 'refused', code, retry: false, unreachable: true };
	// Somebody is put on the provider's list by refusing.
	if (detail === 'BLACKLIST') return { outcome: 'refused', code, retry: false, withdraw: true };
	return { outcome: 'refused', code, retry: false };
}

function refusal({ status, body }: HttpAnswer): Delivery {
	const { errorMsg } = objectOf(body);
	const code = errorCode('SMSHOSTING', errorMsg, `HTTP_${status}`);
	if (status >= 500) return notTaken(status, code);
	if (errorMsg === 'NO_VALID_RECIPIENT') return { outcome: 'refused', code, retry: false, unreachable: true };
	if (OF_ACCOUNT.includes(errorMsg)) return { outcome: 'down', code, alert: true };
	return notTaken(status, code);
}

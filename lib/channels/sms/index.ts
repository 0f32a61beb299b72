import type { Channel, Delivery, Outgoing } from '../channel';
import type { Http } from '../http';
import { brevo } from './brevo';
import { generic } from './generic';
import { callbackUrl, type SmsSettings } from './settings';
import { skebby } from './skebby';
import { unanswered, type MeasureSms, type SendSms } from './sms';
import { smshosting } from './smshosting';
import { twilio } from './twilio';

/**
 * SMS through the provider of the credential. One instance keeps one session with the provider.
 * @param http adds what the provider wants as a login, as the credential's `authenticate` does
 * @param measure counts a text
 * @throws CrmError where a described provider is not described rightly
 */
export function smsChannel(settings: SmsSettings, http: Http, measure: MeasureSms): Channel {
	const send = senderOf(settings, http);
	const callback = callbackUrl(settings);
	return {
		send: async (message) => {
			const from = settings.senderNumber || message.sender.name;
			if (!isSender(from, measure)) return { outcome: 'down', code: 'SENDER_INVALID', alert: true };
			return await deliver(send, message, from, measure, callback);
		},
		close: async () => undefined,
	};
}

function senderOf(settings: SmsSettings, http: Http): SendSms {
	switch (settings.provider) {
		case 'twilio':
			return twilio(settings, http);
		case 'skebby':
			return skebby(settings, http);
		case 'smshosting':
			return smshosting(settings, http);
		case 'brevo':
			return brevo(settings, http);
		case 'generic':
			return generic(settings, http);
	}
}

async function deliver(send: SendSms, message: Outgoing, from: string, measure: MeasureSms, callback?: string): Promise<Delivery> {
	const { encoding, segments } = measure(message.text);
	try {
		return await send({ message, from, digits: message.recipient.replace(/^\+/, ''), unicode: encoding === 'UCS-2', segments, callback });
	} catch (error) {
		return unanswered(error);
	}
}

/** A number, or a name of at most 11 places of GSM-7 with a letter in it (RULES 40). Some providers put a number of chance in the place of others. */
function isSender(from: string, measure: MeasureSms): boolean {
	if (/^\+?\d{3,15}$/.test(from)) return true;
	const { encoding, units } = measure(from);
	return encoding === 'GSM-7' && units <= 11 && /\p{L}/u.test(from) && !/[\r\n]/.test(from);
}

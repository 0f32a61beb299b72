import { createHmac, randomBytes } from 'node:crypto';
import { basicIs, STANDIN_NUMBERS, withPlus, type SmsAnswer, type StandinProvider } from './provider';

export const TWILIO_ACCOUNT = { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'demo-auth-token' };

const sid = () => `SM${randomBytes(16).toString('hex')}`;

function error(status: number, code: number, message: string): SmsAnswer {
	return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

/** Twilio's Messages resource of 2010-04-01, and the webhooks that it signs. */
export function twilioStandin({ accountSid, authToken } = TWILIO_ACCOUNT): StandinProvider {
	const account = `/2010-04-01/Accounts/${accountSid}`;
	// https://www.twilio.com/docs/usage/security#validating-requests
	const signed = (form: Record<string, string>) => (url: string) => {
		const text = url + Object.keys(form).sort().map((name) => name + form[name]).join('');
		return { 'X-Twilio-Signature': createHmac('sha1', authToken).update(text).digest('base64') };
	};
	return {
		handle: (call, send) => {
			if (!call.path.startsWith('/2010-04-01/')) return undefined;
			if (!basicIs(call, accountSid, authToken)) return error(401, 20003, 'Authenticate');
			if (call.path === `${account}.json`) return { status: 200, body: { sid: accountSid, status: 'active' } };
			if (call.path !== `${account}/Messages.json` || call.method !== 'POST') return error(404, 20404, 'The requested resource was not found');
			const [to, from, text] = [call.form.get('To'), call.form.get('From') ?? call.form.get('MessagingServiceSid'), call.form.get('Body')];
			if (!to) return error(400, 21604, "A 'To' phone number is required.");
			if (!from) return error(400, 21603, "A 'From' phone number is required.");
			if (!text) return error(400, 21602, 'Message body is required.');
			if (text.length > 1600) return error(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
			if (!/^\+[1-9]\d{7,14}$/.test(to) || to === STANDIN_NUMBERS.invalid) return error(400, 21211, `Invalid 'To' Phone Number: ${to.slice(0, 4)}XXXX`);
			if (to === STANDIN_NUMBERS.refused) return error(400, 21610, 'Attempt to send to unsubscribed recipient');
			if (to === STANDIN_NUMBERS.noCredit) return error(401, 20005, 'Account not active');
			const { id } = send({ id: sid(), to, from, text, callback: call.form.get('StatusCallback') ?? undefined });
			return { status: 201, body: { sid: id, account_sid: accountSid, to, from, body: text, status: 'queued', num_segments: '1', price: null, error_code: null } };
		},
		report: ({ id, to, from }, state) => {
			const form: Record<string, string> = {
				MessageSid: id, SmsSid: id, AccountSid: accountSid, From: from, To: to, ApiVersion: '2010-04-01',
				MessageStatus: state === 'failed' ? 'undelivered' : state, SmsStatus: state === 'failed' ? 'undelivered' : state, ...(state === 'failed' && { ErrorCode: '30005' }),
			};
			return { method: 'POST', form, sign: signed(form) };
		},
		reply: (from, to, text) => {
			const id = sid();
			const stop = /^\s*stop\W*$/i.test(text);
			const form: Record<string, string> = {
				MessageSid: id, SmsSid: id, SmsMessageSid: id, AccountSid: accountSid, From: withPlus(from), To: to, Body: text,
				NumMedia: '0', NumSegments: '1', SmsStatus: 'received', ApiVersion: '2010-04-01', ...(stop && { OptOutType: 'STOP' }),
			};
			return { method: 'POST', form, sign: signed(form) };
		},
	};
}

import { randomInt, randomUUID } from 'node:crypto';
import { basicIs, STANDIN_NUMBERS, withPlus, type SmsAnswer, type StandinProvider } from './provider';

export const SMSHOSTING_ACCOUNT = { authKey: 'SMSHDEMO', authSecret: 'demo-secret' };

const error = (errorCode: number, errorMsg: string): SmsAnswer => ({ status: errorCode, body: { errorMsg, errorCode } });

/** smshosting's REST API. The same text to the same number within a day is refused there, too. */
export function smshostingStandin({ authKey, authSecret } = SMSHOSTING_ACCOUNT): StandinProvider {
	const sent = new Set<string>();
	return {
		handle: (call, send) => {
			if (!call.path.startsWith('/rest/api/')) return undefined;
			if (!basicIs(call, authKey, authSecret)) return error(401, 'BAD_CREDENTIALS');
			if (call.path === '/rest/api/user') return { status: 200, body: { username: 'ottica', credit: 100 } };
			if (call.path !== '/rest/api/sms/send') return error(404, 'NOT_FOUND');
			if (call.method !== 'POST') return error(405, 'METHOD_NOT_ALLOWED');
			const [to, text, from] = [call.form.get('to'), call.form.get('text'), call.form.get('from') ?? 'smshosting'];
			if (!text) return error(400, 'BAD_TEXT');
			if (text.includes('${')) return error(400, 'BAD_TEXT_PLACEHOLDER');
			if (from.length > 11 && !/^\+?\d+$/.test(from)) return error(400, 'BAD_FROM');
			if (!['7BIT', 'UCS2', 'AUTO', null].includes(call.form.get('encoding'))) return error(400, 'BAD_ENCODING');
			if ((call.form.get('transactionId') ?? '').length > 60) return error(400, 'BAD_TRANSACTIONID');
			if (!to) return error(400, 'NO_VALID_RECIPIENT');
			const number = withPlus(to);
			if (number === STANDIN_NUMBERS.noCredit) return error(400, 'BAD_CREDIT');
			const transactionId = call.form.get('transactionId') ?? randomUUID().replaceAll('-', '');
			const answer = (sms: object, inserted: number): SmsAnswer => ({ status: 200, body: { from, text, transactionId, smsInserted: inserted, smsNotInserted: 1 - inserted, sms: [{ to, ...sms }] } });
			const refuse = (statusDetail: string) => answer({ status: 'NOT_INSERTED', statusDetail }, 0);
			// The plus is not part of the number here.
			if (!/^[1-9]\d{7,14}$/.test(to) || number === STANDIN_NUMBERS.invalid) return refuse('BADNUMBERFORMAT');
			if (number === STANDIN_NUMBERS.refused) return refuse('BLACKLIST');
			const key = JSON.stringify([to, from, text]);
			if (sent.has(key)) return refuse('DUPLICATESMS');
			const id = randomInt(100_000_000, 999_999_999);
			if (call.form.get('sandbox') !== 'true') {
				sent.add(key);
				send({ id: String(id), to: number, from, text, callback: call.form.get('statusCallback') ?? undefined });
			}
			return answer({ id, status: 'INSERTED' }, 1);
		},
		report: ({ id, to }, state) => ({
			method: 'POST',
			form: { id, transactionId: 'demo', to: to.slice(1), status: state === 'delivered' ? 'DELIVERED' : 'NOTDELIVERED', notificationDate: new Date().toISOString().replace(/\.\d+Z$/, '+0000') },
		}),
		reply: (from, _to, text) => ({ method: 'GET', form: { number: from.replace('+', ''), text } }),
	};
}

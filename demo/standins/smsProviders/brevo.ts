import { randomInt } from 'node:crypto';
import { STANDIN_NUMBERS, withPlus, type SmsAnswer, type StandinProvider } from './provider';

export const BREVO_ACCOUNT = { apiKey: 'xkeysib-demo' };

const error = (status: number, code: string, message: string): SmsAnswer => ({ status, body: { code, message } });

/** Brevo's transactional SMS. */
export function brevoStandin({ apiKey } = BREVO_ACCOUNT): StandinProvider {
	return {
		handle: ({ path, method, headers, json }, send) => {
			if (!path.startsWith('/v3/')) return undefined;
			if (headers['api-key'] !== apiKey) return error(401, 'unauthorized', 'Key not found');
			if (path === '/v3/account') return { status: 200, body: { email: 'demo@ottica.example', plan: [{ type: 'sms', credits: 100 }] } };
			if (path !== '/v3/transactionalSMS/send') return error(404, 'document_not_found', 'Not found');
			if (method !== 'POST') return error(405, 'method_not_allowed', 'Method not allowed');
			const { sender, recipient, content, type = 'transactional', webUrl } = json;
			if (typeof sender !== 'string' || sender === '') return error(400, 'missing_parameter', 'sender is missing');
			if (sender.length > (/^\+?\d+$/.test(sender) ? 16 : 11)) return error(400, 'invalid_parameter', 'sender is not valid');
			if (typeof content !== 'string' || content === '') return error(400, 'missing_parameter', 'content is missing');
			if (type !== 'transactional' && type !== 'marketing') return error(400, 'invalid_parameter', 'type is not valid');
			const to = withPlus(String(recipient ?? ''));
			if (!/^\+\d{6,15}$/.test(to) || to === STANDIN_NUMBERS.invalid) return error(400, 'invalid_parameter', 'recipient is not valid');
			if (to === STANDIN_NUMBERS.noCredit) return error(402, 'not_enough_credits', 'You do not have enough SMS credits');
			const messageId = randomInt(1_000_000_000_000, 1_200_000_000_000);
			send({ id: String(messageId), to, from: sender, text: content, callback: typeof webUrl === 'string' ? webUrl : undefined });
			return { status: 201, body: { reference: 'demo', messageId, smsCount: 1, usedCredits: 4.5, remainingCredits: 95.5 } };
		},
		report: ({ id, to }, state) => ({ method: 'POST', json: event(id, to, { msg_status: state === 'delivered' ? 'delivered' : 'hard_bounce' }) }),
		reply: (from, _to, text, latest) => ({ method: 'POST', json: event(latest?.id ?? '1', withPlus(from), { msg_status: 'replied', reply: text }) }),
	};
}

function event(id: string, to: string, more: object) {
	return { id: 26570, to: to.slice(1), sms_count: 1, credits_used: 4.5, messageId: Number(id), remaining_credit: 95.5, type: 'transactional', ts_event: Math.floor(Date.now() / 1000), ...more };
}

import { randomUUID } from 'node:crypto';
import { basicIs, STANDIN_NUMBERS, type StandinProvider } from './provider';

export const SKEBBY_ACCOUNT = { user: 'ottica', password: 'demo-skebby' };

const API = '/API/v1.0/REST';

export interface SkebbyStandin extends StandinProvider {
	/** As after five minutes without a call. */
	endSessions(): void;
}

/** Skebby's REST API: log-in with user and password, then two keys in the headers. */
export function skebbyStandin({ user, password } = SKEBBY_ACCOUNT): SkebbyStandin {
	const sessions = new Set<string>();
	return {
		endSessions: () => sessions.clear(),
		handle: ({ path, ...call }, send) => {
			if (!path.startsWith(API)) return undefined;
			if (path === `${API}/login`) {
				const rightQuery = call.query.get('username') === user && call.query.get('password') === password;
				if (!rightQuery && !basicIs({ path, ...call }, user, password)) return { status: 404, body: '' };
				const session = randomUUID();
				sessions.add(session);
				return { status: 200, body: `demo-user-key;${session}` };
			}
			if (call.headers.user_key !== 'demo-user-key' || !sessions.has(call.headers.session_key ?? '')) return { status: 401, body: '' };
			if (path === `${API}/status`) return { status: 200, body: { money: null, sms: [{ type: 'GP', quantity: 1000 }] } };
			if (path !== `${API}/sms` || call.method !== 'POST') return { status: 404, body: '' };
			const { message, message_type, recipient, sender, encoding = 'gsm', order_id } = call.json;
			if (!['GP', 'TI', 'SI'].includes(String(message_type))) return { status: 400, body: { result: 'Invalid message_type' } };
			if (typeof message !== 'string' || message === '' || message.length > (encoding === 'gsm' ? 1000 : 450)) return { status: 400, body: { result: 'Invalid message' } };
			if (!Array.isArray(recipient) || recipient.length !== 1) return { status: 400, body: { result: 'Invalid recipient' } };
			const to = String(recipient[0]);
			if (to === STANDIN_NUMBERS.noCredit) return { status: 400, body: { result: 'Not enough credits' } };
			if (!/^\+[1-9]\d{7,14}$/.test(to) || to === STANDIN_NUMBERS.invalid) {
				if (call.json.allowInvalidRecipients !== true) return { status: 400, body: { result: 'Invalid recipient' } };
				return { status: 201, body: { result: 'OK', order_id: randomUUID(), total_sent: 0 } };
			}
			const { id } = send({ id: typeof order_id === 'string' ? order_id : randomUUID(), to, from: String(sender ?? ''), text: message });
			return { status: 201, body: { result: 'OK', order_id: id, total_sent: 1 } };
		},
		report: ({ id, to }, state) => ({
			method: 'GET',
			form: { order_id: id, recipient: to, status: state === 'delivered' ? 'DLVRD' : 'UNKNRCPT', delivery_date: stamp(new Date()) },
		}),
		reply: (from, to, text) => ({ method: 'POST', form: { sender: from.replace('+', ''), receiver: to.replace('+', ''), text, timestamp: String(Math.floor(Date.now() / 1000)) } }),
	};
}

/** `yyyyMMddHHmmss` on a clock in Rome. */
function stamp(date: Date): string {
	return date.toLocaleString('sv', { timeZone: 'Europe/Rome' }).replace(/\D/g, '');
}

import { randomUUID } from 'node:crypto';
import { STANDIN_NUMBERS, withPlus, type StandinProvider } from './provider';

const GENERIC_ACCOUNT = { headerName: 'X-Api-Key', headerValue: 'demo-key' };

/** What the credential says of this made-up provider, but for its address. */
export const GENERIC_DESCRIPTION = {
	method: 'POST',
	sendAs: 'json',
	fields: '{"message":{"to":"{{to}}","text":"{{text}}","from":"{{from}}"},"reportTo":"{{callback}}"}',
	...GENERIC_ACCOUNT,
	okPath: 'result',
	okValues: 'queued',
	idPath: 'data[0].id',
	errorPath: 'error.code',
	unreachableCodes: 'BAD_NUMBER',
	reportIdPath: 'message.id',
	reportStatusPath: 'message.status',
	deliveredValues: 'DELIVERED',
	failedValues: 'EXPIRED',
	permanentValues: 'UNKNOWN_NUMBER',
	replyFromPath: 'answer.from',
	replyToPath: 'answer.to',
	replyTextPath: 'answer.text',
	replyIdPath: 'answer.id',
} as const;

/** A provider that no one has heard of, for the credential's "described by fields". */
export function genericStandin(): StandinProvider {
	return {
		handle: ({ path, method, headers, json }, send) => {
			if (!path.startsWith('/generic/')) return undefined;
			if (headers[GENERIC_ACCOUNT.headerName.toLowerCase()] !== GENERIC_ACCOUNT.headerValue) return { status: 401, body: { error: { code: 'NO_LOGIN' } } };
			if (path === '/generic/account') return { status: 200, body: { credit: 100 } };
			if (path !== '/generic/messages' || method !== 'POST') return { status: 404, body: { error: { code: 'NOT_FOUND' } } };
			const { to, text, from } = (json.message ?? {}) as Record<string, unknown>;
			if (to === STANDIN_NUMBERS.noCredit) return { status: 402, body: { error: { code: 'NO_CREDIT' } } };
			if (to === STANDIN_NUMBERS.invalid) return { status: 200, body: { result: 'refused', error: { code: 'BAD_NUMBER' } } };
			if (typeof to !== 'string' || typeof text !== 'string' || text === '') return { status: 422, body: { error: { code: 'BAD_MESSAGE' } } };
			const { id } = send({ id: randomUUID(), to, text, from: String(from), callback: typeof json.reportTo === 'string' && json.reportTo ? json.reportTo : undefined });
			return { status: 202, body: { result: 'queued', data: [{ id }] } };
		},
		report: ({ id }, state) => ({ method: 'POST', json: { message: { id, status: state === 'delivered' ? 'DELIVERED' : 'UNKNOWN_NUMBER' } } }),
		reply: (from, to, text) => ({ method: 'POST', json: { answer: { id: randomUUID(), from: withPlus(from), to, text } } }),
	};
}

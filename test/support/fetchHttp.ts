import { NoAnswer, type Http } from '../../lib/channels/http';

/** Failures before a connection stood: nothing can have left. */
const BEFORE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];

/**
 * A real HTTP client of the form that the channels take.
 * @param login headers to add to a call of an address, as a credential would
 * @param timeoutMs instead of what the call allows
 */
export function fetchHttp(login: (url: string) => Record<string, string> = () => ({}), timeoutMs?: number): Http {
	return async (request) => {
		const url = new URL(request.url);
		for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
		const [body, type] =
			request.json !== undefined ? [JSON.stringify(request.json), 'application/json']
			: request.form ? [new URLSearchParams(request.form).toString(), 'application/x-www-form-urlencoded']
			: [request.body as string | undefined, undefined];
		try {
			const answer = await fetch(url, {
				method: request.method,
				headers: { ...(type && { 'Content-Type': type }), ...request.headers, ...login(request.url) },
				body,
				signal: AbortSignal.timeout(timeoutMs ?? request.timeoutMs ?? 10_000),
			});
			return { status: answer.status, headers: headersOf(answer), body: parsed(await answer.text()) };
		} catch (error) {
			const { name, cause, code } = error as Error & { code?: string; cause?: { code?: string } };
			const reason = name === 'TimeoutError' ? 'ETIMEDOUT' : (cause?.code ?? code ?? 'ECONNRESET');
			throw new NoAnswer(String(reason), !BEFORE.includes(String(reason)));
		}
	};
}

function headersOf(answer: Response): Record<string, string> {
	const headers: Record<string, string> = {};
	answer.headers.forEach((value, name) => (headers[name] = value));
	return headers;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

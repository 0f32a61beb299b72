import { NoAnswer, type Http } from '../../lib/channels/http';

/** The adapters' HTTP function without n8n, with an access token. */
export function plainHttp(token = 'demo-access-token'): Http {
	return async ({ method, url, headers, query, json, timeoutMs = 2000 }) => {
		try {
			const answer = await fetch(`${url}${query ? `?${new URLSearchParams(query)}` : ''}`, {
				method,
				headers: { authorization: `Bearer ${token}`, ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
				...(json !== undefined && { body: JSON.stringify(json) }),
				signal: AbortSignal.timeout(timeoutMs),
				redirect: 'manual',
			});
			const text = await answer.text();
			return { status: answer.status, headers: {}, body: isJson(text) ? JSON.parse(text) : text };
		} catch (error) {
			const causes = [error, (error as Error).cause] as Array<{ code?: string | number } | undefined>;
			const code = String(causes.map((cause) => cause?.code).find((each) => typeof each === 'string') ?? (error as Error).name);
			throw new NoAnswer(code, code !== 'ECONNREFUSED');
		}
	};
}

function isJson(text: string): boolean {
	return /^[[{]/.test(text);
}

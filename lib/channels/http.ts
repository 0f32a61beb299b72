/** One call of a provider, as n8n's own HTTP helper makes it: proxies and credentials work as everywhere in n8n. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent as `application/x-www-form-urlencoded`. */
	form?: Record<string, string>;
	/** Sent as it is, with the type that `headers` names. */
	body?: string | Buffer;
	/** The answer is a file and not text. */
	binary?: boolean;
	timeoutMs?: number;
}

/** An answer of any status. */
export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** Parsed where it is JSON, else text; a Buffer where the request asked for one. */
	body: unknown;
}

/** @throws NoAnswer when nothing came back */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** A call to which nothing came back. */
export class NoAnswer extends Error {
	/**
	 * @param code such as ECONNREFUSED or ETIMEDOUT
	 * @param mayHaveLeft whether the provider may have taken the request: then only a person can tell what became of it (RULES 36)
	 */
	constructor(
		readonly code: string,
		readonly mayHaveLeft: boolean,
	) {
		super(`The provider gave no answer (${code})`);
	}
}

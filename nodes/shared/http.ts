import { NodeOperationError, type IExecuteFunctions, type IHttpRequestOptions } from 'n8n-workflow';
import { NoAnswer, type Http, type HttpAnswer, type HttpRequest } from '../../lib/channels/http';

/** Longest wait for an answer unless the request says otherwise; shorter than the lease of a message in `sending`. */
const TIMEOUT_MS = 45_000;
/** No request was made: the name is unknown, nobody listens, there is no way there, or the other side did not prove who it is. */
const NEVER_LEFT = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_BAD_OPTION|ERR_UNESCAPED|ERR_INVALID_CHAR|ERR_HTTP_INVALID)/;
/** The connection ended before it was encrypted, so before anything was said over it. */
const BEFORE_TLS = /before secure TLS connection was established/;

/** The part of n8n's contexts that makes requests. */
type Context = Pick<IExecuteFunctions, 'helpers' | 'getNode'>;

/**
 * Calls of a provider through n8n's own HTTP helper, with the credential of the node: proxies, certificates and n8n's rules for addresses count as everywhere in n8n.
 * Redirects are not followed: a POST that is sent on may arrive twice. An answer of any status is an answer.
 * @param credentialType its `authenticate`, if it has one, signs each request
 */
export function httpOf(context: Context, credentialType: string): Http {
	return async (request: HttpRequest): Promise<HttpAnswer> => {
		try {
			const answer = (await context.helpers.httpRequestWithAuthentication.call(context as IExecuteFunctions, credentialType, toOptions(request))) as FullAnswer;
			return { status: answer.statusCode, headers: lowerCase(answer.headers), body: request.binary ? Buffer.from(answer.body as ArrayBuffer) : answer.body };
		} catch (error) {
			throw noAnswer(error);
		}
	};
}

interface FullAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

function toOptions({ method, url, headers, query, json, form, body, binary, timeoutMs }: HttpRequest): IHttpRequestOptions {
	return {
		method, url, qs: query,
		...bodyOf({ headers, json, form, body }),
		...(binary && { encoding: 'arraybuffer' as const }),
		timeout: timeoutMs ?? TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

/** Written out here, so that the bytes do not depend on how the helper would write them. */
function bodyOf({ headers = {}, json, form, body }: Pick<HttpRequest, 'headers' | 'json' | 'form' | 'body'>): Pick<IHttpRequestOptions, 'headers' | 'body'> {
	const as = (type: string, text: string) => {
		const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
		return { headers: isTyped ? headers : { ...headers, 'content-type': type }, body: text };
	};
	if (json !== undefined) return as('application/json', JSON.stringify(json));
	if (form !== undefined) return as('application/x-www-form-urlencoded', new URLSearchParams(form).toString());
	return body === undefined ? { headers } : { headers, body };
}

function lowerCase(headers: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(Object.entries({ ...headers }).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Where it is not certain that nothing left, it may have. */
function noAnswer(error: unknown): Error {
	const causes = causesOf(error);
	// The node itself is set up wrongly, such as without its credential: no request was made, and the person must read why.
	const setUp = causes.find((cause) => cause instanceof NodeOperationError);
	if (setUp) return setUp as Error;
	const found = causes.find(({ code }) => typeof code === 'string' && code !== '');
	// n8n has refused the address, or the credential could not be used.
	if (!found) return new NoAnswer('NOT_ASKED', causes.some(({ isAxiosError }) => isAxiosError === true));
	const { code = '' } = found;
	const neverLeft = NEVER_LEFT.test(code) || causes.some(({ syscall, message }) => syscall === 'connect' || BEFORE_TLS.test(message)) || connectsOnly(causes);
	return new NoAnswer(code, !neverLeft);
}

interface Cause extends Error {
	code?: string;
	syscall?: string;
	isAxiosError?: boolean;
	errors?: Cause[];
}

/** The error and what is behind it, the outermost first. */
function causesOf(error: unknown): Cause[] {
	const causes: Cause[] = [];
	for (let next = error as Cause | undefined; typeof next === 'object' && next && !causes.includes(next); next = next.cause as Cause | undefined) causes.push(next);
	return causes;
}

/** Every address of the host was tried, and none let itself be connected to. */
function connectsOnly(causes: readonly Cause[]): boolean {
	return causes.some(({ errors }) => errors !== undefined && errors.length > 0 && errors.every(({ syscall }) => syscall === 'connect'));
}

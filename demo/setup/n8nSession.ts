import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';
import type { N8nOwner } from './n8nEnvironment';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The two ways into n8n: its public API, and the REST interface of its editor for what the public one lacks. */
export interface N8nSession {
	/** Such as `api<Workflow>('get', '/workflows/1')`. @throws if n8n answers with an error or with anything but JSON */
	api<T>(method: Method, path: string, body?: unknown): Promise<T>;
	/** The same for paths under /rest; the answer's `data`. */
	rest<T>(method: Method, path: string, body?: unknown): Promise<T>;
	/** A file of JSON that n8n serves to its editor. */
	file<T>(path: string): Promise<T>;
}

const PATIENCE_MS = 60_000;
const NOT_YET = [404, 503];
const POLL_MS = 250;
const KEY_LABEL = 'Demo and tests';
const SCOPES = [
	...['workflow:create', 'workflow:list', 'workflow:read', 'workflow:update', 'workflow:activate', 'workflow:deactivate'],
	...['execution:list', 'execution:read'],
];

/** n8n said no. */
export class N8nRefusal extends Error {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
	}
}

/**
 * Logs the owner in and makes an API key, which takes the place of the one from the last time.
 *
 * @param baseUrl without a slash at the end
 * @throws if n8n refuses
 */
export async function openSession(baseUrl: string, owner: N8nOwner): Promise<N8nSession> {
	// The login is bound to this header: it must be the same in every request.
	const rest = axios.create({ baseURL: `${baseUrl}/rest`, headers: { 'browser-id': 'optical-crm-demo' }, validateStatus: () => true });
	const logIn = async () => await rest.post('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	let login = await logIn();
	// An older n8n says that it is ready a little before it knows its own addresses.
	for (const deadline = Date.now() + PATIENCE_MS; NOT_YET.includes(login.status) && Date.now() < deadline; login = await logIn()) await sleep(POLL_MS);
	// An older n8n does not take its owner from the environment, but from whoever comes first.
	if (login.status === 401 && (await rest.post('/owner/setup', owner)).status === 200) login = await logIn();
	if (login.status !== 200) throw new Error(`n8n refused the login of ${owner.email} with status ${login.status}. Does another n8n run at ${baseUrl}?`);
	rest.defaults.headers.common.cookie = (login.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

	const callRest = async <T>(method: Method, path: string, body?: unknown) => (await call<{ data: T }>(rest, method, path, body)).data;
	type Key = { id: string; label: string };
	const keys = await callRest<Key[] | { items: Key[] }>('get', `/api-keys?label=${encodeURIComponent(KEY_LABEL)}`);
	for (const { id, label } of Array.isArray(keys) ? keys : keys.items) if (label === KEY_LABEL) await callRest('delete', `/api-keys/${id}`);
	const key = await callRest<{ rawApiKey: string }>('post', '/api-keys', { label: KEY_LABEL, expiresAt: null, scopes: SCOPES });

	const api = axios.create({ baseURL: `${baseUrl}/api/v1`, headers: { 'X-N8N-API-KEY': key.rawApiKey }, validateStatus: () => true });
	return { rest: callRest, api: (method, path, body) => call(api, method, path, body), file: (path) => call(rest, 'get', `${baseUrl}${path}`) };
}

async function call<T>(http: AxiosInstance, method: Method, path: string, given?: unknown): Promise<T> {
	// An empty POST would go out as a form, which the public API refuses.
	const data = given ?? (method === 'post' ? {} : undefined);
	const ask = async () => await http.request({ method, url: path, data });
	let answer = await ask();
	// On a busy machine n8n turns away what comes while its database takes its time, before it looks at it.
	for (const deadline = Date.now() + PATIENCE_MS; isTurnedAway(answer) && Date.now() < deadline; answer = await ask()) await sleep(POLL_MS);
	const { status, headers, data: body } = answer;
	const what = `${method.toUpperCase()} ${new URL(http.defaults.baseURL ?? '').pathname}${path}`;
	// While it starts, and for addresses that it does not know, n8n answers with the page of its editor.
	if (!String(headers['content-type']).startsWith('application/json')) throw new N8nRefusal(`n8n answered ${status} to ${what} with something that is not JSON.`, status);
	if (status >= 400) throw new N8nRefusal(`n8n answered ${status} to ${what}: ${(body as { message?: string }).message ?? JSON.stringify(body)}`, status);
	return body as T;
}

const isTurnedAway = ({ status, data }: { status: number; data: unknown }) => status === 503 && /Database is not ready/.test(JSON.stringify(data));

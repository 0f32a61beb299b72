import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createRequire } from 'node:module';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import path from 'node:path';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NoAnswer, type HttpAnswer, type HttpRequest } from '../../../lib/channels/http';
import { httpOf } from '../../../nodes/shared/http';
import { runNode } from '../../support/runNode';

/** The requests that the next run makes, and what came of each. */
let request: HttpRequest;
let answer: HttpAnswer | undefined;
class Caller implements INodeType {
	description = { displayName: 'Caller', name: 'caller', version: 1, properties: [], credentials: [{ name: 'anyApi', required: true }] } as unknown as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		answer = await httpOf(this, 'anyApi')(request);
		return [[]];
	}
}

const call = async (given: HttpRequest): Promise<HttpAnswer> => {
	request = given;
	await runNode(Caller, { credentials: { anyApi: { token: 'x' } } });
	return answer as HttpAnswer;
};
const noAnswerOf = async (given: HttpRequest) => await call(given).then(() => 'an answer', (error) => (error instanceof NoAnswer ? { code: error.code, mayHaveLeft: error.mayHaveLeft } : error));

const servers: Array<Server | TcpServer> = [];
const listen = async <Some extends Server | TcpServer>(server: Some): Promise<string> => {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const serve = async (listener: RequestListener) => `http://${await listen(createServer(listener))}`;
const bodyOf = async (incoming: IncomingMessage) => {
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	return Buffer.concat(parts);
};
afterEach(async () => {
	for (const server of servers.splice(0)) {
		if ('closeAllConnections' in server) server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

describe('what is sent', () => {
	let url: string;
	let received: { method?: string; url?: string; headers: IncomingMessage['headers']; body: Buffer };
	beforeEach(async () => {
		url = await serve((incoming, response) => void bodyOf(incoming).then((body) => {
			received = { method: incoming.method, url: incoming.url, headers: incoming.headers, body };
			response.setHeader('X-Request-Id', 'abc').setHeader('content-type', 'application/json').end('{"ok":true}');
		}));
	});

	it.each<[string, Partial<HttpRequest>, string, string]>([
		['JSON', { json: { to: '+39', text: 'è "ora"\n' } }, 'application/json', '{"to":"+39","text":"è \\"ora\\"\\n"}'],
		['a JSON list', { json: [1, 2] }, 'application/json', '[1,2]'],
		['a form', { form: { To: '+39 333', Body: 'a&b=è' } }, 'application/x-www-form-urlencoded', 'To=%2B39+333&Body=a%26b%3D%C3%A8'],
		['a text', { body: '<a/>', headers: { 'Content-Type': 'application/xml' } }, 'application/xml', '<a/>'],
	])('is %s as it was given', async (_, given, type, body) => {
		expect(await call({ method: 'POST', url: `${url}/a`, query: { x: 'y z' }, ...given })).toEqual({ status: 200, headers: expect.objectContaining({ 'x-request-id': 'abc' }), body: { ok: true } });
		expect(received).toMatchObject({ method: 'POST', headers: { 'content-type': expect.stringContaining(type) } });
		expect(new URL(received.url as string, url).searchParams.get('x')).toBe('y z');
		expect(received.body.toString()).toBe(body);
	});

	it('is the bytes of a file, and the headers', async () => {
		const bytes = Buffer.from([0, 255, 128, 10]);
		await call({ method: 'PUT', url, body: bytes, headers: { 'content-type': 'application/pdf', 'api-key': 'k' } });
		expect(received.headers).toMatchObject({ 'content-type': 'application/pdf', 'api-key': 'k' });
		expect(received.body.equals(bytes)).toBe(true);
	});

	it('is nothing in a GET', async () => {
		await call({ method: 'GET', url });
		expect([received.method, received.body.length]).toEqual(['GET', 0]);
	});
});

describe('an answer', () => {
	it.each([400, 401, 404, 429, 500, 503])('of status %i is an answer, asked for once', async (status) => {
		let calls = 0;
		const url = await serve((_, response) => {
			calls++;
			response.writeHead(status, { 'content-type': 'text/plain', 'Retry-After': '7' }).end('No.');
		});
		expect(await call({ method: 'POST', url, json: {} })).toMatchObject({ status, body: 'No.', headers: { 'retry-after': '7' } });
		expect(calls).toBe(1);
	});

	it('that leads elsewhere is not followed: the other place would be asked a second time', async () => {
		let calls = 0;
		const url = await serve((_, response) => {
			calls++;
			response.writeHead(307, { location: '/other' }).end();
		});
		expect(await call({ method: 'POST', url, json: {} })).toMatchObject({ status: 307 });
		expect(calls).toBe(1);
	});

	it('that is a file comes as its bytes', async () => {
		const url = await serve((_, response) => response.end(Buffer.from([0, 200, 255])));
		const { body } = await call({ method: 'GET', url, binary: true });
		expect(Buffer.isBuffer(body) && [...body]).toEqual([0, 200, 255]);
	});
});

describe('no answer: nothing has left', () => {
	it('where nobody listens', async () => {
		const server = createTcpServer();
		const address = await listen(server);
		await new Promise((resolve) => servers.pop()?.close(resolve));
		expect(await noAnswerOf({ method: 'POST', url: `http://${address}`, json: {} })).toEqual({ code: 'ECONNREFUSED', mayHaveLeft: false });
	});

	it('where there is no such host', async () => {
		expect(await noAnswerOf({ method: 'POST', url: 'http://no.such.host.invalid/', json: {} })).toEqual({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/), mayHaveLeft: false });
	});

	it('where the certificate proves nothing', async () => {
		let calls = 0;
		const { default: options } = createRequire(__filename)(path.resolve(path.dirname(createRequire(__filename).resolve('smtp-server')), '..', 'cjs', 'tls-options.js')) as { default: (given: object) => { key: string; cert: string } };
		const { key, cert } = options({});
		const address = await listen(createHttpsServer({ key, cert }, (_, response) => response.end(String(++calls))));
		expect(await noAnswerOf({ method: 'POST', url: `https://${address}`, json: {} })).toEqual({ code: expect.stringMatching(/CERT|SELF_SIGNED|ERR_TLS/), mayHaveLeft: false });
		expect(calls).toBe(0);
	});

	it('where the other side speaks no TLS; where it ends in between, the code tells', async () => {
		const plain = await listen(createServer((_, response) => response.end()));
		expect(await noAnswerOf({ method: 'POST', url: `https://${plain}`, json: {} })).toMatchObject({ mayHaveLeft: false });
		const cut = await listen(createTcpServer((socket) => socket.once('data', () => socket.end())));
		expect(await noAnswerOf({ method: 'POST', url: `https://${cut}`, json: {} })).toMatchObject({ code: 'ECONNRESET' });
	});

	it('where the address is none', async () => {
		expect(await noAnswerOf({ method: 'POST', url: 'http://', json: {} })).toMatchObject({ mayHaveLeft: false });
	});
});

describe('no answer: it may have left', () => {
	it('where the connection is cut before anything was read', async () => {
		const address = await listen(createTcpServer((socket) => socket.destroy()));
		// Which of the two depends on who is quicker.
		expect(await noAnswerOf({ method: 'POST', url: `http://${address}`, json: {} })).toEqual({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/), mayHaveLeft: true });
	});

	it('where it is cut after everything was read', async () => {
		const url = await serve((incoming, response) => void bodyOf(incoming).then(() => response.destroy()));
		expect(await noAnswerOf({ method: 'POST', url, json: {} })).toEqual({ code: 'ECONNRESET', mayHaveLeft: true });
	});

	it('where it is cut in the middle of the answer', async () => {
		const url = await serve((_, response) => {
			response.writeHead(200, { 'content-length': '100', 'content-type': 'application/json' });
			response.write('{"id":');
			setTimeout(() => response.destroy(), 20);
		});
		expect(await noAnswerOf({ method: 'POST', url, json: {} })).toMatchObject({ mayHaveLeft: true });
	});

	it('where the answer takes too long', async () => {
		const url = await serve(() => undefined);
		expect(await noAnswerOf({ method: 'POST', url, json: {}, timeoutMs: 200 })).toEqual({ code: expect.stringMatching(/^(ECONNABORTED|ETIMEDOUT)$/), mayHaveLeft: true });
	});
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request, as a stand-in sees it. */
export interface StandinCall {
	method: string;
	/** Without the query. */
	path: string;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	body: string;
}

export interface StandinAnswer {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
}

/** How a stand-in misbehaves; for tests. By default it does not. */
export interface StandinFaults {
	/** Milliseconds before an answer; by then the work is done. */
	delayMs: number;
	/** What follows a taken request: its answer, silence, or a cut connection. */
	afterTaking: 'answer' | 'hang' | 'disconnect';
}

export interface HttpStandin {
	url: string;
	/** Can be changed at any time. */
	faults: StandinFaults;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** A local HTTP server around a function that answers; on the loopback address only. */
export async function startHttpStandin(answer: (call: StandinCall) => StandinAnswer, port = 0): Promise<HttpStandin> {
	const faults: StandinFaults = { delayMs: 0, afterTaking: 'answer' };
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const body = await readText(request);
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]));
		const { status, headers: more, json } = answer({ method: request.method ?? 'GET', path: new URL(request.url ?? '/', `http://${HOST}`).pathname, headers, body });
		await sleep(faults.delayMs);
		if (faults.afterTaking === 'disconnect') return void request.socket.destroy();
		if (faults.afterTaking === 'hang') return;
		response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(json ?? {}));
	};
	const server = createServer((request, response) => void serve(request, response).catch(() => request.socket.destroy()));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	return {
		url: `http://${HOST}:${(server.address() as { port: number }).port}`,
		faults,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

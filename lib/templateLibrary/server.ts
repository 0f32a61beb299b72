import { createServer, type Server } from 'node:http';
import { answerLibrary } from './answer';
import { readEntries } from './entries';

/** A library that answers. */
export interface LibraryServer {
	/** What `N8N_TEMPLATES_HOST` is set to. */
	url: string;
	stop(): Promise<void>;
}

/**
 * Serves the workflows of a folder as n8n's template library. It only reads, holds nothing about anybody, and may be asked by every page: the editor
 * in the person's browser asks it from another origin. The files are read anew for each request, so that a changed one is seen at once.
 *
 * @param host address to listen on; the loopback one unless the editor runs in the browsers of other machines
 * @param port 0 for any free one
 */
export async function serveLibrary(folder: string, host: string, port: number, createdAt: string): Promise<LibraryServer> {
	readEntries(folder);
	const server = createServer((request, response) => {
		const headers = {
			// The editor asks with credentials, for which no browser takes a "*". Nothing here depends on them.
			'Access-Control-Allow-Origin': request.headers.origin ?? '*',
			'Access-Control-Allow-Credentials': 'true',
			'Access-Control-Allow-Headers': 'n8n-version, content-type',
			Vary: 'Origin',
			'Cache-Control': 'no-cache',
			'X-Content-Type-Options': 'nosniff',
		};
		if (request.method === 'OPTIONS') return void response.writeHead(204, { ...headers, 'Access-Control-Allow-Methods': 'GET' }).end();
		const url = new URL(request.url ?? '/', 'http://library');
		const found = request.method === 'GET' ? answerLibrary(readEntries(folder), url.pathname, url.searchParams, createdAt) : undefined;
		response.writeHead(found === undefined ? 404 : 200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' });
		response.end(JSON.stringify(found ?? { message: 'There is nothing here. The library answers what n8n’s editor asks.' }));
	});
	await listen(server, host, port);
	const { port: open } = server.address() as { port: number };
	return {
		url: `http://${host}:${open}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function listen(server: Server, host: string, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
}

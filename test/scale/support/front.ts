import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../../demo/setup/ports';

/** What browsers and providers reach of the chain: it passes requests on to the webhook processes in turns, as the proxy of a chain of shops does. */
export interface Front {
	/** Without a slash at the end. */
	url: string;
	/** Requests that each has answered, by name. */
	served: Map<string, number>;
	/** Requests go to this one only; to all in turns again when it is left out. */
	only(name?: string): void;
	stop(): Promise<void>;
}

interface Backend {
	name: string;
	port: number;
}

/** @param backends asked in turns, without regard to who asked before */
export async function startFront(backends: readonly Backend[]): Promise<Front> {
	let [turn, chosen] = [0, undefined as string | undefined];
	const served = new Map<string, number>();
	const pass = (from: IncomingMessage, to: ServerResponse) => {
		const able = backends.filter(({ name }) => name === (chosen ?? name));
		const { name, port } = able[turn++ % able.length];
		const headers = { ...from.headers, 'x-forwarded-for': from.socket.remoteAddress ?? '', 'x-forwarded-proto': 'http' };
		const onward = request({ host: LOOPBACK, port, method: from.method, path: from.url, headers }, (answer) => {
			served.set(name, (served.get(name) ?? 0) + 1);
			to.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-served-by': name });
			answer.pipe(to);
		});
		onward.once('error', () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
		from.pipe(onward);
	};
	const server = createServer(pass);
	await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
	return {
		url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
		served,
		only: (name) => (chosen = name),
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

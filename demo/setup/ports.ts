import { createServer } from 'node:net';

/** The only address on which the demo listens: this machine. */
export const LOOPBACK = '127.0.0.1';

/** A port of the loopback address that is free now. Somebody else may take it before it is used. */
export async function freePort(): Promise<number> {
	return await tryPort(0);
}

/** @throws if another program listens on this port of the loopback address */
export async function requireFree(port: number): Promise<void> {
	await tryPort(port).catch((error: NodeJS.ErrnoException) => {
		const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.code ?? error.message})`;
		throw new Error(`Port ${port} ${why}. Choose another one with --port, or leave the option out: a free one is then found.`);
	});
}

function tryPort(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, LOOPBACK, () => {
			const { port: taken } = server.address() as { port: number };
			server.close(() => resolve(taken));
		});
	});
}

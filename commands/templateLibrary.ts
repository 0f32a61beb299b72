#!/usr/bin/env node
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serveLibrary } from '../lib/templateLibrary/server';

/** From `dist/commands` to the package's own workflows. */
const BUNDLED = path.join(__dirname, '..', '..', 'workflows');

const USAGE = `Serves the bundled workflows as the template library of an n8n.

  optical-crm-templates [--port 5680] [--host 127.0.0.1]

Start n8n with N8N_TEMPLATES_HOST set to the address that is printed: its page "Templates" then lists them in rollout order.
The browser of whoever uses the editor asks for them, so it must reach this address.`;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '5680' }, host: { type: 'string', default: '127.0.0.1' }, help: { type: 'boolean', default: false } } });
	if (values.help) return console.log(USAGE);
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port: give a whole number up to 65535.`);
	const { url } = await serveLibrary(BUNDLED, values.host, port, new Date().toISOString());
	console.log(`N8N_TEMPLATES_HOST=${url}`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});

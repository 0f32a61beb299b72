import path from 'node:path';
import { serveLibrary } from '../lib/templateLibrary/server';
import { startDemoPage } from './page/server';
import { buildNodes } from './setup/build';
import { lastLines, secondsSince, type StepContext } from './setup/command';
import { OptionError, readOptions, usage, type DemoOptions } from './setup/demoOptions';
import { openState } from './setup/demoState';
import { Ended, endSignal } from './setup/ending';
import { N8nClient } from './setup/n8nClient';
import { ensureN8n } from './setup/n8nInstall';
import { startN8n, type N8nServer } from './setup/n8nServer';
import { installPackage } from './setup/packageInstall';
import { demoFolder, projectRoot } from './setup/paths';
import { LOOPBACK } from './setup/ports';
import { openShop } from './setup/shop';
import type { CheckResult } from './setup/shopContext';
import { startStandins } from './standins/standins';

const owner = { email: 'demo@ottica.example', password: 'Ottica-demo-1', firstName: 'Demo', lastName: 'Ottica' };

/** The check takes nothing back. */
const CHECK_UNDO_SECONDS = 1;
/** An SMS is read so long after it was sent. */
const REPORT_AFTER_MS = 2_000;

/** What was started and must be ended, in this order. */
type Started = { name: string; end: () => Promise<void> | void }[];

async function runDemo(options: DemoOptions, context: StepContext, started: Started): Promise<CheckResult | undefined> {
	const { report, signal } = context;
	const begun = Date.now();
	// The check has a folder of its own: it needs one without a past, and leaves the demo's as it is.
	const state = await openState(path.join(demoFolder, options.check ? 'check' : 'shop'), options.reset || options.check);
	const atEnd = (name: string, end: () => Promise<void> | void) => started.push({ name, end });
	atEnd('the folder', () => state.release());

	await buildNodes(demoFolder, context);
	const installation = await ensureN8n(context);
	const userFolder = path.join(state.folder, 'n8n');
	await installPackage({ installation, packageFolder: projectRoot, userFolder }, context);

	const standins = await startStandins({ folder: state.folder, portFor: (part) => state.portFor(part), reportAfterMs: REPORT_AFTER_MS });
	atEnd('the stand-ins', () => standins.stop());
	const owners = new Map<string, string>();
	// The name of its port is from the time when it showed mails only: bookmarks go on working.
	const page = await startDemoPage(standins, owners, await state.portFor('mailbox page'));
	atEnd('the page that shows what arrived', () => page.stop());

	const library = await serveLibrary(path.join(projectRoot, 'workflows'), LOOPBACK, await state.portFor('templates'), new Date().toISOString());
	atEnd('the template library', () => library.stop());

	report(`Starting n8n ${installation.version} ...`);
	const env = { N8N_TEMPLATES_ENABLED: 'true', N8N_TEMPLATES_HOST: library.url };
	const server = await startN8n({ installation, userFolder, owner, env, port: options.port ?? (await state.portFor('n8n')), signal });
	atEnd('n8n', () => server.stop());
	const client = await N8nClient.connect(server.baseUrl, owner);

	report('Opening the shop ...');
	const shop = await orEnd(openShop({ ...context, options, client, server, standins, owners, folder: state.folder, undoSeconds: options.check ? CHECK_UNDO_SECONDS : undefined }), signal);
	if (options.check) {
		report('Running the main job ...');
		return await orEnd(shop.check(), signal);
	}
	report(`\nThe demo is ready (${secondsSince(begun)} s).\n`);
	report(`n8n           ${server.baseUrl}\n              user ${owner.email}, password ${owner.password}`);
	report(`What arrived  ${page.baseUrl}\n              phone, mailbox and letter tray`);
	report(`Templates     ${server.baseUrl}/templates/\n              the bundled workflows, in rollout order`);
	for (const line of shop.welcome) report(line);
	report('\nCtrl-C ends everything.');
	await lasting(server, signal);
	return undefined;
}

/** Does not wait for work that goes on without looking at the signal. */
async function orEnd<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	signal?.throwIfAborted();
	const ended = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
	return await Promise.race([work, ended]);
}

async function lasting(server: N8nServer, signal?: AbortSignal): Promise<void> {
	const ended = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
	const crash = await Promise.race([ended, server.exited]);
	if (crash && !signal?.aborted) throw new Error(`n8n ${crash} by itself. ${await lastLines(server.logFile)}`);
}

async function endAll(started: Started, { report }: StepContext): Promise<void> {
	for (const { name, end } of started.reverse()) {
		await Promise.resolve(end()).catch((error: Error) => report(`Could not end ${name}: ${error.message}`));
	}
}

// Our own errors say all that is needed; with the others it helps to see where they come from.
function inWords(error: Error): string {
	if (error instanceof Ended) return `Ended early (${error.message}).`;
	return error instanceof OptionError || error.constructor === Error ? error.message : (error.stack ?? String(error));
}

async function main(): Promise<number> {
	// Read before the options are, so that a wrong option is also told as JSON.
	const check = process.argv.includes('--check');
	const report = (line: string) => void (check ? process.stderr : process.stdout).write(`${line}\n`);
	const signal = endSignal(() => process.exit(130));
	const context = { report, signal };
	const started: Started = [];
	let result: CheckResult = { ok: true };
	try {
		const options = readOptions(process.argv.slice(2));
		if (options.help) report(usage);
		else result = (await runDemo(options, context, started)) ?? result;
	} catch (error) {
		result = { ok: false, error: inWords(error as Error) };
		report(`\n${result.error}`);
	}
	if (started.length > 1) report('\nEnding ...');
	await endAll(started, context);
	if (check) await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(result)}\n`, () => resolve()));
	return result.ok ? 0 : signal.aborted ? 130 : 1;
}

// Not left to the event loop: whatever is still open must not keep the terminal.
void main().then((code) => process.exit(code));

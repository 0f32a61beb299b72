// `npm run docs:pictures`: walks the tutorial as it is written, in a real n8n and a real browser, and takes its pictures on the way.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { N8nClient } from '../../../demo/setup/n8nClient';
import { ensureN8n } from '../../../demo/setup/n8nInstall';
import { startN8n, type N8nServer } from '../../../demo/setup/n8nServer';
import { projectRoot } from '../../../demo/setup/paths';
import { startMailbox, type Mailbox } from '../../../demo/standins/mailbox';
import { closeDatabase, openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { startBrowser } from '../../../test/e2e/support/browser';
import { until } from '../../../test/e2e/support/wait';
import { openDesk } from './desk';
import { Editor } from './editor';
import { installByHand } from './install';

const OWNER = { email: 'chiara@ottica.example', password: 'Ottica-prova-1', firstName: 'Chiara', lastName: 'Neri' };
const [STAFF, PASSWORD] = ['chiara', 'ottica-di-prova'];
const SECRET = 'f3c1'.repeat(16);
/** A working day on which two of the tutorial's customers may be greeted. */
const REHEARSAL = '2027-03-11';
const PICTURES = path.join(projectRoot, 'docs', 'images');
const SCREEN = { width: 1280, height: 800 };
const AT_ANY_HOUR = { sendOnWorkdays: '00:00-24:00', sendOnSaturdays: '00:00-24:00', sendOnHolidays: '00:00-24:00' };

const say = (line: string) => process.stderr.write(`${line}\n`);
const picture = async (page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }) =>
	await page.screenshot({ path: path.join(PICTURES, `tutorial-${name}.png`), ...(clip && { clip }) });

async function main(): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-tutorial-'));
	const installation = await ensureN8n({ report: say });
	const userFolder = path.join(folder, 'n8n');
	await installByHand(userFolder, folder, installation.node, { report: say });
	const mailbox = await startMailbox({ folder: path.join(folder, 'mails') });
	const server = await startN8n({ installation, userFolder, owner: OWNER });
	const browser = await startBrowser();
	try {
		await walk(server, browser, mailbox, folder);
	} catch (error) {
		// What was on the screen tells more than the error.
		for (const page of browser.contexts().flatMap((context) => context.pages())) await page.screenshot({ path: path.join(tmpdir(), `tutorial-failed-${Date.now()}.png`) }).catch(() => undefined);
		throw error;
	} finally {
		await browser.close();
		await server.stop();
		await mailbox.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

async function walk(server: N8nServer, browser: Browser, mailbox: Mailbox, folder: string): Promise<void> {
	const editor = new Editor(await (await browser.newContext({ viewport: SCREEN })).newPage(), server.baseUrl);
	const store = { file: path.join(folder, 'store.db'), shop: 'main', secret: SECRET };
	await editor.logIn(OWNER);

	say('The credentials');
	await editor.newCredential('Optical CRM Store API');
	await editor.fill('file', store.file);
	await editor.fill('secret', SECRET);
	await editor.saveCredential();
	// The path is of this machine; the picture shows the usual one.
	await editor.fill('file', '/home/node/.n8n/optical-crm/store.db');
	await editor.page.locator('body').click({ position: { x: 5, y: 790 } }).catch(() => undefined);
	await picture(editor.page, 'credential', { x: 192, y: 80, width: 896, height: 640 });
	await editor.newCredential('Optical CRM Desk API');
	await editor.part('fixed-collection-add').first().click();
	await editor.fill('name', STAFF);
	await editor.fill('password', PASSWORD);
	await editor.choose('role', 'Lead');
	await editor.saveCredential();
	const client = await N8nClient.connect(server.baseUrl, OWNER);
	await client.saveCredential({ name: 'Mail', type: 'opticalSmtpApi', data: { host: mailbox.host, port: mailbox.port, user: mailbox.user, password: mailbox.password, secure: false, requireTls: false } });

	say('The shop and its customers');
	await writeFile(path.join(server.filesFolder, 'clienti.csv'), await readFile(path.join(projectRoot, 'docs', 'tutorial-customers.csv')));
	const setUp = await editor.importFile(await changed(folder, '00-set-up-and-import.json', (name, parameters) => {
		if (name === 'Read the Export') parameters.fileSelector = path.join(server.filesFolder, 'clienti.csv');
		if (name === 'Set Up the Shop') Object.assign(parameters.fields as object, { customerPageUrl: `${server.baseUrl}/webhook/ottica/customer`, rehearsalDate: REHEARSAL, rehearsalEmail: 'chiara@ottica.example' });
	}));
	await editor.part('execute-workflow-button').first().click();
	await editor.page.getByText('Workflow executed successfully').first().waitFor();
	await editor.settle(1_500);
	await picture(editor.page, 'import', { x: 42, y: 65, width: 1238, height: 700 });
	say(`  workflow ${setUp}`);

	say('The Desk, the answers, the senders');
	for (const file of ['81-replies.json', '80-desk.json', '82-senders.json']) await client.activate(await editor.importFile(path.join(projectRoot, 'workflows', file)));

	say('The birthday flow');
	await editor.emptyCanvas();
	await picture(editor.page, 'empty', { x: 42, y: 0, width: 1238, height: 560 });
	await editor.openNodes();
	await editor.search('birthday');
	await picture(editor.page, 'search', { x: 640, y: 60, width: 640, height: 420 });
	await editor.add('Birthday Due Trigger');
	await editor.part('trigger-execute-button').first().click();
	await editor.page.getByText('Giulia').first().waitFor();
	await editor.settle(1_500);
	await picture(editor.page, 'trigger');
	await editor.closePanel();
	for (const [place, node] of ['Rollout Gate', 'Consent Check', 'Personalize Message', 'Queue for Approval'].entries()) {
		await editor.openNodes([0, 0, 1, 2][place]);
		await editor.search(node);
		await editor.add(node);
		if (node === 'Rollout Gate') await editor.fill('holdoutPercent', '0');
		await editor.closePanel();
	}
	await editor.part('zoom-to-fit').click();
	await editor.settle(1_500);
	await picture(editor.page, 'flow', { x: 42, y: 65, width: 1238, height: 640 });
	const birthdays = await editor.savedId();

	say('The step of the rollout');
	// Whoever follows the tutorial does so during the day; the pictures are made at any hour.
	const opened = await openStore(store);
	await saveShop(opened.db, 'main', { policy: AT_ANY_HOUR }, new Date().toISOString());
	await closeDatabase(store);
	await editor.importFile(await trialCriteria(folder));
	await editor.part('execute-workflow-button').first().click();
	await editor.page.getByText('Workflow executed successfully').first().waitFor();
	const desk = await openDesk(browser, `${server.baseUrl}/webhook/ottica/desk`, STAFF, PASSWORD);
	await desk.goto(`${server.baseUrl}/webhook/ottica/desk?view=rollout`);
	await desk.getByRole('button', { name: 'Apri la fase «Relazione»' }).click();
	await desk.getByText('ha aperto la fase').first().waitFor();

	say('The approval and the mail');
	await client.activate(birthdays);
	await until('a greeting waits on the Desk', async () => {
		await desk.goto(`${server.baseUrl}/webhook/ottica/desk?view=approve`);
		return (await desk.locator('article').count()) > 0;
	}, 180_000);
	await picture(desk, 'approve');
	const before = mailbox.mails().length;
	await desk.getByRole('button', { name: 'Approva', exact: false }).first().click();
	await until('the mail arrives', () => mailbox.mails().length > before, 180_000);
	await showMail(browser, mailbox.mails()[before].html);
}

async function showMail(browser: Browser, html: string): Promise<void> {
	const page = await (await browser.newContext({ viewport: { width: 390, height: 700 }, javaScriptEnabled: false })).newPage();
	await page.setContent(html);
	await picture(page, 'mail');
}

/** A copy of a bundled workflow with something entered, as the tutorial says. */
async function changed(folder: string, file: string, change: (name: string, parameters: Record<string, unknown>) => void): Promise<string> {
	const workflow = JSON.parse(await readFile(path.join(projectRoot, 'workflows', file), 'utf8')) as { nodes: Array<{ name: string; parameters: Record<string, unknown> }> };
	for (const { name, parameters } of workflow.nodes) change(name, parameters);
	const copy = path.join(folder, file);
	await writeFile(copy, JSON.stringify(workflow));
	return copy;
}

/** Manual Trigger, then Optical CRM > Rollout > Set Criteria with nothing asked for. */
async function trialCriteria(folder: string): Promise<string> {
	const [start, set] = ['When clicking ‘Execute workflow’', 'Optical CRM'];
	const nodes = [
		{ id: '1', name: start, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ id: '2', name: set, type: 'n8n-nodes-optical-crm.opticalCrm', typeVersion: 1, position: [240, 0], parameters: { resource: 'rollout', operation: 'set', settings: { completenessPercent: 0, consentPercent: 0, weeksInStep: 0 } } },
	];
	const file = path.join(folder, 'criteria.json');
	await writeFile(file, JSON.stringify({ name: 'Criteria for a trial', nodes, connections: { [start]: { main: [[{ node: set, type: 'main', index: 0 }]] } }, settings: { executionOrder: 'v1' } }));
	return file;
}

main().catch((error: Error) => {
	console.error(error.stack);
	process.exitCode = 1;
});

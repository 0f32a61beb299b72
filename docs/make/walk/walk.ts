import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { secondsSince } from '../../../demo/setup/command';
import { N8nClient } from '../../../demo/setup/n8nClient';
import type { N8nServer } from '../../../demo/setup/n8nServer';
import { projectRoot } from '../../../demo/setup/paths';
import type { Mailbox } from '../../../demo/standins/mailbox';
import { closeDatabase, openStore } from '../../../lib/store/open';
import { saveShop } from '../../../lib/store/shops';
import { until } from '../../../test/e2e/support/wait';
import { openDesk } from './desk';
import { Editor } from './editor';

export const OWNER = { email: 'chiara@ottica.example', password: 'Ottica-prova-1', firstName: 'Chiara', lastName: 'Neri' };
const [STAFF, PASSWORD] = ['chiara', 'ottica-di-prova'];
const SECRET = 'f3c1'.repeat(16);
/** A working day on which two of the tutorial's customers may be greeted. */
const REHEARSAL = '2027-03-11';
const PICTURES = path.join(projectRoot, 'docs', 'images');
const SCREEN = { width: 1280, height: 800 };
const PATIENCE_MS = 180_000;
const AT_ANY_HOUR = { sendOnWorkdays: '00:00-24:00', sendOnSaturdays: '00:00-24:00', sendOnHolidays: '00:00-24:00' };

const say = (line: string) => process.stderr.write(`${line}\n`);
const picture = async (page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }) =>
	await page.screenshot({ path: path.join(PICTURES, `tutorial-${name}.png`), ...(clip && { clip }) });

/** What the walk goes through, from step to step. */
export interface Way {
	server: Pick<N8nServer, 'baseUrl' | 'filesFolder'>;
	browser: Browser;
	mailbox: Pick<Mailbox, 'host' | 'port' | 'user' | 'password' | 'mails'>;
	/** For the store and for copies of workflows. */
	folder: string;
	editor: Editor;
	client: N8nClient;
}

/** Walks the tutorial as it is written, and takes its pictures on the way. */
export async function walk(given: Omit<Way, 'editor' | 'client'>): Promise<void> {
	const { server, browser } = given;
	const editor = new Editor(await (await browser.newContext({ viewport: SCREEN })).newPage(), server.baseUrl);
	const way: Way = { ...given, editor, client: await N8nClient.connect(server.baseUrl, OWNER) };
	await editor.logIn(OWNER);
	for (const step of STEPS) {
		const begun = Date.now();
		await step(way);
		say(`${step.name}: ${secondsSince(begun)} s`);
	}
}

const storeOf = ({ folder }: Pick<Way, 'folder'>) => ({ file: path.join(folder, 'store.db'), shop: 'main', secret: SECRET });
const deskOf = ({ server }: Way) => `${server.baseUrl}/webhook/ottica/desk`;

async function makeCredentials(way: Way): Promise<void> {
	const { editor, client, mailbox: { host, port, user, password } } = way;
	await editor.newCredential('Optical CRM Store API');
	await editor.fill('file', storeOf(way).file);
	await editor.fill('secret', SECRET);
	await editor.saveCredential();
	// The path is of this machine; the picture shows the usual one.
	await editor.part('parameter-input-file').locator('input').first().evaluate((input: HTMLInputElement) => (input.value = '/home/node/.n8n/optical-crm/store.db'));
	await picture(editor.page, 'credential', { x: 192, y: 80, width: 896, height: 640 });
	await editor.newCredential('Optical CRM Desk API');
	await editor.part('fixed-collection-add').first().click();
	await editor.fill('name', STAFF);
	await editor.fill('password', PASSWORD);
	await editor.choose('role', 'Lead');
	await editor.saveCredential();
	await client.saveCredential({ name: 'Mail', type: 'opticalSmtpApi', data: { host, port, user, password, secure: false, requireTls: false } });
}

async function importCustomers({ editor, server, folder }: Way): Promise<void> {
	await writeFile(path.join(server.filesFolder, 'clienti.csv'), await readFile(path.join(projectRoot, 'docs', 'tutorial-customers.csv')));
	await editor.importFile(await changed(folder, '00-set-up-and-import.json', (name, parameters) => {
		if (name === 'Read the Export') parameters.fileSelector = path.join(server.filesFolder, 'clienti.csv');
		if (name === 'Set Up the Shop') Object.assign(parameters.fields as object, { customerPageUrl: `${server.baseUrl}/webhook/ottica/customer`, rehearsalDate: REHEARSAL, rehearsalEmail: OWNER.email });
	}));
	await editor.run();
	await picture(editor.page, 'import', { x: 100, y: 410, width: 1180, height: 320 });
}

/** Import and choice of credentials are walked once, above; here n8n's interface does the same. */
async function switchOn({ client }: Way): Promise<void> {
	const credentials = Object.fromEntries((await client.credentials()).map(({ id, name, type }) => [type, { id, name }]));
	for (const file of ['81-replies.json', '80-desk.json', '82-senders.json']) await client.activate(await client.saveWorkflow(path.join(projectRoot, 'workflows', file), credentials));
}

async function buildFlow({ editor }: Way): Promise<void> {
	await editor.emptyCanvas();
	await picture(editor.page, 'empty', { x: 42, y: 0, width: 1238, height: 560 });
	await editor.openNodes();
	await editor.search('birthday');
	await picture(editor.page, 'search', { x: 640, y: 60, width: 640, height: 420 });
	await editor.add('Birthday Due Trigger');
	await editor.part('trigger-execute-button').first().click();
	await editor.page.getByText('Giulia').first().waitFor();
	await editor.settle(1_500);
	await picture(editor.page, 'trigger', { x: 430, y: 66, width: 825, height: 600 });
	await editor.closePanel();
	for (const [place, node] of ['Rollout Gate', 'Consent Check', 'Personalize Message', 'Queue for Approval'].entries()) {
		await editor.openNodes([0, 0, 1, 2][place]);
		await editor.search(node);
		await editor.add(node);
		if (node === 'Rollout Gate') await editor.fill('holdoutPercent', '0');
		await editor.closePanel();
	}
	await editor.part('tidy-up-button').click();
	await editor.settle(1_500);
	await editor.part('zoom-to-fit').click();
	await editor.settle(1_500);
	await picture(editor.page, 'flow', { x: 60, y: 270, width: 1160, height: 330 });
}

async function openStep(way: Way): Promise<void> {
	const { browser, client, editor, folder } = way;
	const birthdays = await editor.savedId();
	// Whoever follows the tutorial does so during the day; the pictures are made at any hour.
	const store = await openStore(storeOf(way));
	await saveShop(store.db, 'main', { policy: AT_ANY_HOUR }, new Date().toISOString());
	await closeDatabase(storeOf(way));
	await editor.importFile(await trialCriteria(folder));
	await editor.run();
	const desk = await openDesk(browser, deskOf(way), STAFF, PASSWORD);
	await desk.goto(`${deskOf(way)}?view=rollout`);
	await desk.getByRole('button', { name: 'Apri la fase «Relazione»' }).click();
	await desk.getByText('ha aperto la fase').first().waitFor();
	await desk.context().close();
	await client.activate(birthdays);
}

async function sayYes(way: Way): Promise<void> {
	const { browser, mailbox } = way;
	const desk = await openDesk(browser, deskOf(way), STAFF, PASSWORD);
	await until('a greeting waits on the Desk', async () => {
		await desk.goto(`${deskOf(way)}?view=approve`);
		return (await desk.locator('article').count()) > 0;
	}, PATIENCE_MS);
	await picture(desk, 'approve');
	const before = mailbox.mails().length;
	await desk.locator('article').first().getByRole('button', { name: 'Approva' }).first().click();
	await until('the mail arrives', () => mailbox.mails().length > before, PATIENCE_MS);
	await showMail(browser, mailbox.mails()[before].html);
}

const STEPS = [makeCredentials, importCustomers, switchOn, buildFlow, openStep, sayYes];

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

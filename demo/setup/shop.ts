import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DateTime } from 'luxon';
import { closeDatabase, openDatabase, openStore, type StoreSettings } from '../../lib/store/open';
import { fileOf } from '../../lib/store/place';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { saveShop } from '../../lib/store/shops';
import { exportCsv } from '../shop/exportCsv';
import { generateShop, type GeneratedShop } from '../shop/generateShop';
import { runMainJob } from './mainJob';
import type { CredentialIds, N8nClient } from './n8nClient';
import { itemsOf, requireSuccess } from './n8nExecution';
import { projectRoot } from './paths';
import type { OpenedShop, ShopContext } from './shopContext';

/** The demo's member of staff. Nowhere but here is there a password that others know. */
export const STAFF = { name: 'chiara', password: 'ottica-belvedere', role: 'lead' };

/** Addresses of the demo's pages, as the bundled workflows give them. */
export const DESK_PATH = 'ottica/desk';
export const CUSTOMER_PATH = 'ottica/customer';

const AT_ANY_HOUR = { sendOnWorkdays: '00:00-24:00', sendOnSaturdays: '00:00-24:00', sendOnHolidays: '00:00-24:00' };
const SEED = 20_260_101;
const EXPORT_FILE = 'clienti.csv';
const SET_UP = '00-set-up-and-import.json';
/** Published in this order: who answers and sends is there before anybody is written to. */
export const PUBLISHED = ['81-replies.json', '80-desk.json', '82-senders.json', '10-relational-birthday.json', '01-data-quality.json'];

/** The shop that moved in, for the check and for tests. */
export interface MovedIn {
	context: ShopContext;
	settings: StoreSettings;
	generated: GeneratedShop;
	/** The day that the shop takes as today. */
	today: string;
	credentials: CredentialIds;
	/** Ids of the workflows by file name. */
	workflows: Record<string, string>;
	/** The summary that the import gave, and the rows to mend. */
	imported: { summary: Record<string, unknown>; toMend: Record<string, unknown>[] };
}

/** Moves the fictional shop in: credentials, workflows, customers. Safe to run again on the same folder. */
export async function openShop(context: ShopContext): Promise<OpenedShop> {
	const shop = await moveIn(context);
	for (const file of PUBLISHED) await context.client.activate(shop.workflows[file]);
	return {
		welcome: [
			`Desk          ${context.server.baseUrl}/webhook/${DESK_PATH}`,
			`              user ${STAFF.name}, password ${STAFF.password}`,
		],
		check: async () => await runMainJob(shop),
	};
}

/** Saves credentials and workflows, and runs the import; publishes nothing yet. */
export async function moveIn(context: ShopContext): Promise<MovedIn> {
	const { client, folder, server, report } = context;
	const today = context.options.today ?? (DateTime.now().setZone('Europe/Rome').toISODate() as string);
	const { generated, settings } = await demoData(folder, today);
	const credentials = await saveCredentials(context, settings);
	await writeFile(path.join(server.filesFolder, EXPORT_FILE), exportCsv(generated.rows));
	const workflows: Record<string, string> = {};
	for (const file of PUBLISHED) workflows[file] = await client.saveWorkflow(path.join(projectRoot, 'workflows', file), credentials);
	workflows[SET_UP] = await client.saveWorkflow(await setUpWorkflow(context, generated), credentials);
	report(`Importing ${generated.rows.length} customers ...`);
	const imported = await runImport(client, workflows[SET_UP]);
	// The shop of the workflow is strict; nothing of the demo leaves the machine, and it is tried out at night and on Sundays too.
	await saveShop(await openDatabase(settings), settings.shop, { policy: AT_ANY_HOUR }, new Date().toISOString());
	// The demo's lead has opened all steps: every workflow of the demo runs at once.
	await openAllSteps(await openStore(settings), STAFF.name, new Date().toISOString());
	await closeDatabase(settings);
	return { context, settings, generated, today, credentials, workflows, imported };
}

/** The same customers at each start of a folder, born around the day of the first. */
async function demoData(folder: string, today: string): Promise<{ generated: GeneratedShop; settings: StoreSettings }> {
	const file = path.join(folder, 'shop.json');
	const kept = await readFile(file, 'utf8').then((text) => JSON.parse(text) as { day: string; secret: string }, () => undefined);
	const { day, secret } = kept ?? { day: today, secret: randomBytes(32).toString('hex') };
	if (!kept) await writeFile(file, JSON.stringify({ day, secret }), { mode: 0o600 });
	const generated = generateShop({ seed: SEED, today: day });
	return { generated, settings: { file: path.join(folder, 'store', 'store.db'), shop: generated.shop.code, secret } };
}

async function saveCredentials({ client, mailbox }: ShopContext, settings: StoreSettings): Promise<CredentialIds> {
	await mkdir(path.dirname(fileOf(settings)), { recursive: true, mode: 0o700 });
	const { host, port, user, password } = mailbox;
	const wanted = [
		{ name: 'Optical CRM Store', type: 'opticalCrmStoreApi', data: { ...settings } },
		{ name: 'Optical CRM Desk', type: 'opticalCrmDeskApi', data: { accounts: { account: [STAFF] } } },
		{ name: 'Mail', type: 'opticalSmtpApi', data: { host, port, user, password, secure: false, requireTls: false } },
	];
	const ids: CredentialIds = {};
	for (const credential of wanted) {
		const id = await client.saveCredential(credential);
		const { ok, message } = await client.testCredential(id);
		if (!ok) throw new Error(`The test of the credential "${credential.name}" failed: ${message}`);
		ids[credential.type] = { id, name: credential.name };
	}
	return ids;
}

/** The bundled set-up workflow with the demo's own shop and file entered, as a consultant would enter theirs. */
async function setUpWorkflow({ server, folder, options }: ShopContext, { shop }: GeneratedShop): Promise<string> {
	const workflow = JSON.parse(await readFile(path.join(projectRoot, 'workflows', SET_UP), 'utf8'));
	const parameters = (name: string) => workflow.nodes.find((node: { name: string }) => node.name === name).parameters;
	const { code, policy, privacyNotices, ...fields } = shop;
	parameters('Set Up the Shop').fields = {
		...fields,
		privacyNotices: { notice: privacyNotices },
		customerPageUrl: `${server.baseUrl}/webhook/${CUSTOMER_PATH}`,
		rehearsalDate: options.today ?? '',
	};
	parameters('Read the Export').fileSelector = path.join(server.filesFolder, EXPORT_FILE);
	parameters('Import the Customers').noticeVersion = privacyNotices[0].version;
	const file = path.join(folder, SET_UP);
	await writeFile(file, JSON.stringify(workflow));
	return file;
}

async function runImport(client: N8nClient, workflow: string): Promise<MovedIn['imported']> {
	const execution = await client.waitForExecution(await client.run(workflow, 'When clicking ‘Execute workflow’'));
	requireSuccess(execution);
	return { summary: itemsOf(execution, 'Import the Customers')[0], toMend: itemsOf(execution, 'Import the Customers', 1) };
}

import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DateTime } from 'luxon';
import { closeDatabase, openStore, type StoreSettings } from '../../lib/store/open';
import { openAllSteps } from '../../lib/store/rollout/changes';
import { saveShop } from '../../lib/store/shops';
import { exportCsv } from '../shop/exportCsv';
import { generateShop, type GeneratedShop } from '../shop/generateShop';
import { saveCredentials } from './credentials';
import { demoWorkflow, onEveryChannel, type DemoNode } from './demoWorkflow';
import { nameOwners, openEveryChannel } from './everyChannel';
import { runMainJob } from './mainJob';
import type { N8nClient } from './n8nClient';
import { itemsOf, requireSuccess } from './n8nExecution';
import { projectRoot } from './paths';
import { CUSTOMER_PATH, DESK_PATH, pagesOf, STAFF, type MovedIn, type OpenedShop, type ShopContext } from './shopContext';

const ALL_DAY = '00:00-24:00';
const AT_ANY_HOUR = {
	sendOnWorkdays: ALL_DAY, sendOnSaturdays: ALL_DAY, sendOnHolidays: ALL_DAY,
	callOnWorkdays: ALL_DAY, callOnSaturdays: ALL_DAY, callOnEves: ALL_DAY, callOnHolidays: ALL_DAY,
};
/** The name from which SMS come, where there is no number. */
const SMS_ALIAS = 'Belvedere';
const SEED = 20_260_101;
const EXPORT_FILE = 'clienti.csv';
const SET_UP = '00-set-up-and-import.json';
const DESK = '80-desk.json';
export const ERRORS = '99-errors.json';
/** Published in this order: who hears of failures, answers and sends is there before anybody is written to. */
export const PUBLISHED = [ERRORS, '81-replies.json', DESK, '82-senders.json', '10-relational-birthday.json', '01-data-quality.json', '83-mailbox.json'];

/** Moves the fictional shop in: credentials, workflows, customers. Safe to run again on the same folder. */
export async function openShop(context: ShopContext): Promise<OpenedShop> {
	const shop = await moveIn(context);
	for (const file of PUBLISHED) await context.client.activate(shop.workflows[file]);
	// The check does it between its steps, so that it can count.
	if (!context.options.check) {
		await openEveryChannel(shop, await openStore(shop.settings));
		await closeDatabase(shop.settings);
		await importTheOthers(shop);
	}
	return {
		welcome: [
			`Desk          ${pagesOf(context)}/${DESK_PATH}`,
			`              user ${STAFF.name}, password ${STAFF.password}`,
		],
		check: async () => await runMainJob(shop),
	};
}

/** The other bundled workflows are there to look at and to publish, in rollout order. */
export async function importTheOthers({ context, credentials, workflows }: MovedIn): Promise<void> {
	const files = (await readdir(path.join(projectRoot, 'workflows'))).filter((file) => file.endsWith('.json') && !(file in workflows)).sort();
	for (const file of files) workflows[file] = await context.client.saveWorkflow(await demoWorkflow(context.folder, file, asTheDemoHasIt(context)), credentials);
}

/** Saves credentials and workflows, and runs the import; publishes nothing yet. */
export async function moveIn(context: ShopContext): Promise<MovedIn> {
	const { client, folder, server, report } = context;
	const today = context.options.today ?? (DateTime.now().setZone('Europe/Rome').toISODate() as string);
	const { generated, settings, firstDay } = await demoData(context, today);
	const credentials = await saveCredentials(context, settings);
	await writeFile(path.join(server.filesFolder, EXPORT_FILE), exportCsv(generated.rows));
	const workflows: Record<string, string> = {};
	for (const file of PUBLISHED) {
		workflows[file] = await client.saveWorkflow(await demoWorkflow(folder, file, asTheDemoHasIt(context)), credentials);
		if (file === ERRORS) client.errorWorkflow = workflows[file];
	}
	workflows[SET_UP] = await client.saveWorkflow(await setUpWorkflow(context, generated), credentials);
	report(`Importing ${generated.rows.length} customers ...`);
	const imported = await runImport(client, workflows[SET_UP]);
	// The shop of the workflow is strict; nothing of the demo leaves the machine, and it is tried out at night and on Sundays too.
	const store = await openStore(settings);
	await saveShop(store.db, settings.shop, { policy: AT_ANY_HOUR, smsAlias: SMS_ALIAS }, new Date().toISOString());
	await nameOwners(context.owners, store);
	// The demo's lead has opened all steps: every workflow of the demo runs at once.
	await openAllSteps(store, STAFF.name, new Date().toISOString());
	await closeDatabase(settings);
	return { context, settings, generated, today, firstDay, credentials, workflows, imported };
}

/** The same customers at each start of a folder, born around the day of the first. */
async function demoData({ folder, place }: ShopContext, today: string): Promise<{ generated: GeneratedShop; settings: StoreSettings; firstDay: string }> {
	const file = path.join(folder, 'shop.json');
	const kept = await readFile(file, 'utf8').then((text) => JSON.parse(text) as { day: string; secret: string }, () => undefined);
	const { day, secret } = kept ?? { day: today, secret: randomBytes(32).toString('hex') };
	if (!kept) await writeFile(file, JSON.stringify({ day, secret }), { mode: 0o600 });
	const generated = generateShop({ seed: SEED, today: day });
	return { generated, settings: { ...(place ?? { file: path.join(folder, 'store', 'store.db') }), shop: generated.shop.code, secret }, firstDay: day };
}

/** The bundled set-up workflow with the demo's own shop and file entered, as a consultant would enter theirs. */
async function setUpWorkflow(context: ShopContext, { shop }: GeneratedShop): Promise<string> {
	const { server, folder, options } = context;
	const { code, policy, privacyNotices, ...fields } = shop;
	return await demoWorkflow(folder, SET_UP, ({ name, parameters }) => {
		if (name === 'Read the Export') parameters.fileSelector = path.join(server.filesFolder, EXPORT_FILE);
		if (name === 'Import the Customers') parameters.noticeVersion = privacyNotices[0].version;
		if (name !== 'Set Up the Shop') return;
		parameters.fields = {
			...fields,
			privacyNotices: { notice: privacyNotices },
			customerPageUrl: `${pagesOf(context)}/${CUSTOMER_PATH}`,
			rehearsalDate: options.today ?? '',
		};
	});
}

/** What the demo enters in a bundled workflow: every channel, and at the Desk the time to undo that was asked for. */
function asTheDemoHasIt({ undoSeconds }: ShopContext) {
	return (node: DemoNode) => {
		onEveryChannel(node);
		if (undoSeconds !== undefined && node.name === 'Staff Desk Trigger') node.parameters.undoSeconds = undoSeconds;
	};
}

async function runImport(client: N8nClient, workflow: string): Promise<MovedIn['imported']> {
	const execution = await client.waitForExecution(await client.run(workflow, 'When clicking ‘Execute workflow’'));
	requireSuccess(execution);
	return { summary: itemsOf(execution, 'Import the Customers')[0], toMend: itemsOf(execution, 'Import the Customers', 1) };
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listTemplates } from '../../lib/messages/load';
import { metaTemplates } from '../../lib/messages/whatsApp';
import type { Store } from '../../lib/store/open';
import type { StandinTemplate } from '../standins/whatsAppApi/templates';
import { byTheFirstAllowed, demoWorkflow } from './demoWorkflow';
import { requireSuccess } from './n8nExecution';
import { saveRegulars } from './regulars';
import { CUSTOMER_PATH, pagesOf, type MovedIn } from './shopContext';

/** What writes on other channels than e-mail. */
const WRITING = [
	'22-contact-lenses.json', '20-vision-recall.json', '21-eyewear-check-up.json', '23-progressive-follow-up.json', '24-dormant.json', '25-orders-and-appointments.json',
];
const START = 'When clicking ‘Execute workflow’';

/** The regulars come in, and the workflows that write to them are published. Safe to run again. */
export async function openEveryChannel({ context, credentials, firstDay, workflows }: MovedIn, store: Store): Promise<void> {
	const { client, folder, owners } = context;
	await approveTemplates(context, store);
	await saveRegulars(store, firstDay, new Date().toISOString());
	await nameOwners(owners, store);
	for (const file of WRITING) {
		workflows[file] = await client.saveWorkflow(await demoWorkflow(folder, file, byTheFirstAllowed), credentials);
		await client.activate(workflows[file]);
	}
	const sync = await client.saveWorkflow(await syncWorkflow(folder), credentials);
	requireSuccess(await client.waitForExecution(await client.run(sync, START)));
}

/** The page that shows what arrived calls numbers by name, as a phone does. */
export async function nameOwners(owners: Map<string, string>, { db }: Pick<Store, 'db'>): Promise<void> {
	const points = await db.selectFrom('contact_points').innerJoin('customers', 'customers.id', 'contact_points.customer_id').select(['value', 'first_name', 'last_name']).where('kind', 'in', ['phone', 'push']).execute();
	for (const { value, first_name, last_name } of points) owners.set(value, `${first_name} ${last_name}`);
}

/** As if Meta had looked at all our templates and found them good. */
async function approveTemplates(context: MovedIn['context'], { shop }: Store): Promise<void> {
	const { whatsApp } = context.standins;
	const frame = { phone: shop.phone, linkBase: `${pagesOf(context)}/${CUSTOMER_PATH}` };
	for (const template of listTemplates().filter(({ channel }) => channel === 'whatsapp')) {
		for (const submitted of metaTemplates(template, frame)) await whatsApp.setTemplate(submitted as StandinTemplate);
	}
}

/** Asks "Meta" which templates there are; before that none is sent. */
async function syncWorkflow(folder: string): Promise<string> {
	const node = (name: string, type: string, x: number, parameters: object = {}) => ({ id: name, name, type, typeVersion: 1, position: [x, 0], parameters });
	const file = path.join(folder, 'whatsapp-templates.json');
	await writeFile(file, JSON.stringify({
		name: 'Demo: WhatsApp templates',
		nodes: [node(START, 'n8n-nodes-base.manualTrigger', 0), node('Sync Templates', 'n8n-nodes-optical-crm.opticalCrm', 240, { resource: 'whatsApp', operation: 'syncTemplates' })],
		connections: { [START]: { main: [[{ node: 'Sync Templates', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	}));
	return file;
}

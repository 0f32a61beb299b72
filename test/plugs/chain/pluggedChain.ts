import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialIds, N8nClient } from '../../../demo/setup/n8nClient';
import { projectRoot } from '../../../demo/setup/paths';
import { DESK_PATH, STAFF } from '../../../demo/setup/shopContext';
import { closeDatabase, openStore, type Store, type StoreSettings } from '../../../lib/store/open';
import { startChain, type Chain } from '../../scale/support/chain';
import type { Part } from '../../scale/support/part';
import { startProviders, type Providers } from '../provider';
import { CODE, openShop } from '../shop';

/** A shop in n8n's queue mode, with providers behind wires that can be cut. */
export interface PluggedChain {
	chain: Chain;
	providers: Providers;
	settings: StoreSettings;
	store(): Promise<Store>;
	/** Starts whatever does not run, and waits until the Desk answers. */
	mend(): Promise<void>;
	close(): Promise<void>;
}

export const CAMPAIGN_PATH = 'hand-out';
/** n8n polls no faster. */
const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };
const CHANNELS = ['sms', 'email'];
/** The shortest that the node allows. Minutes. */
export const OCCASION_LEASE = 5;
const MENDING_MS = 180_000;

interface Node {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

/** Starts it all; the package must be built. */
export async function openPluggedChain(): Promise<PluggedChain> {
	const chain = await startChain({ workers: 2, concurrency: 5 });
	const providers = await startProviders();
	const settings: StoreSettings = { ...chain.place, ...CODE };
	const close = async () => {
		await closeDatabase(settings);
		await chain.stop();
		await providers.stop();
	};
	try {
		await openShop(settings, new Date().toISOString(), `${chain.front.url}/webhook/ottica/customer`);
		const client = await chain.connect();
		await publish(chain, client, await saveCredentials(client, settings, providers));
		return { chain, providers, settings, close, store: async () => await openStore(settings), mend: async () => await mend(chain) };
	} catch (error) {
		await close();
		throw error;
	}
}

async function saveCredentials(client: N8nClient, settings: StoreSettings, { sms, mail }: Providers): Promise<CredentialIds> {
	const wanted = {
		opticalCrmStoreApi: settings,
		opticalCrmDeskApi: { accounts: { account: [STAFF] } },
		opticalSmsApi: sms,
		opticalSmtpApi: mail,
	};
	const ids: CredentialIds = {};
	for (const [type, data] of Object.entries(wanted)) ids[type] = { id: await client.saveCredential({ name: type, type, data: { ...data } }), name: type };
	return ids;
}

/** The bundled workflows for birthdays, the Desk and the senders, faster than a shop needs them, and one of a consultant's own that hands out a campaign. */
async function publish(chain: Chain, client: N8nClient, credentials: CredentialIds): Promise<void> {
	const folder = path.join(chain.folder, 'workflows');
	await mkdir(folder);
	for (const name of ['80-desk.json', '82-senders.json', '10-relational-birthday.json']) {
		const workflow = JSON.parse(await readFile(path.join(projectRoot, 'workflows', name), 'utf8')) as { nodes: Node[] };
		workflow.nodes.forEach(hurry);
		await activate(client, path.join(folder, name), workflow, credentials);
	}
	await activate(client, path.join(folder, 'campaign.json'), campaignWorkflow(), credentials);
	await client.waitForWebhook(DESK_PATH);
	await client.waitForWebhook(CAMPAIGN_PATH);
}

async function activate(client: N8nClient, file: string, workflow: object, credentials: CredentialIds): Promise<void> {
	await writeFile(file, JSON.stringify(workflow));
	await client.activate(await client.saveWorkflow(file, credentials, { asItIs: true }));
}

function hurry({ type, parameters }: Node): void {
	switch (type.split('.')[1]) {
		case 'birthdayDueTrigger': return void Object.assign(parameters, { pollTimes: EVERY_MINUTE, options: { leaseMinutes: OCCASION_LEASE } });
		case 'scheduleTrigger': return void Object.assign(parameters, { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } });
		case 'staffDeskTrigger': return void Object.assign(parameters, { undoSeconds: 0 });
		case 'consentCheck': case 'sendMessage': return void Object.assign(parameters, { channels: CHANNELS });
	}
}

function campaignWorkflow() {
	const node = (name: string, type: string, typeVersion: number, parameters: object, more = {}) => ({ id: name, name, type, typeVersion, position: [0, 0], parameters, ...more });
	const own = (name: string, type: string, parameters: object) => node(name, `n8n-nodes-optical-crm.${type}`, 1, parameters);
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path: CAMPAIGN_PATH, httpMethod: 'POST', options: {} }, { webhookId: CAMPAIGN_PATH }),
		node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
		own('Consent Check', 'consentCheck', { channels: CHANNELS }),
		own('Personalize Message', 'personalizeMessage', { template: 'campaign.greetings' }),
		own('Queue for Approval', 'queueForApproval', { approval: 'policy' }),
	];
	const connections = Object.fromEntries(nodes.slice(1).map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]));
	return { name: 'Campaign', nodes, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' } };
}

/** In the order in which they need each other; one that gives up because another is not there yet is started again. */
async function mend({ parts, front }: Chain): Promise<void> {
	const deadline = Date.now() + MENDING_MS;
	for (const isOver = () => Date.now() > deadline; ; await sleep(300)) {
		const down = parts.filter(({ pid }) => pid === undefined);
		for (const part of down) await part.start().catch((error) => isOver() && thrown(error));
		const answer = await fetch(`${front.url}/webhook/${DESK_PATH}`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
		if (parts.every(({ pid }: Part) => pid !== undefined) && answer?.status === 200) return;
		if (isOver()) throw new Error(`The chain did not come back: ${down.map(({ name }) => name).join(', ')} down, the Desk answered ${answer?.status}.`);
	}
}

function thrown(error: unknown): never {
	throw error;
}

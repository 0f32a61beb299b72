import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureN8n } from '../../../demo/setup/n8nInstall';
import { N8nClient } from '../../../demo/setup/n8nClient';
import { startN8n, type N8nServer } from '../../../demo/setup/n8nServer';
import { installPackage } from '../../../demo/setup/packageInstall';
import { projectRoot } from '../../../demo/setup/paths';
import type { StoreSettings } from '../../../lib/store/open';
import type { PostgresServer } from '../../support/postgresServer';
import { OWNER } from '../../e2e/support/demoShop';
import { EventLog } from './events';

export const CONTENDERS = ['ours', 'expert', 'no-code'] as const;
export type Contender = (typeof CONTENDERS)[number];

/** Seconds between two moments at which all three would begin: time enough to close connections that nobody uses (10 s). */
export const EVERY_SECONDS = 15;

const FILES: Record<Contender, string> = { ours: 'workflows/10-relational-birthday.json', expert: 'demo/baseline/expert.json', 'no-code': 'demo/baseline/no-code.json' };

/** A real n8n with the three workflows, none of them active. */
export interface Arena {
	server: N8nServer;
	client: N8nClient;
	events: EventLog;
	workflows: Record<Contender, string>;
	close(): Promise<void>;
}

/** `BENCH_REQUIRE` names a file that n8n loads too, for example to profile it. */
export async function openArena(settings: StoreSettings, { host, port, name, user, password }: PostgresServer['place']): Promise<Arena> {
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-bench-'));
	const userFolder = path.join(folder, 'n8n');
	const context = { report: (line: string) => void process.stderr.write(`${line}\n`) };
	const installation = await ensureN8n(context);
	await installPackage({ installation, packageFolder: projectRoot, userFolder }, context);
	const loaded = [path.join(__dirname, 'gc.cjs'), ...(process.env.BENCH_REQUIRE ? [process.env.BENCH_REQUIRE] : [])];
	const server = await startN8n({ installation, userFolder, owner: OWNER, env: { NODE_OPTIONS: loaded.map((file) => `-r ${file}`).join(' ') } });
	const close = async () => {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const client = await N8nClient.connect(server.baseUrl, OWNER);
		const credential = async (title: string, type: string, data: object) => ({ [type]: { id: await client.saveCredential({ name: title, type, data: { ...data } }), name: title } });
		const credentials = {
			...(await credential('Optical CRM Store', 'opticalCrmStoreApi', settings)),
			...(await credential('By Hand', 'postgres', { host, port, database: name, user, password, ssl: 'disable' })),
		};
		const workflows = {} as Arena['workflows'];
		for (const contender of CONTENDERS) workflows[contender] = await client.saveWorkflow(await inTurns(folder, FILES[contender]), credentials, { asItIs: true });
		return { server, client, events: new EventLog(server.userFolder), workflows, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The file with a trigger that begins at the moments of this benchmark, on the very day, for all who are due at once; all else stays. */
async function inTurns(folder: string, file: string): Promise<string> {
	const workflow = JSON.parse(await readFile(path.join(projectRoot, file), 'utf8')) as { nodes: Array<{ type: string; parameters: Record<string, unknown> }> };
	const seconds = Array.from({ length: 60 / EVERY_SECONDS }, (_, index) => index * EVERY_SECONDS);
	// One line for each: n8n takes no list of seconds for what polls.
	const lines = seconds.map((second) => `${second} * * * * *`);
	for (const { type, parameters } of workflow.nodes) {
		if (type.endsWith('.birthdayDueTrigger')) Object.assign(parameters, { belatedDays: 0, options: { mostPerPoll: 500 }, pollTimes: { item: lines.map((cronExpression) => ({ mode: 'custom', cronExpression })) } });
		// By hand nobody is left out to compare.
		if (type.endsWith('.rolloutGate')) parameters.holdoutPercent = 0;
		if (type.endsWith('.scheduleTrigger')) parameters.rule = { interval: lines.map((expression) => ({ field: 'cronExpression', expression })) };
	}
	const copy = path.join(folder, path.basename(file));
	await writeFile(copy, JSON.stringify(workflow));
	return copy;
}

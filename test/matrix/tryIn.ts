import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StepContext } from '../../demo/setup/command';
import { runMainJob } from '../../demo/setup/mainJob';
import { N8nClient } from '../../demo/setup/n8nClient';
import { ensureN8nVersion, type N8nInstallation } from '../../demo/setup/n8nInstall';
import { startN8n } from '../../demo/setup/n8nServer';
import { installPackage } from '../../demo/setup/packageInstall';
import { projectRoot } from '../../demo/setup/paths';
import { ERRORS, importTheOthers, moveIn, PUBLISHED } from '../../demo/setup/shop';
import { startStandins } from '../../demo/standins/standins';
import { missingTypes } from './types';
import type { Tried } from './versions';

const OWNER = { email: 'matrix@ottica.example', password: 'Ottica-matrix-1', firstName: 'Matrix', lastName: 'Ottica' };
/** Fixed, so that birthdays and weekdays are the same at each run. */
const TODAY = '2026-11-22';

export interface Outcome {
	ok: boolean;
	n8n: string;
	node: string;
	seconds: number;
	/** Nodes and credentials that n8n did not load, or loaded otherwise. */
	missing: string[];
	/** Bundled workflows that this n8n took. */
	workflows: number;
	/** What of the main job came out otherwise than expected. */
	differences: unknown[];
	checks: number;
}

/** Installs the packed nodes as a community node, loads every one, imports every bundled workflow, and runs the main job. @param candidates the first that can be installed is taken */
export async function tryIn(candidates: Tried[], context: StepContext): Promise<Outcome> {
	const { installation, tried } = await firstInstalled(candidates, context);
	const started = Date.now();
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-matrix-'));
	const userFolder = path.join(folder, 'n8n');
	const ends: (() => Promise<void>)[] = [async () => await rm(folder, { recursive: true, force: true })];
	try {
		await installPackage({ installation, packageFolder: projectRoot, userFolder }, context);
		const standins = await startStandins({ folder, reportAfterMs: 2_000 });
		ends.push(async () => await standins.stop());
		const server = await startN8n({ installation, userFolder, owner: OWNER });
		ends.push(async () => await server.stop());
		const client = await N8nClient.connect(server.baseUrl, OWNER);
		const missing = await missingTypes(client);
		const options = { today: TODAY, reset: false, check: true, help: false };
		const shop = await moveIn({ ...context, options, client, server, standins, owners: new Map(), folder, undoSeconds: 1 });
		await importTheOthers(shop);
		// The first major version starts the workflow for errors as it is, and publishes none that nothing else starts.
		const published = tried.n8n.startsWith('1.') ? PUBLISHED.filter((file) => file !== ERRORS) : PUBLISHED;
		for (const file of published) await client.activate(shop.workflows[file]);
		const { ok, findings } = (await runMainJob(shop)) as unknown as { ok: boolean; findings: { ok: boolean }[] };
		return {
			ok: ok && missing.length === 0,
			n8n: tried.n8n,
			node: tried.node,
			seconds: Math.round((Date.now() - started) / 1000),
			missing,
			workflows: Object.keys(shop.workflows).length,
			checks: findings.length,
			differences: findings.filter((finding) => !finding.ok),
		};
	} finally {
		for (const end of ends.reverse()) await end().catch((error: Error) => context.report(error.message));
	}
}

async function firstInstalled(candidates: Tried[], context: StepContext): Promise<{ installation: N8nInstallation; tried: Tried }> {
	for (const [index, tried] of candidates.entries()) {
		try {
			return { installation: await ensureN8nVersion(tried.n8n, tried.node, context), tried };
		} catch (error) {
			if (index === candidates.length - 1) throw error;
			context.report(`n8n ${tried.n8n} cannot be installed, so the version before it is taken.\n${(error as Error).message}`);
		}
	}
	throw new Error('There is no version of n8n to try.');
}

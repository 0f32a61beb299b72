import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../demo/setup/n8nClient';
import { ensureN8n, type N8nInstallation } from '../../../demo/setup/n8nInstall';
import { startN8n, type N8nServer } from '../../../demo/setup/n8nServer';
import { installPackage } from '../../../demo/setup/packageInstall';
import { projectRoot } from '../../../demo/setup/paths';
import { freePort, LOOPBACK } from '../../../demo/setup/ports';
import type { StorePlace } from '../../../lib/store/place';
import { OWNER } from '../../e2e/support/demoShop';
import { startFront, type Front } from './front';
import type { Part } from './part';
import { postgresPart } from './postgres';
import { redisPart } from './redis';

/** How large a chain is. */
export interface ChainSize {
	workers: number;
	/** Executions that a worker runs at once. */
	concurrency?: number;
	webhooks?: number;
	/** Added to the environment of every process of n8n. */
	env?: Record<string, string>;
}

/**
 * n8n in queue mode on this machine, as a chain of shops runs it: `postgres`, `redis`, `main`, `worker 1` and so on, `webhook 1` and so on. n8n's own data and the store
 * are two databases of one server; each process has a folder, ports and a log of its own, and can be started, stopped and killed alone.
 */
export interface Chain {
	/** Where everything lies: logs are `postgres.log`, `redis.log`, `main/n8n.log`, `worker-1/n8n.log` and so on. */
	folder: string;
	parts: readonly Part[];
	/** @throws where there is none of this name */
	part(name: string): Part;
	/** In front of the webhook processes. What the outside reaches; main serves no webhooks. */
	front: Front;
	/** Where the store is. */
	place: StorePlace;
	/** Where workflows read and write files, on whichever process they run. */
	filesFolder: string;
	/** The process of main as it runs now. */
	main(): N8nServer;
	/** A new session with main, which is lost where main is started again. */
	connect(): Promise<N8nClient>;
	/** Which worker has run each execution; one that was begun again counts where it was begun last. */
	ranOn(): Promise<Map<string, string>>;
	stop(): Promise<void>;
}

/** Several that start together on two cores take their time. */
const READY_WITHIN_MS = 10 * 60_000;
const WORKER_SAYS = /Worker started execution (\d+)/g;

/** Starts all of it; the package must be built. @throws where a part does not start, with the end of its log; nothing is left running then */
export async function startChain({ workers, concurrency = 5, webhooks = 1, env = {} }: ChainSize): Promise<Chain> {
	const folder = await mkdtemp(path.join(tmpdir(), 'optical-crm-chain-'));
	const installation = await ensureN8n({ report: (line: string) => process.stderr.write(`${line}\n`) });
	const [postgres, redis] = [await postgresPart(folder), await redisPart(folder)];
	const roles = [
		{ name: 'main', command: ['start'] },
		...numbered('worker', workers, ['worker', `--concurrency=${concurrency}`]),
		...numbered('webhook', webhooks, ['webhook']),
	];
	const ports = new Map<string, number>();
	for (const { name } of roles) ports.set(name, await freePort());
	const front = await startFront(roles.filter(({ command }) => command[0] === 'webhook').map(({ name }) => ({ name, port: ports.get(name) as number })));
	const filesFolder = path.join(folder, 'main', 'files');
	const shared = { ...sharedEnvironment(postgres.port, redis.port), N8N_WEBHOOK_URL: `${front.url}/`, N8N_RESTRICT_FILE_ACCESS_TO: filesFolder, ...env };
	const n8n = roles.map(({ name, command }) => new N8nPart(name, ports.get(name) as number, { installation, folder, command, env: shared }));
	const [main, ...others] = n8n;
	const parts = [postgres, redis, ...n8n];
	const chain: Chain = {
		folder, parts, front, filesFolder,
		part: (name) => parts.find((part) => part.name === name) ?? notThere(name, parts),
		place: postgres.place('crm'),
		main: () => main.server ?? notThere('running main', parts),
		connect: async () => await N8nClient.connect(`http://${LOOPBACK}:${main.port}`, OWNER, front.url),
		ranOn: async () => await whereExecutionsRan(others),
		stop: async () => {
			await front.stop();
			for (const part of [...n8n].reverse()) await part.stop(2_000);
			await redis.stop();
			// Its clients are gone, and what is left of them is of no use.
			await postgres.kill();
			await rm(folder, { recursive: true, force: true });
		},
	};
	try {
		await Promise.all([postgres.start(), redis.start()]);
		for (const name of ['n8n', 'crm']) await postgres.createDatabase(name);
		await installPackage({ installation, packageFolder: projectRoot, userFolder: path.join(folder, 'main') }, { report: () => undefined });
		// It makes the tables of n8n.
		await main.start();
		await Promise.all(others.map(async (part) => await part.start()));
		return chain;
	} catch (error) {
		await chain.stop();
		throw error;
	}
}

/** What all processes of n8n are told. https://docs.n8n.io/hosting/scaling/queue-mode/ */
function sharedEnvironment(postgresPort: number, redisPort: number): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: LOOPBACK,
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: LOOPBACK,
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'optical',
		DB_POSTGRESDB_PASSWORD: 'optical',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// One proxy stands before the webhook processes.
		N8N_PROXY_HOPS: '1',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
	};
}

interface N8nRole {
	installation: N8nInstallation;
	folder: string;
	command: readonly string[];
	env: Record<string, string>;
}

/** A process of n8n in queue mode. */
class N8nPart implements Part {
	server?: N8nServer;
	private earlier = '';

	constructor(readonly name: string, readonly port: number, private readonly role: N8nRole) {}

	get pid(): number | undefined {
		return this.server?.pid;
	}

	async log(): Promise<string> {
		return this.earlier + (await readFile(path.join(this.folder, 'n8n.log'), 'utf8').catch(() => ''));
	}

	async start(): Promise<void> {
		if (this.server) return;
		const { installation, command, env } = this.role;
		await this.takeNodes();
		this.earlier = await this.log();
		const server = await startN8n({ installation, userFolder: this.folder, owner: OWNER, port: this.port, command, readyWithinMs: READY_WITHIN_MS, env: { ...env, QUEUE_HEALTH_CHECK_PORT: String(this.port) } });
		this.server = server;
		void server.exited.then(() => this.server === server && (this.server = undefined));
	}

	async stop(patienceMs?: number): Promise<void> {
		await this.server?.stop(patienceMs);
		this.server = undefined;
	}

	async kill(): Promise<void> {
		await this.server?.kill();
		this.server = undefined;
	}

	private get folder(): string {
		return path.join(this.role.folder, this.name.replace(' ', '-'));
	}

	/** The nodes are installed once, where main has them. */
	private async takeNodes(): Promise<void> {
		if (this.name === 'main') return;
		await mkdir(path.join(this.folder, '.n8n'), { recursive: true });
		await symlink(path.join(this.role.folder, 'main', '.n8n', 'nodes'), path.join(this.folder, '.n8n', 'nodes')).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		});
	}
}

async function whereExecutionsRan(parts: readonly Part[]): Promise<Map<string, string>> {
	const logs = await Promise.all(parts.map(async (part) => ({ name: part.name, text: await part.log() })));
	return new Map(logs.flatMap(({ name, text }) => [...text.matchAll(WORKER_SAYS)].map(([, id]) => [id, name] as const)));
}

function numbered(name: string, count: number, command: string[]): Array<{ name: string; command: string[] }> {
	return Array.from({ length: count }, (_, index) => ({ name: `${name} ${index + 1}`, command }));
}

function notThere(name: string, parts: readonly Part[]): never {
	throw new Error(`The chain has no ${name}; it has ${parts.map((part) => part.name).join(', ')}.`);
}

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { hasEnded, type Execution } from './n8nExecution';
import type { N8nOwner } from './n8nEnvironment';
import { N8nRefusal, openSession, type N8nSession } from './n8nSession';

export interface Credential {
	name: string;
	/** Such as `opticalSmtpApi`. */
	type: string;
	data: Record<string, unknown>;
}

/** The id of the credential to use for each credential type. */
export type CredentialIds = Record<string, { id: string; name: string }>;

interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: CredentialIds;
}

interface Workflow {
	id: string;
	name: string;
	activeVersionId: string | null;
	nodes: WorkflowNode[];
	connections: unknown;
	settings?: object;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	liveVersionId: string | null;
	triggers: { nodeId: string; errorMessage: string | null }[];
}

interface Page<T> {
	data: T[];
}

const POLL_MS = 50;
// After a kill in the middle of an activation, n8n takes up to two minutes for the next one.
const ACTIVE_WITHIN_MS = 180_000;
const PAGE = 250;

/** The bundled workflows keep no data of runs that went well. The demo's people are invented, and there would be nothing to look at. */
const KEPT_RUNS = { saveDataSuccessExecution: 'all', saveManualExecutions: true };

/** What the demo and the tests do with a running n8n. All methods throw if n8n refuses, with its message. */
export class N8nClient {
	/** Id of the workflow that every one that is saved from then on calls when it fails. */
	errorWorkflow?: string;

	private constructor(
		readonly baseUrl: string,
		private readonly pagesUrl: string,
		private readonly session: N8nSession,
	) {}

	/**
	 * @param baseUrl without a slash at the end
	 * @param pagesUrl where webhooks are served, if another process does
	 */
	static async connect(baseUrl: string, owner: N8nOwner, pagesUrl = baseUrl): Promise<N8nClient> {
		return new N8nClient(baseUrl, pagesUrl, await openSession(baseUrl, owner));
	}

	/** Creates the credential, or changes the one with the same name and type, and gives its id. */
	async saveCredential({ name, type, data }: Credential): Promise<string> {
		const existing = (await this.credentials()).find((each) => each.name === name && each.type === type);
		const saved = existing
			? await this.session.rest<SavedCredential>('patch', `/credentials/${existing.id}`, { name, type, data })
			: await this.session.rest<SavedCredential>('post', '/credentials', { name, type, data });
		return saved.id;
	}

	/** All credentials that there are. */
	async credentials(): Promise<SavedCredential[]> {
		return await this.session.rest<SavedCredential[]>('get', '/credentials');
	}

	/** Runs the test of a saved credential, as its test button does. `ok: false` comes with the message that a user would see. */
	async testCredential(id: string): Promise<{ ok: boolean; message: string }> {
		const { name, type, data } = await this.session.rest<SavedCredential & { data: unknown }>('get', `/credentials/${id}?includeData=true`);
		const { status, message } = await this.session.rest<{ status: string; message: string }>('post', '/credentials/test', { credentials: { id, name, type, data } });
		return { ok: status === 'OK', message };
	}

	/**
	 * Creates the workflow of a JSON file, or replaces the one with the same name, and gives its id. It is not active then.
	 *
	 * @param credentials every node whose type knows one of these credential types gets it
	 * @param asItIs leaves what n8n keeps of its runs as the file says
	 */
	async saveWorkflow(file: string, credentials: CredentialIds, { asItIs = false } = {}): Promise<string> {
		const { name, nodes, connections, settings: given = {} } = JSON.parse(await readFile(file, 'utf8')) as Workflow;
		// The demo's checks know by name who must be written to: there nobody is left out to compare.
		for (const { parameters } of nodes) if ('holdoutPercent' in parameters) parameters.holdoutPercent = 0;
		const settings = { ...given, ...(asItIs ? {} : KEPT_RUNS), ...(this.errorWorkflow && { errorWorkflow: this.errorWorkflow }) };
		const body = { name, nodes: await this.withCredentials(nodes, credentials), connections, settings };
		const { data: sameName } = await this.session.api<Page<Workflow>>('get', `/workflows?limit=${PAGE}&name=${encodeURIComponent(name)}`);
		const existing = sameName.find((each) => each.name === name);
		if (!existing) return (await this.session.api<Workflow>('post', '/workflows', body)).id;
		await this.deactivate(existing.id);
		await this.session.api('put', `/workflows/${existing.id}`, body);
		return existing.id;
	}

	/** Names of all node types and credential types that n8n has loaded. A node that comes in several versions is there several times. */
	async loadedTypes(): Promise<{ nodes: { name: string; version: number | number[] }[]; credentials: { name: string }[] }> {
		return { nodes: await this.session.file('/types/nodes.json'), credentials: await this.session.file('/types/credentials.json') };
	}

	/** What the editor gets for "Import from URL": n8n itself asks the address, and says whether it is a workflow. */
	async fromUrl(url: string): Promise<unknown> {
		const { id } = await this.session.rest<{ id: string }>('get', '/projects/personal');
		return await this.session.rest('get', `/workflows/from-url?${new URLSearchParams({ url, projectId: id })}`);
	}

	/** Activates the workflow and waits until its triggers really work; n8n answers long before. @throws if a trigger cannot be activated */
	async activate(workflowId: string): Promise<void> {
		const { activeVersionId } = await this.session.api<Workflow>('post', `/workflows/${workflowId}/activate`);
		const deadline = Date.now() + ACTIVE_WITHIN_MS;
		for (;;) {
			const { status, liveVersionId, triggers } = await this.session.rest<PublicationStatus>('get', `/workflows/${workflowId}/publication-status`).catch(activeAtOnce(activeVersionId));
			if (status === 'published' && liveVersionId === activeVersionId) return;
			if (status === 'failed' || status === 'partial') {
				const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
				throw new Error(`n8n could not activate the workflow ${workflowId}: ${reasons.join('; ') || 'it gives no reason; see its log'}`);
			}
			if (Date.now() > deadline) throw new Error(`The workflow ${workflowId} was not active after ${ACTIVE_WITHIN_MS / 1000} s (n8n says "${status}").`);
			await sleep(POLL_MS);
		}
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.session.api('post', `/workflows/${workflowId}/deactivate`);
	}

	/**
	 * Waits until a webhook's address is known: after n8n was started again, it becomes ready a little before its workflows.
	 *
	 * @param path what follows `/webhook/`
	 * @throws after `withinMs` milliseconds
	 */
	async waitForWebhook(path: string, withinMs = 30_000): Promise<void> {
		const address = `${this.pagesUrl}/webhook/${path}`;
		const deadline = Date.now() + withinMs;
		while (!(await isKnown(address))) {
			if (Date.now() > deadline) throw new Error(`${address} was still unknown after ${withinMs / 1000} s. Is the workflow active, and is this its path?`);
			await sleep(POLL_MS);
		}
	}

	/**
	 * Runs a workflow as the editor's button does, beginning with a Manual Trigger or with a trigger that polls.
	 *
	 * @param trigger the name of the node to begin with
	 * @returns the id of the execution, which has only begun
	 */
	async run(workflowId: string, trigger: string): Promise<string> {
		const workflowData = await this.session.rest<Workflow>('get', `/workflows/${workflowId}`);
		const { executionId } = await this.session.rest<{ executionId?: string }>('post', `/workflows/${workflowId}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
		if (!executionId) throw new Error(`n8n does not run the workflow ${workflowId} from "${trigger}" at once: it waits for an event there.`);
		return executionId;
	}

	/** Waits for an execution's end, whatever its status, and gives it with its data. @throws after `withinMs` milliseconds */
	async waitForExecution(executionId: string, withinMs = 60_000): Promise<Execution> {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const execution = await this.session.api<Execution>('get', `/executions/${executionId}`);
			// An older n8n fails where it is asked for the data of one that still writes them.
			if (hasEnded(execution)) return await this.session.api<Execution>('get', `/executions/${executionId}?includeData=true`);
			if (Date.now() > deadline) throw new Error(`The execution ${executionId} was still "${execution.status}" after ${withinMs / 1000} s.`);
			await sleep(POLL_MS);
		}
	}

	/** The newest executions of a workflow (at most 250), newest first, without their data; those that still run are among them. */
	async executions(workflowId: string): Promise<Execution[]> {
		return (await this.session.api<Page<Execution>>('get', `/executions?workflowId=${workflowId}&limit=${PAGE}`)).data;
	}

	// n8n itself knows which credentials a node takes, so the workflow files need not say it.
	private async withCredentials(nodes: WorkflowNode[], credentials: CredentialIds): Promise<WorkflowNode[]> {
		return await Promise.all(
			nodes.map(async (node) => {
				// A node as a tool takes the credentials of the node that n8n makes it of.
				const name = node.type.replace(/Tool$/, '');
				const [type] = await this.session.rest<{ credentials?: { name: string }[] }[]>('post', '/node-types', { nodeInfos: [{ name, version: node.typeVersion }] });
				if (!type) throw new Error(`n8n does not know the node type ${node.type} of the node "${node.name}". Is its package installed?`);
				const known = (type.credentials ?? []).filter(({ name }) => name in credentials);
				return { ...node, credentials: Object.fromEntries(known.map(({ name }) => [name, credentials[name]])) };
			}),
		);
	}
}

// An older n8n has done it when it answers, and has no such address.
const activeAtOnce = (liveVersionId: string | null) => (error: unknown): PublicationStatus => {
	if (!(error instanceof N8nRefusal) || error.status !== 404) throw error;
	return { status: 'published', liveVersionId, triggers: [] };
};

// Asked in this way, n8n lists the methods of an address and runs nothing; a GET might start an execution.
async function isKnown(address: string): Promise<boolean> {
	const { headers } = await axios.options(address, { headers: { origin: new URL(address).origin }, validateStatus: () => true });
	return String(headers['access-control-allow-methods'] ?? 'OPTIONS') !== 'OPTIONS';
}

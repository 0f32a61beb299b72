import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { validateHeaderValue } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node:querystring';
import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IBinaryData,
	type IConnections,
	type ICredentialType,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IPollFunctions,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookData,
	type IWebhookFunctions,
	type IWorkflowExecuteAdditionalData,
	type ResourceMapperField,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** What a workflow says of a node, and what comes into it. */
export interface NodeRun {
	/** As set on the panel; the others take their defaults, as in n8n. */
	parameters?: INodeParameters;
	/** The decrypted data of each credential, by its type. */
	credentials?: Record<string, object>;
	/** JSON of the input items; one empty item when nothing is given. */
	items?: readonly object[];
	/** Whole input items, where JSON is not enough. */
	input?: INodeExecutionData[];
	/** The execution that it belongs to; one of its own unless told. */
	execution?: string;
	/** "On Error" is set to go on. */
	goesOn?: boolean;
	mode?: WorkflowExecuteMode;
	/** A language model runs the node: n8n then knows it under another type. */
	asTool?: boolean;
	/** Gives the language model of the node that is plugged in. */
	model?: () => unknown;
	/** Filled with the hints that n8n shows beside the output. */
	hints?: string[];
}

type NodeClass = new () => INodeType;

/** Runs a node's `execute` in n8n's own context. Gives its outputs. */
export async function runNode(Node: NodeClass, run: NodeRun): Promise<INodeExecutionData[][]> {
	const { ExecuteContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/execute-context'));
	const { type, workflow, node } = place(Node, run);
	const input = run.input ?? (run.items ?? [{}]).map((json) => ({ json }) as INodeExecutionData);
	const data = { main: [input] };
	const more = additionalData(run);
	const context = new ExecuteContext(
		workflow, node, more, run.mode ?? 'manual', createEmptyRunExecutionData(), 0, input, data, { data, node, source: null }, [],
	);
	const output = (await type.execute?.call(context as IExecuteFunctions)) as INodeExecutionData[][];
	run.hints?.push(...context.hints.map(({ message }) => message));
	return output;
}

/** Runs a trigger's `poll` in n8n's own context; `mode: 'manual'` is "Fetch Test Event". */
export async function pollNode(Node: NodeClass, run: NodeRun): Promise<INodeExecutionData[]> {
	const { PollContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/poll-context'));
	const { type, workflow, node } = place(Node, run);
	const context = new PollContext(workflow, node, additionalData(run), run.mode ?? 'trigger', 'activate');
	return (await type.poll?.call(context as IPollFunctions))?.[0] ?? [];
}

/** A trigger that runs: what it has emitted, and what n8n ends it by. */
export interface RunningTrigger {
	items: INodeExecutionData[];
	response: ITriggerResponse;
}

/** Starts a node's `trigger` in n8n's own context; `mode: 'manual'` is "Execute step". */
export async function startTrigger(Node: NodeClass, run: NodeRun): Promise<RunningTrigger> {
	const { TriggerContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/trigger-context'));
	const { type, workflow, node } = place(Node, run);
	const items: INodeExecutionData[] = [];
	const context = new TriggerContext(workflow, node, additionalData(run), run.mode ?? 'trigger', 'activate', (data) => void items.push(...data[0]));
	return { items, response: (await type.trigger?.call(context as ITriggerFunctions)) as ITriggerResponse };
}

/** A request as it comes to n8n. */
export interface WebhookCall {
	method?: 'GET' | 'HEAD' | 'POST';
	/** With its question mark. */
	query?: string;
	/** Posted fields, in the form of a browser. */
	form?: Record<string, string | string[]>;
	/** A body of another kind, as its bytes; n8n parses JSON. */
	body?: string;
	/** Names in lower case. */
	headers?: Record<string, string>;
	ip?: string;
}

/** What was answered, and the items with which the workflow starts. */
export interface WebhookReply {
	status: number;
	headers: Record<string, string>;
	body: string;
	items: INodeExecutionData[];
}

const HOST = 'n8n.example';
/** What n8n makes of a node's own path `desk`: its address without the host. */
const WEBHOOK_PATH = '/webhook/ottica';

/** Sends a request to a node's `webhook` in n8n's own context, parsed as n8n parses it. */
export async function callWebhook(Node: NodeClass, run: NodeRun, call: WebhookCall = {}): Promise<WebhookReply> {
	const { WebhookContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/webhook-context'));
	const { type, workflow, node } = place(Node, run);
	const { method = 'GET', query = '', form, body, headers, ip = '192.0.2.7' } = call;
	const bytes = body ?? (form ? encoded(form) : '');
	const [name] = type.description.webhooks ?? [];
	const path = `${WEBHOOK_PATH}/${name?.path}`;
	const httpRequest = {
		method, ip, secure: false, params: {},
		originalUrl: path + query,
		headers: { host: HOST, ...headers },
		query: { ...parse(query.replace('?', '')) },
		body: form ? { ...parse(encoded(form)) } : body?.startsWith('{') ? JSON.parse(body) : {},
		rawBody: Buffer.from(bytes),
	};
	const reply: WebhookReply = { status: 0, headers: {}, body: '', items: [] };
	const httpResponse = {
		writeHead(status: number, given: Record<string, string>) {
			// As node:http: a name or a value that would break out of its line is refused.
			for (const [header, value] of Object.entries(given)) validateHeaderValue(header, value);
			Object.assign(reply, { status, headers: given });
			return this;
		},
		end(body = '') {
			reply.body = method === 'HEAD' ? '' : body;
		},
	};
	const more = { ...additionalData(run), httpRequest, httpResponse } as unknown as IWorkflowExecuteAdditionalData;
	const webhook = { webhookDescription: name, httpMethod: method } as IWebhookData;
	const context = new WebhookContext(workflow, node, more, run.mode ?? 'webhook', webhook, [], null);
	const { workflowData } = (await type.webhook?.call(context as IWebhookFunctions)) ?? {};
	reply.items = workflowData?.[0] ?? [];
	return reply;
}

/** Presses the test button of a credential. */
export async function testCredential(Node: NodeClass, credential: string, data: object | undefined): Promise<INodeCredentialTestResult> {
	const type = new Node();
	const test = type.description.credentials?.find(({ name }) => name === credential)?.testedBy as string;
	const given = { id: '1', name: credential, type: credential, data } as Parameters<NonNullable<NonNullable<INodeType['methods']>['credentialTest']>[string]>[0];
	return (await type.methods?.credentialTest?.[test].call({} as ICredentialTestFunctions, given)) as INodeCredentialTestResult;
}

/** What a drop-down of a node offers. */
export async function loadOptions(Node: NodeClass, method: string): Promise<INodePropertyOptions[]> {
	return (await new Node().methods?.loadOptions?.[method].call({} as ILoadOptionsFunctions)) as INodePropertyOptions[];
}

/** The fields that a resource mapper of a node offers, with the parameters as the editor has resolved them. */
export async function mapperFields(Node: NodeClass, method: string, parameters: INodeParameters): Promise<ResourceMapperField[]> {
	const { LoadOptionsContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/load-options-context'));
	const { type, workflow, node } = place(Node, {});
	const more = { ...additionalData({}), currentNodeParameters: parameters };
	const context = new LoadOptionsContext(workflow, node, more, 'parameters.columns');
	return (await type.methods?.resourceMapping?.[method].call(context as ILoadOptionsFunctions))?.fields ?? [];
}

/** What a resource locator of a node offers for what was typed. */
export async function searchList(Node: NodeClass, method: string, credentials: NodeRun['credentials'], filter?: string, page?: string): Promise<INodeListSearchResult> {
	const { LoadOptionsContext } = await core(() => import('n8n-core/dist/execution-engine/node-execution-context/load-options-context'));
	const { type, workflow, node } = place(Node, { credentials });
	const context = new LoadOptionsContext(workflow, node, additionalData({ credentials }), 'parameters.customer');
	return (await type.methods?.listSearch?.[method].call(context as ILoadOptionsFunctions, filter, page)) as INodeListSearchResult;
}

/** Columns of an import that were chosen field by field, as the editor keeps them. */
export function chosen(value: Record<string, string>): INodeParameters {
	return { mapping: 'chosen', columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] } };
}

/** What the nodes wrote to n8n's log, oldest first. */
export const logged: string[] = [];

/** n8n's own user folder during a test file. */
let userFolder: string | undefined;
afterAll(() => userFolder && rmSync(userFolder, { recursive: true, force: true }));

/** n8n-core is loaded when it is used first, and writes neither into the home folder nor to the console. */
async function core<Part>(load: () => Promise<Part>): Promise<Part> {
	if (!userFolder) {
		userFolder = mkdtempSync(join(tmpdir(), 'optical-crm-n8n-'));
		process.env.N8N_USER_FOLDER = userFolder;
		const { Container } = await import('@n8n/di');
		const { Logger } = await import('@n8n/backend-common');
		const write = (text: string, details?: object) => void logged.push(details && Object.keys(details).length > 0 ? `${text} ${JSON.stringify(details)}` : text);
		const logger = { error: write, warn: write, info: write, debug: write, scoped: () => logger } as unknown as InstanceType<typeof Logger>;
		Container.set(Logger, logger);
	}
	return await load();
}

/** A file as n8n keeps it by default: on disk, and in the item by its id only. */
export async function fileOnDisk(bytes: Buffer): Promise<IBinaryData> {
	const { BinaryDataService } = await core(() => import('n8n-core/dist/binary-data/binary-data.service'));
	const { Container } = await import('@n8n/di');
	const service = Container.get(BinaryDataService);
	await service.init();
	return await service.store({ type: 'execution', workflowId: 'test', executionId: '1' }, bytes, { data: '', mimeType: 'text/csv' });
}

/** The node in a workflow of its own, with the defaults of its parameters filled in. */
function place(Node: NodeClass, { parameters = {}, credentials = {}, goesOn, asTool, model }: NodeRun) {
	const type = new Node();
	// As n8n's loader does: a trigger that polls is told how often.
	if (type.description.polling) type.description.properties = [...commonPollingParameters, ...type.description.properties];
	const { displayName, name, version } = type.description;
	const wanted: INode = {
		id: '1',
		name: displayName,
		type: `n8n-nodes-optical-crm.${name}${asTool ? 'Tool' : ''}`,
		typeVersion: version as number,
		position: [0, 0],
		webhookId: 'ottica',
		parameters,
		credentials: Object.fromEntries(Object.keys(credentials).map((credential) => [credential, { id: idOf(credentials[credential]), name: credential }])),
		...(goesOn && { onError: 'continueRegularOutput' as const }),
	};
	const plugged: INode = { id: '2', name: 'Model', type: 'test.model', typeVersion: 1, position: [0, 100], parameters: {} };
	const typeOf = (name: string) => (name === plugged.type ? modelType(model) : type);
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) } as INodeTypes;
	const connections: IConnections = model ? { Model: { ai_languageModel: [[{ node: displayName, type: NodeConnectionTypes.AiLanguageModel, index: 0 }]] } } : {};
	const workflow = new Workflow({ id: 'test', nodes: model ? [wanted, plugged] : [wanted], connections, active: true, nodeTypes, settings: {} });
	return { type, workflow, node: workflow.getNode(displayName) as INode };
}

/** A model node as n8n knows it. */
function modelType(model: NodeRun['model']): INodeType {
	return {
		description: { displayName: 'Model', name: 'model', group: [], version: 1, description: '', defaults: {}, inputs: [], outputs: [NodeConnectionTypes.AiLanguageModel], properties: [] },
		supplyData: async () => ({ response: model?.() }),
	};
}

const ids = new WeakMap<object, string>();

/** What is given anew is another credential. */
function idOf(credential: object): string {
	const id = ids.get(credential) ?? randomUUID();
	ids.set(credential, id);
	return id;
}

let executions = 0;

/** The one real stand-in: credentials as n8n has them after decryption. */
function additionalData({ credentials = {}, execution = String(++executions) }: NodeRun): IWorkflowExecuteAdditionalData {
	return {
		executionId: execution,
		webhookBaseUrl: `https://${HOST}/webhook`,
		credentialsHelper: {
			isCredentialUsableByNode: () => true,
			getDecrypted: async (_: unknown, __: unknown, type: string) => credentials[type],
			getParentTypes: () => [],
			preAuthentication: async () => undefined,
			authenticate: async (data: Record<string, string>, type: string, request: IHttpRequestOptions) => await signed(type, data, request),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** Signs a request as the credential says: by its function, or by the headers that it describes. */
async function signed(type: string, data: Record<string, string>, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
	const name = type[0].toUpperCase() + type.slice(1);
	const file = join(__dirname, '..', '..', 'credentials', `${name}.credentials.ts`);
	const { authenticate } = existsSync(file) ? (new (jest.requireActual(file)[name])() as ICredentialType) : { authenticate: undefined };
	if (typeof authenticate === 'function') return await authenticate(data, request);
	const headers = Object.entries(authenticate?.properties.headers ?? {}).map(([header, value]) =>
		[header, String(value).replace(/^=/, '').replace(/\{\{\s*\$credentials\.(\w+)\s*\}\}/g, (_, field: string) => data[field])]);
	return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
}

function encoded(form: Record<string, string | string[]>): string {
	const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
	return new URLSearchParams(fields).toString();
}

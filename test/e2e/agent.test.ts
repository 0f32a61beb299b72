import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { requireSuccess, type Execution } from '../../demo/setup/n8nExecution';
import { startOpenAiStandin, type ChatRequest, type OpenAiStandin, type ToolCall } from '../../demo/standins/openAi';
import { openStore, type Store } from '../../lib/store/open';
import { openDemoShop, OPENING_MS, type DemoShop } from './support/demoShop';

jest.setTimeout(120_000);

const TODAY = '2026-11-22';
const FILE = path.join(tmpdir(), `optical-crm-agent-${process.pid}.json`);
const PACKAGE = 'n8n-nodes-optical-crm';
const LANGCHAIN = '@n8n/n8n-nodes-langchain';

let demo: DemoShop;
let store: Store;
let openAi: OpenAiStandin;
let model: { id: string; name: string };

interface Tool {
	name: string;
	type: string;
	parameters: object;
	typeVersion?: number;
}

/** What a consultant lets the model fill in. */
const fromAi = (key: string, description: string, type = 'string') => `={{ $fromAI('${key}', '${description}', '${type}') }}`;
const crmTool = (name: string, resource: string, operation: string, more: object = {}): Tool => ({ name, type: `${PACKAGE}.opticalCrmTool`, parameters: { resource, operation, ...more } });
const customerOf = (mode: string, value: string) => ({ customer: { __rl: true, mode, value } });

beforeAll(async () => {
	demo = await openDemoShop(TODAY);
	openAi = await startOpenAiStandin();
	store = await openStore(demo.shop.settings);
	model = { id: await demo.client().saveCredential({ name: 'Model', type: 'openAiApi', data: { apiKey: openAi.apiKey, url: `${openAi.url}/v1`, header: false } }), name: 'Model' };
}, OPENING_MS);

afterAll(async () => {
	await demo?.close();
	await openAi?.stop();
	await rm(FILE, { force: true });
}, 60_000);

/** An AI Agent with these tools, that does what the stand-in says, step by step. */
async function agent(name: string, tools: Tool[], steps: Array<ToolCall | string>): Promise<Execution> {
	openAi.answer = ({ messages }) => steps[messages.filter(({ role }) => role === 'tool').length] ?? 'Done.';
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	const asked = { name: 'Agent', type: `${LANGCHAIN}.agent`, typeVersion: 3.1, parameters: { promptType: 'define', text: 'Look after the customers.', options: { maxIterations: 20 } } };
	const chat = { name: 'Chat Model', type: `${LANGCHAIN}.lmChatOpenAi`, typeVersion: 1.3, parameters: { model: { __rl: true, mode: 'id', value: 'demo-model' }, responsesApiEnabled: false, options: { maxRetries: 0 } } };
	const nodes = [start, asked, chat, ...tools.map((tool) => ({ typeVersion: 1, ...tool }))].map((node, index) => ({ ...node, id: String(index), position: [index * 200, 0] }));
	const into = (kind: string) => ({ [kind]: [[{ node: 'Agent', type: kind, index: 0 }]] });
	const connections = { Start: into('main'), 'Chat Model': into('ai_languageModel'), ...Object.fromEntries(tools.map((tool) => [tool.name, into('ai_tool')])) };
	await writeFile(FILE, JSON.stringify({ name, nodes, connections, settings: { executionOrder: 'v1' } }));
	const workflow = await demo.client().saveWorkflow(FILE, { ...demo.shop.credentials, openAiApi: model });
	return await demo.client().waitForExecution(await demo.client().run(workflow, 'Start'));
}

const requestsOf = (from: number): ChatRequest[] => openAi.requests.slice(from);
const answersOf = (from: number): string[] => (requestsOf(from).at(-1)?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => content);
const count = async (table: string) => Number((await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(store.db)).rows[0].rows);

it('the model is told what each tool does and what to fill in, and gets no more than it needs', async () => {
	const begun = openAi.requests.length;
	const execution = await agent('Reading', [
		crmTool('Find Customers', 'customer', 'getAll', { limit: 1000, returnAll: true, filters: { search: fromAi('name', 'Parts of the name') } }),
		crmTool('Look Up Customer', 'customer', 'get', customerOf('id', fromAi('customerId', 'The ID that Find Customers gave'))),
		crmTool('Forecast', 'shop', 'forecast', { days: 3 }),
		{ name: 'Report', type: `${PACKAGE}.crmReportTool`, parameters: { operation: 'kpis' } },
	], [
		{ tool: 'Find_Customers', with: { name: 'a' } }, { tool: 'Look_Up_Customer', with: { customerId: '1' } }, { tool: 'Forecast', with: {} }, { tool: 'Report', with: {} },
	]);
	requireSuccess(execution);
	const tools = Object.fromEntries((requestsOf(begun)[0].tools ?? []).map(({ function: { name, description, parameters } }) => [name, { description, properties: Object.keys(parameters.properties) }]));
	expect(tools).toEqual({
		Find_Customers: { description: expect.stringMatching(/^Find customers of the optical shop/), properties: ['name'] },
		Look_Up_Customer: { description: expect.stringMatching(/^Look up one customer/), properties: ['customerId'] },
		Forecast: { description: expect.stringMatching(/Changes and sends nothing/), properties: [] },
		Report: { description: expect.stringMatching(/^Get the three figures.*Names no customer/), properties: [] },
	});
	const [found, one, ...figures] = answersOf(begun);
	expect(JSON.parse(found)).toHaveLength(25);
	expect(found + one).toContain('reachableBy');
	// Neither addresses, numbers nor birthdays.
	expect(found + one).not.toMatch(/@|\+39|"value"|birthDate|19\d\d-/);
	for (const answer of [found, one, ...figures]) expect(answer.length).toBeLessThan(6_000);
});

/** A workflow of its own that writes to a customer, called as a tool: as little careful as a consultant can be who lets the model fill in what it likes. */
async function writer(name: string, approval: string, { sends = true } = {}): Promise<Tool> {
	const nodes = [
		{ name: 'Called', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { workflowInputs: { values: INPUTS.map((input) => ({ name: input })) } } },
		{ name: 'Consent Check', type: `${PACKAGE}.consentCheck`, typeVersion: 1, parameters: { channels: ['email'], options: { customerId: '={{ $json.customerId }}', class: '={{ $json.class }}', kind: '={{ $json.kind }}' } } },
		{ name: 'Personalize Message', type: `${PACKAGE}.personalizeMessage`, typeVersion: 1, parameters: { template: "={{ $('Called').item.json.template }}" } },
		{ name: 'Queue for Approval', type: `${PACKAGE}.queueForApproval`, typeVersion: 1, parameters: { approval } },
		...(sends ? [{ name: 'Send Message', type: `${PACKAGE}.sendMessage`, typeVersion: 1, parameters: { operation: 'sendItems', channels: ['email'] } }] : []),
	].map((node, index) => ({ ...node, id: String(index), position: [index * 200, 0] }));
	const connections = Object.fromEntries(nodes.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] }]));
	await writeFile(FILE, JSON.stringify({ name, nodes, connections, settings: { executionOrder: 'v1' } }));
	const id = await demo.client().saveWorkflow(FILE, demo.shop.credentials);
	// n8n calls what is published.
	await demo.client().activate(id);
	const schema = INPUTS.map((input) => ({ id: input, displayName: input, required: false, defaultMatch: false, display: true, canBeUsedToMatch: true, type: 'string' }));
	const value = Object.fromEntries(INPUTS.map((input) => [input, fromAi(input, input)]));
	return { name, type: `${LANGCHAIN}.toolWorkflow`, typeVersion: 2.2, parameters: { description: name, workflowId: { __rl: true, mode: 'id', value: id }, workflowInputs: { mappingMode: 'defineBelow', value, matchingColumns: [], schema } } };
}
const INPUTS = ['customerId', 'class', 'kind', 'template', 'approval'];

it('by no tool and no sequence of calls does a message leave that nobody approved', async () => {
	// Nodes that send, approve or write are no tools at all: n8n does not begin to run an agent that has one.
	for (const type of ['sendMessage', 'queueForApproval', 'consentCheck', 'personalizeMessage', 'segmentCustomers', 'rolloutGate']) {
		await expect(agent('Forbidden', [{ name: 'Tool', type: `${PACKAGE}.${type}Tool`, parameters: {} }], [])).rejects.toThrow(/cannot be used as a tool/);
	}
	const before = { consents: await count('consents'), customers: await count('customers') };
	const [{ id }] = (await sql<{ id: number }>`select customers.id from customers join contact_points as point on point.customer_id = customers.id and point.kind = 'email' and point.status = 'valid'
		join consents on consents.customer_id = customers.id and consents.channel = 'email' and consents.purpose = 'marketing' and consents.status = 'granted'
		where customers.birth_date < '1990-01-01' and customers.deceased = 0 order by customers.id limit 1`.execute(store.db)).rows;
	const wish = (more: object) => ({ customerId: String(id), class: 'relational', kind: 'campaign.hello', template: 'birthday', approval: 'policy', ...more });
	const who = { who: 'model' };
	const begun = openAi.requests.length;
	await agent('Writing', [
		// The panel does not offer these; a file can say them all the same.
		crmTool('Any Operation', 'customer', fromAi('operation', 'What to do'), customerOf('id', String(id))),
		crmTool('Record Consent', 'consent', 'record', { ...customerOf('id', String(id)), status: 'granted', channel: 'sms', purpose: 'marketing' }),
		crmTool('Answer Ticket', 'ticket', 'answer', { ticketId: '1', text: fromAi('text', 'The answer'), ...who }),
		crmTool('Hand Out', 'campaign', 'handOut', { campaign: 'sun' }),
		crmTool('Set Rules', 'shop', 'setPolicy', { settings: { marketingPerWeek: 100 } }),
		await writer('Write as the Model Says', '={{ $(\'Called\').item.json.approval }}'),
		await writer('Write to Customer', 'staff', { sends: false }),
		await writer('Write and Send', 'staff'),
	], [
		{ tool: 'Any_Operation', with: { operation: 'erase' } }, { tool: 'Any_Operation', with: { operation: 'upsert' } }, { tool: 'Record_Consent', with: {} },
		{ tool: 'Answer_Ticket', with: { text: 'Sconto!' } }, { tool: 'Hand_Out', with: {} }, { tool: 'Set_Rules', with: {} },
		{ tool: 'Write_as_the_Model_Says', with: wish({}) },
		// A greeting that calls itself service would need no consent; an offer that calls itself a greeting neither of its own.
		{ tool: 'Write_to_Customer', with: wish({ class: 'service' }) }, { tool: 'Write_to_Customer', with: wish({ template: 'campaign.offer' }) },
		{ tool: 'Write_to_Customer', with: wish({}) }, { tool: 'Write_and_Send', with: wish({}) },
	]);
	const answers = answersOf(begun);
	expect(answers).toHaveLength(11);
	for (const answer of answers.slice(0, 6)) expect(answer).toContain('A language model may look at the store');
	expect(answers[6]).toContain('Approval is not one of its two choices');
	expect(answers[7]).toContain('consent was checked for a service one');
	expect(answers[8]).toContain('consent was checked for a relational one');
	expect(answers[9]).toContain('pending');
	expect(answers[10]).not.toContain('"sent"');
	const { rows } = await sql<{ state: string; customer_id: number }>`select state, customer_id from messages`.execute(store.db);
	expect(rows).toEqual([{ state: 'pending', customer_id: id }]);
	expect(demo.mailbox.mails()).toEqual([]);
	expect({ consents: await count('consents'), customers: await count('customers') }).toEqual(before);
});

import { NodeHelpers, type INode, type IWorkflowBase } from 'n8n-workflow';
import { listTemplates } from '../../lib/messages/load';
import { checkWorkflow } from '../../lib/workflowCheck/check';
import type { Known, KnownNode } from '../../lib/workflowCheck/types';
import { filesIn, NODES, readJson } from './support/package';

const OURS = 'n8n-nodes-optical-crm.';
const WORKFLOWS = filesIn('workflows', '.json').map((file) => ({ file, workflow: readJson(file) as IWorkflowBase & Record<string, unknown> }));
const nodesOf = ({ nodes }: Pick<IWorkflowBase, 'nodes'>) => nodes.filter(({ type }) => type.startsWith(OURS));
const typeOf = ({ type }: INode) => NODES.find(({ made }) => OURS + made.description.name === type)?.made;

const KNOWN: Known = { nodes: NODES.map(({ made }) => made.description as unknown as KnownNode), templates: listTemplates().map(({ id }) => id) };

it('there are workflows, numbered in the order of the rollout', () => {
	expect(WORKFLOWS.length).toBeGreaterThanOrEqual(5);
	for (const { file, workflow } of WORKFLOWS) {
		const number = /^workflows\/(\d\d)-[a-z-]+\.json$/.exec(file)?.[1];
		expect(number).toBeDefined();
		expect(workflow.name).toMatch(new RegExp(`^${number} `));
	}
});

describe.each(WORKFLOWS)('$file', ({ workflow }) => {
	it('passes the check that consultants have too', () => {
		for (const node of workflow.nodes) expect(node.type).toMatch(/^(n8n-nodes-base|n8n-nodes-optical-crm)\.\w+$/);
		expect(checkWorkflow(workflow, KNOWN)).toEqual([]);
	});

	it('has a node of ours, each with all that it needs but the credentials', () => {
		expect(nodesOf(workflow).length).toBeGreaterThan(0);
		for (const node of nodesOf(workflow)) {
			const { description } = typeOf(node) as NonNullable<ReturnType<typeof typeOf>>;
			const parameters = NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
			expect(NodeHelpers.getNodeParametersIssues(description.properties, { ...node, parameters }, description)).toBeNull();
		}
	});

	it('holds nothing of where it was made: no credentials, no data, no ids of an n8n', () => {
		for (const node of workflow.nodes) expect(node).not.toHaveProperty('credentials');
		expect(Object.keys(workflow).sort()).toEqual(['connections', 'name', 'nodes', 'pinData', 'settings']);
		expect(JSON.stringify(workflow)).not.toMatch(/instanceId|localhost|127\.0\.0\.1|\/(?:work|root|Users|home\/(?!node\/))/);
	});

	it('gives each node an id, a name and a place of its own', () => {
		for (const field of ['id', 'name', 'position'] as const) {
			expect(new Set(workflow.nodes.map((node) => JSON.stringify(node[field]))).size).toBe(workflow.nodes.length);
		}
	});

	it('explains itself on the canvas', () => {
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.length).toBeGreaterThan(0);
		for (const { parameters } of notes) expect(parameters.content).toMatch(/^## .+\n\n.{60,}/s);
	});
});

it('serves each page under an address of its own', () => {
	const addresses = WORKFLOWS.flatMap(({ workflow }) =>
		nodesOf(workflow).flatMap((node) => {
			const [first] = typeOf(node)?.description.webhooks ?? [];
			return first ? [`${node.webhookId}/${first.path}`] : [];
		}),
	);
	expect(addresses.every((address) => !address.startsWith('undefined'))).toBe(true);
	expect(new Set(addresses).size).toBe(addresses.length);
});

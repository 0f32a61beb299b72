import { NodeHelpers, type INode, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions, type IWorkflowBase } from 'n8n-workflow';
import { filesIn, NODES, readJson } from './support/package';

const OURS = 'n8n-nodes-optical-crm.';
const WORKFLOWS = filesIn('workflows', '.json').map((file) => ({ file, workflow: readJson(file) as IWorkflowBase & Record<string, unknown> }));
const nodesOf = ({ nodes }: Pick<IWorkflowBase, 'nodes'>) => nodes.filter(({ type }) => type.startsWith(OURS));
const typeOf = ({ type }: INode) => NODES.find(({ made }) => OURS + made.description.name === type)?.made;

/** Parameters, at any depth, that the node does not have, or choices that it does not offer. */
function unknownIn(given: unknown, properties: INodeProperties[], path = ''): string[] {
	return Object.entries(given as Record<string, unknown>).flatMap(([name, value]): string[] => {
		const here = `${path}${name}`;
		const named = properties.filter((property) => property.name === name);
		if (named.length === 0) return [here];
		if (typeof value === 'string' && value.startsWith('=')) return [];
		const found = named.map((property): string[] => {
			const options = property.options ?? [];
			switch (property.type) {
				case 'collection':
					return unknownIn(value, options as INodeProperties[], `${here}.`);
				case 'fixedCollection':
					return Object.entries(value as object).flatMap(([group, rows]) => {
						const values = (options as INodePropertyCollection[]).find((option) => option.name === group)?.values;
						return values ? [rows].flat().flatMap((row) => unknownIn(row, values, `${here}.${group}.`)) : [`${here}.${group}`];
					});
				case 'options':
				case 'multiOptions':
					if (property.typeOptions?.loadOptionsMethod) return [];
					return [value].flat().filter((chosen) => !(options as INodePropertyOptions[]).some((option) => option.value === chosen)).map((chosen) => `${here}=${chosen}`);
				default:
					return [];
			}
		});
		// One name may stand for several parameters, of which the panel shows one.
		return found.sort((one, other) => one.length - other.length)[0];
	});
}

it('there are workflows, numbered in the order of the rollout', () => {
	expect(WORKFLOWS.length).toBeGreaterThanOrEqual(5);
	for (const { file, workflow } of WORKFLOWS) {
		const number = /^workflows\/(\d\d)-[a-z-]+\.json$/.exec(file)?.[1];
		expect(number).toBeDefined();
		expect(workflow.name).toMatch(new RegExp(`^${number} `));
	}
});

describe.each(WORKFLOWS)('$file', ({ workflow }) => {
	it('names only nodes that exist, with parameters that they have', () => {
		for (const node of workflow.nodes) expect(node.type).toMatch(/^(n8n-nodes-base|n8n-nodes-optical-crm)\.\w+$/);
		for (const node of nodesOf(workflow)) {
			const type = typeOf(node);
			expect({ node: node.name, known: type !== undefined, version: node.typeVersion }).toEqual({ node: node.name, known: true, version: type?.description.version });
			// n8n gives every polling trigger its times.
			const { pollTimes, ...parameters } = node.parameters;
			expect(pollTimes !== undefined).toBe(type?.description.polling === true);
			expect({ node: node.name, unknown: unknownIn(parameters, type?.description.properties ?? []) }).toEqual({ node: node.name, unknown: [] });
		}
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
		expect(workflow.pinData ?? {}).toEqual({});
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

	it('connects nodes that are there, by outputs that they have, and leaves nothing unconnected', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const reached = new Set<string>();
		for (const [from, { main }] of Object.entries(workflow.connections)) {
			const node = workflow.nodes.find(({ name }) => name === from) as INode;
			expect(names).toContain(from);
			const outputs = typeOf(node)?.description.outputs;
			const errorOutput = node.onError === 'continueErrorOutput' ? 1 : 0;
			if (Array.isArray(outputs)) expect(main.length).toBeLessThanOrEqual(outputs.length + errorOutput);
			for (const { node: to } of main.flat().flatMap((connection) => connection ?? [])) reached.add(to);
		}
		expect(names).toEqual(expect.arrayContaining([...reached]));
		const alone = workflow.nodes.filter(({ name, type }) => !reached.has(name) && !workflow.connections[name] && type !== 'n8n-nodes-base.stickyNote');
		expect(alone.map(({ name }) => name)).toEqual([]);
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

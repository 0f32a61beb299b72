import type { Finding, KnownNode, WorkflowFile, WorkflowNode } from './types';

const NOTE = 'n8n-nodes-base.stickyNote';

/** Connections that lead nowhere, outputs that a node does not have, names that stand twice, and nodes that nothing leads to. */
export function connectionFindings({ nodes, connections }: WorkflowFile, known: (node: WorkflowNode) => KnownNode | undefined): Finding[] {
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const found: Finding[] = nodes.filter((node) => byName.get(node.name) !== node).map(({ name }) => ({ node: name, problem: 'two nodes have this name', hint: 'Rename one of them: connections go by name.' }));
	const connected = new Set<string>();
	for (const [from, kinds] of Object.entries(connections)) {
		const node = byName.get(from);
		if (!node) {
			found.push({ node: from, problem: 'connections begin at it, and it is not there', hint: 'Delete them, or correct the name.' });
			continue;
		}
		const room = outputsOf(node, known(node));
		const main = kinds.main ?? [];
		if (main.length > room) found.push({ node: from, problem: `it has ${room} outputs, and ${main.length} are connected`, hint: 'Connect it anew in the editor.' });
		for (const { node: to } of Object.values(kinds).flat(2).flatMap((connection) => connection ?? [])) {
			if (byName.has(to)) connected.add(to).add(from);
			else found.push({ node: from, problem: `it leads to "${to}", which is not there`, hint: 'Delete the connection, or correct the name.' });
		}
	}
	const alone = nodes.length > 1 ? nodes.filter(({ name, type }) => type !== NOTE && !connected.has(name) && !(byName.get(name) && hasNoInput(known(byName.get(name) as WorkflowNode)))) : [];
	return [...found, ...alone.map(({ name }) => ({ node: name, problem: 'nothing is connected to it', hint: 'Connect it, or delete it.' }))];
}

/** Infinity where only the parameters tell. */
function outputsOf({ onError }: WorkflowNode, known: KnownNode | undefined): number {
	return Array.isArray(known?.outputs) ? known.outputs.length + (onError === 'continueErrorOutput' ? 1 : 0) : Infinity;
}

/** A trigger may stand alone: it may serve pages and start nothing. */
function hasNoInput(known: KnownNode | undefined): boolean {
	return Array.isArray(known?.inputs) && known.inputs.length === 0;
}

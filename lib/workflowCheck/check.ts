import { connectionFindings } from './connections';
import { logFindings } from './logRule';
import { parameterFindings } from './parameters';
import type { Finding, Known, KnownNode, WorkflowFile, WorkflowNode } from './types';

const OURS = 'n8n-nodes-optical-crm.';

/** How strict the check is. */
export interface CheckOptions {
	/** A workflow of a running n8n, which names the credentials that it uses. */
	inUse?: boolean;
}

/**
 * What is wrong in a workflow: nodes of ours, parameters, choices and texts that do not exist, what is required and missing, connections that lead nowhere, credentials
 * and data of where it was made, and settings with which n8n would keep customers' data. Nodes of others are not looked into.
 * @param workflow the content of a workflow's file, whatever it is
 */
export function checkWorkflow(workflow: unknown, known: Known, { inUse = false }: CheckOptions = {}): Finding[] {
	if (!isWorkflow(workflow)) return [{ problem: 'the file is no workflow of n8n', hint: 'Download the workflow again from n8n’s editor (menu > Download).' }];
	return [
		...workflow.nodes.flatMap((node) => nodeFindings(node, known)),
		...workflow.nodes.flatMap((node) => (inUse ? [] : credentialFindings(node))),
		...connectionFindings(workflow, (node) => knownNode(node, known)),
		...keptFindings(workflow),
		...logFindings(workflow.settings),
	];
}

/** The description of a node of ours, as the workflow uses it. */
function knownNode({ type }: Pick<WorkflowNode, 'type'>, { nodes }: Known): KnownNode | undefined {
	const name = type.startsWith(OURS) ? type.slice(OURS.length) : undefined;
	return nodes.find((node) => node.name === name || (node.usableAsTool && `${node.name}Tool` === name));
}

function nodeFindings(node: WorkflowNode, known: Known): Finding[] {
	const { name, type, typeVersion, parameters = {} } = node;
	if (!type.startsWith(OURS)) return [];
	const of = knownNode(node, known);
	if (!of) return [{ node: name, problem: `there is no node ${type}`, hint: `There are: ${known.nodes.map((one) => one.name).join(', ')}.` }];
	const versions = [of.version].flat();
	const wrongVersion = versions.includes(typeVersion ?? 1) ? [] : [{ node: name, problem: `the node has no version ${typeVersion}`, hint: `Set typeVersion to ${versions.join(' or ')}.` }];
	const { pollTimes, ...own } = parameters;
	const polls = pollTimes !== undefined;
	const wrongTimes = polls === (of.polling === true) ? [] : [{ node: name, parameter: 'pollTimes', problem: polls ? 'the node does not poll' : 'the times of the trigger are missing', hint: polls ? 'Delete it.' : 'Enter Poll Times on the node’s panel.' }];
	return [...wrongVersion, ...wrongTimes, ...parameterFindings(own, of.properties, known.templates).map((found) => ({ node: name, ...found }))];
}

function credentialFindings({ name, credentials }: WorkflowNode): Finding[] {
	if (!credentials || Object.keys(credentials).length === 0) return [];
	return [{ node: name, problem: `it names the credentials of one n8n: ${Object.keys(credentials).join(', ')}`, hint: 'Delete "credentials" of the node before the file is given away, or check with --in-use.' }];
}

/** Data of customers that would travel with the file. */
function keptFindings({ pinData, staticData }: WorkflowFile): Finding[] {
	const pinned = Object.keys(pinData ?? {});
	return [
		...pinned.map((node) => ({ node, problem: 'its output is pinned, and the file holds it', hint: 'Unpin the output in the editor, and download the workflow again.' })),
		...(staticData === undefined || staticData === null || Object.keys(staticData as object).length === 0 ? [] : [{ problem: 'the file holds static data of the n8n where it ran', hint: 'Delete "staticData".' }]),
	];
}

function isWorkflow(given: unknown): given is WorkflowFile {
	const { nodes, connections } = (given ?? {}) as Partial<WorkflowFile>;
	const isNode = (node: unknown) => typeof (node as WorkflowNode | null)?.name === 'string' && typeof (node as WorkflowNode).type === 'string';
	return Array.isArray(nodes) && nodes.every(isNode) && typeof connections === 'object' && connections !== null && !Array.isArray(connections);
}

import type { INodeProperties, INodePropertyOptions, INodeTypeDescription, NodeHint } from 'n8n-workflow';
import { anchor, bullet, fileName, MADE, page, panelText, sentence, table } from './markdown';
import { CREDENTIALS, NODES } from './package';
import { notices, parameterList } from './parameters';

/** The pages of all nodes by file name below `docs/reference`: one each, and one for each resource of a node that has resources. */
export function nodePages(): Record<string, string> {
	return Object.assign({}, ...NODES.map((node) => (resourcesOf(node).length > 0 ? pagesByResource(node) : { [pageOf(node)]: onePage(node) })));
}

export const pageOf = ({ name }: INodeTypeDescription) => `nodes/${fileName(name)}.md`;

const find = ({ properties }: INodeTypeDescription, name: string) => properties.filter((property) => property.name === name);
const resourcesOf = (node: INodeTypeDescription) => find(node, 'resource').flatMap(({ options }) => options as INodePropertyOptions[]);
const shows = ({ displayOptions }: INodeProperties, name: string, value: unknown) => (displayOptions?.show?.[name] as unknown[] | undefined)?.includes(value) ?? false;
const operationsOf = (node: INodeTypeDescription, resource?: unknown) =>
	find(node, 'operation').filter((property) => resource === undefined || shows(property, 'resource', resource)).flatMap(({ options }) => options as INodePropertyOptions[]);

function head(node: INodeTypeDescription, title: string): string {
	return page(`# ${title}`, sentence(panelText(node.description)), MADE).trimEnd();
}

function onePage(node: INodeTypeDescription): string {
	const operations = operationsOf(node);
	const own = node.properties.filter(({ name, displayOptions }) => name !== 'operation' && !(operations.length > 0 && displayOptions?.show?.operation));
	return page(
		head(node, node.displayName),
		...notices(own),
		facts(node),
		operations.length > 0 && `## Operations\n\n${operationTable(operations)}`,
		own.some(({ type }) => type !== 'notice') && `## Parameters\n\n${parameterList(own)}`,
		...operations.map((operation) => operationPart(operation, node.properties.filter((property) => shows(property, 'operation', operation.value)))),
		hints(node.hints),
	);
}

function pagesByResource(node: INodeTypeDescription): Record<string, string> {
	const folder = `nodes/${fileName(node.name)}`;
	const file = (value: unknown) => `${fileName(String(value))}.md`;
	const list = resourcesOf(node).map(({ name, value }) => [
		`[${name}](${fileName(node.name)}/${file(value)})`,
		operationsOf(node, value).map((operation) => `[${operation.name}](${fileName(node.name)}/${file(value)}#${anchor(operation.name)})`).join(', '),
	]);
	const pages = resourcesOf(node).map(({ name, value }) => [`${folder}/${file(value)}`, resourcePage(node, name, value)]);
	return { [pageOf(node)]: page(head(node, node.displayName), facts(node), '## Resources and their operations', table(['resource', 'operations'], list), hints(node.hints)), ...Object.fromEntries(pages) };
}

function resourcePage(node: INodeTypeDescription, name: string, resource: unknown): string {
	const fields = node.properties.filter((property) => property.name !== 'operation' && shows(property, 'resource', resource));
	const operations = operationsOf(node, resource);
	return page(
		`# ${node.displayName}: ${name}`,
		MADE,
		operationTable(operations),
		...operations.map((operation) => operationPart(operation, fields.filter((property) => shows(property, 'operation', operation.value)))),
	);
}

const operationTable = (operations: INodePropertyOptions[]) => table(['operation', 'does'], operations.map(({ name, description }) => [`[${name}](#${anchor(name)})`, panelText(description ?? '')]));

function operationPart({ name, description }: INodePropertyOptions, fields: INodeProperties[]): string {
	const list = parameterList(fields, ['resource', 'operation']);
	return [`## ${name}`, sentence(panelText(description ?? '')), ...notices(fields), list || 'No parameters.'].join('\n\n');
}

function facts(node: INodeTypeDescription): string {
	const credentials = (node.credentials ?? []).map(({ name, displayName, required }) => {
		const title = CREDENTIALS.find((credential) => credential.name === name)?.displayName ?? name;
		const up = pageOf(node).split('/').slice(1).map(() => '..').join('/');
		return `[${title}](${up}/credentials.md#${anchor(title)})${displayName && displayName !== title ? ` (${displayName}${required ? '' : ', optional'})` : ''}`;
	});
	return table(['', ''], [
		['Type', `\`n8n-nodes-optical-crm.${node.name}\`, version ${[node.version].flat().join(', ')}`],
		['Starts', node.polling ? 'by itself: it looks at the times of *Poll Times*' : node.group.includes('trigger') ? 'by itself: it is called' : 'with the items of the node before it'],
		['Outputs', outputs(node)],
		['Credentials', credentials.length > 0 ? credentials.join(', ') : 'none'],
		...(node.usableAsTool ? [['Tool', 'can be a tool of an AI agent']] : []),
	]);
}

function outputs({ outputs: given, outputNames }: INodeTypeDescription): string {
	if (outputNames) return outputNames.map((name) => `*${name}*`).join(', ');
	if (Array.isArray(given)) return 'one';
	const named = [...new Set([...given.matchAll(/displayName: "([^"]+)"/g)].map(([, name]) => `*${name}*`))];
	return `one; for some operations ${named.join(', ')}`;
}

function hints(given: NodeHint[] = []): string | false {
	return given.length > 0 && `## What the node tells in the editor\n\n${given.map(({ message }) => bullet(0, panelText(message))).join('\n')}`;
}

import { REASONS as IMPORT_REASONS } from '../../lib/imports/reasons';
import { listTemplates } from '../../lib/messages/load';
import type { Template } from '../../lib/messages/template';
import { anchor, MADE, page, panelText, table } from './markdown';
import { pageOf } from './nodePages';
import { CREDENTIALS, NODES, readText, WORKFLOWS, type Bundled } from './package';
import { notices, parameterList } from './parameters';

const NOTE = 'n8n-nodes-base.stickyNote';
const OURS = 'n8n-nodes-optical-crm.';

export function credentialsPage(): string {
	const users = (name: string) => NODES.filter(({ credentials = [] }) => credentials.some((used) => used.name === name));
	return page(
		'# Credentials',
		MADE,
		table(['credential', 'used by'], CREDENTIALS.map(({ name, displayName }) => [`[${displayName}](#${anchor(displayName)})`, users(name).map((node) => `[${node.displayName}](${pageOf(node)})`).join(', ')])),
		...CREDENTIALS.map(({ name, displayName, properties }) => [`## ${displayName}`, `Type \`${name}\`.`, ...notices(properties), parameterList(properties)].join('\n\n')),
	);
}

export function workflowsPage(): string {
	return page(
		'# Bundled workflows',
		MADE,
		'They are numbered in the order in which a shop switches them on. Each has a note in the canvas, which stands here too. Import them by *Import from File*, or [let n8n list them](commands.md).',
		table(['file', 'needs the credentials'], WORKFLOWS.map((workflow) => [`[${workflow.file}](#${anchor(workflow.name)})`, needs(workflow).join(', ') || 'none'])),
		...WORKFLOWS.map((workflow) => [`## ${workflow.name}`, `[\`workflows/${workflow.file}\`](../../workflows/${workflow.file})`, nodesOf(workflow), ...notesOf(workflow)].join('\n\n')),
	);
}

/** Credentials of its nodes, where the choice of resource and operation asks for them. */
function needs({ nodes }: Bundled): string[] {
	const used = nodes.flatMap(({ type, parameters }) =>
		(NODES.find(({ name }) => `${OURS}${name}` === type)?.credentials ?? [])
			.filter(({ required, displayOptions }) => required && Object.entries(displayOptions?.show ?? {}).every(([key, values]) => matches(parameters[key], values)))
			.map(({ name }) => CREDENTIALS.find((credential) => credential.name === name)?.displayName ?? name),
	);
	return [...new Set([...used, ...(nodes.some(({ type }) => type === 'n8n-nodes-base.emailSend') ? ['n8n’s own SMTP'] : [])])];
}

const matches = (given: unknown, values: unknown) => Array.isArray(values) && [given].flat().some((one) => values.includes(one));

function nodesOf({ nodes }: Bundled): string {
	const named = nodes.filter(({ type }) => type.startsWith(OURS)).map(({ name, type }) => {
		const node = NODES.find((one) => `${OURS}${one.name}` === type);
		return node ? `${name === node.displayName ? '' : `${name}: `}[${node.displayName}](${pageOf(node)})` : name;
	});
	return named.length > 0 ? `Nodes of this package: ${named.join(', ')}.` : '';
}

function notesOf({ nodes }: Bundled): string[] {
	return nodes.filter(({ type }) => type === NOTE).map(({ parameters }) => String(parameters.content).replace(/^## (.*)$/m, '**$1**').split('\n').map((line) => `> ${line}`.trimEnd()).join('\n'));
}

export function templatesPage(): string {
	const all = listTemplates();
	const ids = [...new Set(all.map(({ id }) => id))];
	const row = (id: string) => {
		const of = all.filter((template) => template.id === id && template.locale === 'it');
		const variables = new Map(of.flatMap(({ variables: each }) => Object.entries(each)));
		const required = [...variables].filter(([, { required: must }]) => must).map(([name]) => `\`${name}\``);
		return [`\`${id}\``, [...new Set(of.map((template: Template) => template.class))].join(', '), of.map(({ channel }) => channel).join(', '), required.sort().join(', ')];
	};
	return page(
		'# Texts for customers',
		MADE,
		'Every text is there in Italian and in English. How they are written, and how a shop brings its own: [templates/README.md](../../templates/README.md).',
		table(['text', 'class', 'channels', 'cannot do without'], ids.map(row)),
	);
}

export function importReasonsPage(): string {
	return page(
		'# What an import says of a row',
		MADE,
		'Output *To Mend* of *Optical CRM > Customer > Import*, and of the imports of equipment and exams: row, field, reason, and what to do. Where `taken` is true the row went in without that field; where it is false the whole row stayed out.',
		table(['reason', 'what to do'], Object.entries(IMPORT_REASONS).map(([code, hint]) => [`\`${code}\``, panelText(hint)])),
	);
}

export function commandsPage(): string {
	const { bin } = JSON.parse(readText('package.json')) as { bin: Record<string, string> };
	const usage = (file: string) => /const USAGE = `([\s\S]*?)`;/.exec(readText(file.replace(/^dist\//, '').replace(/\.js$/, '.ts')))?.[1] ?? '';
	return page(
		'# Commands and settings of n8n',
		MADE,
		'Each command runs with `npx -p n8n-nodes-optical-crm NAME`, on any machine with Node and without an n8n.',
		...Object.entries(bin).map(([name, file]) => `## ${name}\n\n\`\`\`\n${usage(file)}\n\`\`\``),
		'## Settings of n8n that matter here',
		table(['environment variable of n8n', 'why'], [
			['`N8N_RESTRICT_FILE_ACCESS_TO`', 'The folders from which *Read/Write Files from Disk* may read an export. By default `.n8n-files` in the home of the user that runs n8n.'],
			['`N8N_UNVERIFIED_PACKAGES_ENABLED`', '`true` lets n8n load community packages that n8n itself has not checked. Newer versions of n8n may want it.'],
			['`WEBHOOK_URL`', 'The public address of n8n. Links in messages and the addresses that providers call begin with it.'],
			['`GENERIC_TIMEZONE`', 'The zone of the *Schedule Trigger*. The shop’s own days are those of *Optical CRM > Shop > Time Zone*.'],
			['`N8N_TEMPLATES_HOST`', 'Where n8n’s page *Templates* looks: the address that `optical-crm-templates` prints.'],
			['`EXECUTIONS_DATA_MAX_AGE`', 'For how many hours n8n keeps runs that failed. They hold customers’ data.'],
			['`EXECUTIONS_MODE`', '`queue` for several processes. The store must then be on PostgreSQL.'],
		]),
	);
}

#!/usr/bin/env node
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { listTemplates } from '../lib/messages/load';
import { checkWorkflow, type CheckOptions } from '../lib/workflowCheck/check';
import type { Finding, Known, KnownNode } from '../lib/workflowCheck/types';

/** What the build wrote down of the nodes: they themselves cannot be loaded without an n8n around them. */
const CATALOGUE = path.join(__dirname, '..', 'catalogue.json');

const USAGE = `Checks workflows: do the nodes, parameters, choices and texts exist that they name, do they hold credentials or data, and would n8n keep customers' data of their runs?

  optical-crm-check [--in-use] [--template ID]... FILE_OR_FOLDER...

--in-use       the workflows may name their credentials, as those of a running n8n do
--template ID  a text of the shop's own, which the package does not know; as often as needed

Ends with 1 when something is found, with 2 when it could not check.`;

function main(): void {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'in-use': { type: 'boolean', default: false }, template: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean', default: false } } });
	if (values.help) return console.log(USAGE);
	if (positionals.length === 0) throw new Error(`Which workflows? Name their files or folders.\n\n${USAGE}`);
	const known: Known = {
		nodes: JSON.parse(readFileSync(CATALOGUE, 'utf8')) as KnownNode[],
		templates: [...new Set([...listTemplates().map(({ id }) => id), ...values.template])].sort(),
	};
	const files = positionals.flatMap(filesOf);
	if (files.length === 0) throw new Error(`There is no .json file in ${positionals.join(', ')}.`);
	const lines = files.flatMap((file) => check(file, known, { inUse: values['in-use'] }).map((finding) => inWords(file, finding)));
	for (const line of lines) console.log(line);
	console.log(`${files.length} ${files.length === 1 ? 'workflow' : 'workflows'} checked, ${lines.length === 0 ? 'nothing found' : `${lines.length} found`}.`);
	process.exitCode = lines.length > 0 ? 1 : 0;
}

function filesOf(given: string): string[] {
	if (!statSync(given).isDirectory()) return [given];
	return readdirSync(given).filter((name) => name.endsWith('.json')).sort().map((name) => path.join(given, name));
}

function check(file: string, known: Known, options: CheckOptions): Finding[] {
	const text = readFileSync(file, 'utf8');
	try {
		return checkWorkflow(JSON.parse(text), known, options);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return [{ problem: 'the file is no JSON', hint: 'Download the workflow again from n8n’s editor (menu > Download).' }];
	}
}

function inWords(file: string, { node, parameter, problem, hint }: Finding): string {
	return `${file}: ${node === undefined ? '' : `node "${node}": `}${parameter === undefined ? '' : `${parameter}: `}${problem}. ${hint}`;
}

try {
	main();
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 2;
}

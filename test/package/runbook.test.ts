import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { PACKAGE, NODES, ROOT, filesIn, readJson } from './support/package';

const BOOKS = ['docs/runbook.md', 'docs/it/runbook.md'];
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const crm = NODES.find(({ made }) => made.description.name === 'opticalCrm')?.made.description.properties as INodeProperties[];
const optionsOf = (name: string, resource?: string) => crm.filter((property) => property.name === name && (resource === undefined || (property.displayOptions?.show?.resource as string[] | undefined)?.includes(resource)))
	.flatMap(({ options = [] }) => options as INodePropertyOptions[]);

describe.each(BOOKS)('%s', (file) => {
	it('names operations that exist', () => {
		const named = [...textOf(file).matchAll(/Optical CRM > ([\w ]+?) > ([\w -]+?)\*\*/g)];
		expect(named.length).toBeGreaterThanOrEqual(8);
		for (const [, resource, operation] of named) {
			const { value } = optionsOf('resource').find(({ name }) => name === resource) as INodePropertyOptions;
			expect([resource, optionsOf('operation', value as string).map(({ name }) => name)]).toEqual([resource, expect.arrayContaining([operation])]);
		}
		for (const alone of ['Check Backup', 'Restore Backup', 'Sync Templates']) expect(textOf(file).includes(`**${alone}**`) && optionsOf('operation').some(({ name }) => name === alone)).toBe(true);
	});

	it('names workflows, credentials and metrics that exist', () => {
		const workflows = filesIn('workflows', '.json').map((one) => (readJson(one) as { name: string }).name);
		const numbered = [...textOf(file).matchAll(/\*(\d\d [^*]+)\*/g)].map(([, name]) => name);
		expect(numbered.length).toBeGreaterThan(2);
		for (const name of numbered) expect(workflows).toContain(name);
		const credentials = (PACKAGE as unknown as { n8n: { credentials: string[] } }).n8n.credentials.map((one) => path.basename(one, '.credentials.js').toLowerCase());
		for (const [, name] of textOf(file).matchAll(/\*(Optical [\w ]+ API)\*/g)) expect(credentials).toContain(name.replaceAll(' ', '').toLowerCase());
		const metrics = textOf('lib/health/metrics.ts');
		for (const [, name] of textOf(file).matchAll(/optical_crm_(\w+?)(?:_total)?(?=[ {[]|`)/g)) expect(metrics).toContain(`'${name}'`);
	});

	it('names lines of the log that are written, and leads to places that are there', () => {
		const known = /type LogEvent = ([^;]+);/.exec(textOf('nodes/shared/log.ts'))?.[1] ?? '';
		for (const [, event] of known.matchAll(/'([\w ]+)'/g)) expect(textOf(file)).toMatch(new RegExp(`\`(?:Optical CRM: )?${event}\``));
		const headings = [...textOf(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\d -]/gu, '').replaceAll(' ', '-'));
		for (const [, place] of textOf(file).matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(place);
	});
});

it('says the same in both languages: as many chapters, and the same commands', () => {
	const [english, italian] = BOOKS.map(textOf);
	const chapters = (text: string) => text.match(/^## /gm)?.length;
	expect(chapters(italian)).toBe(chapters(english));
	for (const [variable] of english.matchAll(/\b(?:N8N|DB|QUEUE|EXECUTIONS|WEBHOOK)_[A-Z0-9_]+/g)) expect(italian).toContain(variable);
});

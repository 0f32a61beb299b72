import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { anchor } from '../../docs/make/markdown';
import { CREDENTIALS, filesIn, NODES, ROOT } from '../package/support/package';

const PAGES = [...filesIn('docs', '.md'), 'templates/README.md', ...readdirSync(ROOT).filter((file) => file.endsWith('.md'))];
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
/** What is shown as code is no link and no name. */
const proseOf = (file: string) => textOf(file).replace(/```[\s\S]*?```/g, '').replace(/^ {4}.*$/gm, '');

interface Link {
	file: string;
	/** From the project's folder. */
	target: string;
	part?: string;
}

const LINKS: Link[] = PAGES.flatMap((file) =>
	[...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, address]) => address)
		.filter((address) => !/^[a-z]+:/.test(address))
		.map((address) => {
			const [name, part] = address.split('#');
			return { file, target: name ? path.posix.join(path.posix.dirname(file), name) : file, part };
		}),
);

it('finds the pages and their links', () => {
	expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/it/tutorial.md']));
	expect(LINKS.length).toBeGreaterThan(300);
});

it('each link leads to a file, and to a heading that is there', () => {
	const broken = LINKS.filter(({ target, part }) => {
		if (!existsSync(path.join(ROOT, target))) return true;
		return part !== undefined && !headings(target).includes(part);
	});
	expect(broken).toEqual([]);
});

function headings(file: string): string[] {
	return statSync(path.join(ROOT, file)).isFile() ? [...textOf(file).replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading)) : [];
}

it('pictures are small, and each is shown somewhere', () => {
	const pictures = filesIn('docs/images', '.png');
	const sizes = pictures.map((file) => statSync(path.join(ROOT, file)).size);
	expect(pictures.filter((file, place) => file.includes('tutorial-') && sizes[place] > 150_000)).toEqual([]);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_500_000);
	expect(pictures.filter((file) => !LINKS.some(({ target }) => target === file))).toEqual([]);
});

it('what staff and consultants read is there in Italian', () => {
	const forPeople = PAGES.filter((file) => /^docs\/(README|tutorial|runbook|how-to\/|explanation\/)/.test(file));
	const italian = forPeople.map((file) => file.replace(/^docs\//, 'docs/it/'));
	expect(italian.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
	expect(filesIn('docs/it', '.md')).toEqual(italian.sort());
});

/** Of a page and its Italian twin: what must not be said in one only. */
const facts = (file: string) => [...new Set([...textOf(file).matchAll(/`([^`\n]+)`|\*\*(Optical [A-Za-z ]+API)\*\*/g)].map(([, code, name]) => code ?? name))].sort();

it.each(['how-to/import', 'how-to/sms', 'how-to/whatsapp', 'how-to/letters', 'how-to/linked-phone', 'explanation/rules'])('%s names the same things in both languages', (page) => {
	expect(facts(`docs/it/${page}.md`)).toEqual(facts(`docs/${page}.md`));
});

describe('what the pages name is there', () => {
	const opticalCrm = NODES.find(({ made }) => made.description.name === 'opticalCrm');
	const properties = opticalCrm?.made.description.properties ?? [];
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(({ options }) => options as INodePropertyOptions[]);
	const operationsOf = (resource: unknown) =>
		properties.filter(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource as string)).flatMap(({ options }) => options as INodePropertyOptions[]);
	const guides = PAGES.filter((file) => file.startsWith('docs/') && !file.startsWith('docs/reference/'));

	it('operations of Optical CRM', () => {
		const named = guides.flatMap((file) => [...textOf(file).matchAll(/Optical CRM > ([A-Za-z ]+) > ([A-Za-z -]+)/g)].map(([, resource, operation]) => ({ file, resource, operation: operation.trim() })));
		expect(named.length).toBeGreaterThan(20);
		const unknown = named.filter(({ resource, operation }) => {
			const value = resources.find(({ name }) => name === resource)?.value;
			return value === undefined || !operationsOf(value).some(({ name }) => name === operation);
		});
		expect(unknown).toEqual([]);
	});

	it('credentials and nodes', () => {
		const known = [...CREDENTIALS.map(({ made }) => made.displayName), ...NODES.map(({ made }) => made.description.displayName)];
		const named = guides.flatMap((file) => [...textOf(file).matchAll(/\*\*((?:Optical [A-Za-z ]+ API)|(?:[A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+)* Trigger))\*\*/g)].map(([, name]) => name));
		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('files of the guide for newcomers', () => {
		const files = [...textOf('docs/contributing/where-is-what.md').matchAll(/`([A-Za-z0-9_./-]+\/[A-Za-z0-9_./-]*)`/g)].map(([, file]) => file);
		expect(files.length).toBeGreaterThan(40);
		expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
	});
});

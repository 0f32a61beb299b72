import path from 'node:path';
import axios from 'axios';
import { answerLibrary } from '../../../lib/templateLibrary/answer';
import { readEntries } from '../../../lib/templateLibrary/entries';
import { serveLibrary, type LibraryServer } from '../../../lib/templateLibrary/server';

const FOLDER = path.join(__dirname, '..', '..', '..', 'workflows');
const NOW = '2026-11-22T08:00:00.000Z';
const ENTRIES = readEntries(FOLDER);

interface Listed {
	id: number;
	name: string;
	description: string;
	nodes: Array<{ name: string; displayName: string; iconData?: { fileBuffer: string } }>;
	categories: Array<{ name: string }>;
}
const search = (query = '') => answerLibrary(ENTRIES, '/templates/search', new URLSearchParams(query), NOW) as { totalWorkflows: number; workflows: Listed[]; filters: Array<{ counts: Array<{ value: string; count: number }> }> };

it('lists the bundled workflows in rollout order, each with its note and the nodes that it needs', () => {
	const { totalWorkflows, workflows } = search('rows=100');
	expect(totalWorkflows).toBe(ENTRIES.length);
	const names = workflows.map(({ name }) => name);
	expect(names).toEqual([...names].sort());
	for (const { description, nodes, categories } of workflows) {
		expect(description).toMatch(/^## /);
		expect(categories).toHaveLength(1);
		expect(nodes.length).toBeGreaterThan(0);
		for (const { name, iconData } of nodes) {
			expect(name).toMatch(/^n8n-nodes-optical-crm\./);
			expect(Buffer.from(String(iconData?.fileBuffer.split(',')[1]), 'base64').toString()).toMatch(/^<svg/);
		}
	}
	expect(workflows[0].categories[0].name).toBe('1 Data');
});

it('is searched by words and categories, and paged', () => {
	expect(search('search=birthday').workflows.map(({ name }) => name)).toEqual(['10 Birthday greetings']);
	expect(search('search=nothing+of+this+name')).toMatchObject({ totalWorkflows: 0, workflows: [] });
	const data = search('category=1+Data&rows=100');
	expect(data.workflows.every(({ name }) => name.startsWith('0'))).toBe(true);
	expect(data.totalWorkflows).toBeLessThan(ENTRIES.length);
	expect(data.filters[0].counts.reduce((sum, { count }) => sum + count, 0)).toBe(ENTRIES.length);
	const pages = [1, 2].flatMap((page) => search(`rows=3&page=${page}`).workflows.map(({ id }) => id));
	expect(pages).toEqual([1, 2, 3, 4, 5, 6]);
});

it('hands out one with all of it, to look at and to import', () => {
	const looked = answerLibrary(ENTRIES, '/templates/workflows/3', new URLSearchParams(), NOW) as { workflow: Listed & { workflow: unknown } };
	const imported = answerLibrary(ENTRIES, '/workflows/templates/3', new URLSearchParams(), NOW) as { name: string; workflow: unknown };
	expect(looked.workflow.workflow).toEqual(ENTRIES[2].workflow);
	expect(imported).toEqual({ id: 3, name: ENTRIES[2].workflow.name, workflow: ENTRIES[2].workflow });
});

it.each(['/', '/templates', '/templates/workflows/0', '/templates/workflows/99', '/templates/workflows/1/x', '/workflows/templates/__proto__', '/templates/collections/1', '//'])('has nothing under %s', (wanted) => {
	expect(answerLibrary(ENTRIES, wanted, new URLSearchParams(), NOW)).toBeUndefined();
});

it.each(['page=-1', 'page=x&rows=0', 'rows=1e9', 'category=,,&search=%20'])('takes what makes no sense as usual: %s', (query) => {
	expect(search(query).workflows.length).toBeGreaterThan(0);
});

describe('served', () => {
	let library: LibraryServer;
	beforeAll(async () => void (library = await serveLibrary(FOLDER, '127.0.0.1', 0, NOW)));
	afterAll(async () => await library.stop());
	const EDITOR = 'http://127.0.0.1:5678';
	const ask = async (way: string, method = 'GET') => await axios.request({ url: library.url + way, method, headers: { Origin: EDITOR }, validateStatus: () => true });

	it('answers the editor, which asks from another origin and with credentials', async () => {
		const { status, data, headers } = await ask('/templates/search?page=1&rows=20');
		expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([200, EDITOR, 'true']);
		expect(data).toEqual(JSON.parse(JSON.stringify(search())));
		const asked = await ask('/templates/search', 'OPTIONS');
		expect([asked.status, asked.headers['access-control-allow-origin'], asked.headers['access-control-allow-headers']]).toEqual([204, EDITOR, 'n8n-version, content-type']);
		expect((await ask('/health')).data).toEqual({ status: 'OK' });
	});

	it('knows no other path and no other method, and no file of the machine', async () => {
		for (const [way, method] of [['/../package.json', 'GET'], ['/%2e%2e/package.json', 'GET'], ['/templates/search', 'POST'], ['/templates/workflows/1', 'DELETE']]) {
			expect((await ask(way, method)).status).toBe(404);
		}
	});

	it('says what is wrong with a folder that holds no workflow', async () => {
		await expect(serveLibrary(path.join(FOLDER, '..', 'templates', 'it'), '127.0.0.1', 0, NOW)).rejects.toThrow(/\.json in .* is no workflow/);
	});
});

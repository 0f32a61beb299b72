import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workflowTexts } from '../../../lib/desk/workflows/words';
import { countStatements } from '../../support/store';
import { elementsOf } from '../../lib/web/markup';
import { openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD, role: 'staff' }] } };
const FOLDER = path.join(__dirname, '..', '..', '..', 'workflows');
const FILES = readdirSync(FOLDER).sort();
const read = (file: string) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());
const visitor = (ip?: string) => new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } }, ip);
const importOf = async (name: string, from = visitor()) => await from.get(`?workflow=${encodeURIComponent(name)}`);

it.each(['it', 'en'] as const)('every bundled workflow has its words (%s)', (language) => {
	expect(Object.keys(workflowTexts(language).workflows)).toEqual(expect.arrayContaining(FILES.map((file) => file.replace('.json', ''))));
});

describe('the import address', () => {
	it('hands out each bundled workflow to anybody, to be kept, as a file that nothing can act in', async () => {
		for (const file of FILES) {
			const { status, headers, body, items } = await importOf(file);
			expect([status, JSON.parse(body), items]).toEqual([200, read(file), []]);
			expect(headers).toMatchObject({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'public, max-age=3600', 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff' });
			expect(headers).not.toHaveProperty('Set-Cookie');
		}
	});

	it.each(['../package.json', '..%2fpackage.json', '/etc/passwd', '80-desk', 'workflows/80-desk.json', '80-desk.json\0', '__proto__', 'x'.repeat(5000)])('has nothing under another name: %p', async (name) => {
		const { status, body } = await importOf(name);
		expect(status).toBe(404);
		expect(body).not.toMatch(/"name"|root:/);
	});

	it('asks the store for nothing and touches no session', async () => {
		const browser = visitor();
		await browser.logIn();
		const sessions = await shop.store.db.selectFrom('desk_sessions').selectAll().execute();
		expect(await countStatements(async () => void (await importOf('80-desk.json', browser)))).toBe(await countStatements(async () => void (await importOf('80-desk.json', visitor()))));
		expect(await shop.store.db.selectFrom('desk_sessions').selectAll().execute()).toEqual(sessions);
	});

	it('may not be asked without end', async () => {
		const flood = visitor('192.0.2.99');
		let reply = await importOf('80-desk.json', flood);
		for (let times = 0; times < 400 && reply.status === 200; times++) reply = await importOf('80-desk.json', flood);
		expect([reply.status, Number(reply.headers['Retry-After'])]).toEqual([429, expect.any(Number)]);
	});

	it('does not turn a POST into a GET', async () => {
		const { status, body } = await visitor().send({ method: 'POST', query: '?workflow=80-desk.json', form: { action: 'approve' } });
		expect(status).not.toBe(200);
		expect(body).not.toContain('"nodes"');
	});
});

describe('the page', () => {
	it('lists them in rollout order for the lead, each with its address', async () => {
		const browser = visitor();
		await browser.logIn();
		const { status, body } = await browser.get('?view=workflows');
		expect(status).toBe(200);
		const addresses = elementsOf(body).filter(({ name, attributes }) => name === 'input' && attributes.id?.startsWith('w-')).map(({ attributes }) => attributes.value);
		expect(addresses).toEqual(FILES.map((file) => `https://n8n.example/webhook/ottica/desk?workflow=${file}`));
		expect((await browser.get('?view=rollout')).body).toContain('href="?view=workflows"');
	});

	it('is not the staff\'s', async () => {
		const browser = visitor();
		await browser.logIn('marco');
		expect((await browser.get('?view=workflows')).status).toBe(403);
	});
});

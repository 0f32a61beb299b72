import { createServer, request as rawRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { STAFF } from '../../../demo/setup/shopContext';
import { messagesInState } from '../../../lib/store/review';
import { pagesOf, tablesOf } from '../../../lib/store/tables';
import { OWNER } from '../support/demoShop';
import { PHONE, type DeskVisit } from './visit';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Attacks on the Desk, through the real n8n. */
export function securityFlows(desk: DeskVisit): void {
	const http = axios.create({ maxRedirects: 0, validateStatus: () => true, responseType: 'text', transformResponse: (body: string) => body });
	const origin = () => new URL(desk.address).origin;
	const get = async (query = '', headers = {}) => await http.get<string>(desk.address + query, { headers });
	const post = async (fields: Record<string, string>, headers: Record<string, string> = {}) => await http.post<string>(desk.address, new URLSearchParams(fields).toString(), { headers: { ...FORM, Origin: origin(), ...headers } });
	/** A session without a browser: its cookie, and the token of its forms. */
	const session = async (extra = {}) => {
		const reply = await post({ action: 'login', user: STAFF.name, password: STAFF.password, back: '?' }, extra);
		const Cookie = String(reply.headers['set-cookie']?.[0]).split(';')[0];
		const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec((await get('', { Cookie })).data) ?? [];
		return { reply, Cookie, csrf };
	};
	const pending = async () => (await messagesInState(desk.store, 'pending', { today: '2026-11-22', limit: 20, offset: 0 })).messages.map(({ id, contentHash }) => `${id}:${contentHash}`);
	/** Every row of the store, save when a session was last seen. */
	const wholeStore = async () => {
		const tables: Record<string, string> = {};
		for (const { name, columns } of await tablesOf(desk.store.db)) {
			tables[name] = '';
			const kept = columns.filter((column) => column.name !== 'seen_at').map((column) => sql.ref(column.name));
			for await (const rows of pagesOf(desk.store.db, name, kept)) tables[name] += JSON.stringify(rows);
		}
		return tables;
	};

	describe('security', () => {
		// Nothing else shall write meanwhile.
		beforeAll(async () => {
			for (const [file, id] of Object.entries(desk.demo.shop.workflows)) if (!file.startsWith('80-')) await desk.demo.client().deactivate(id).catch(() => undefined);
		}, 60_000);

		it('sends each page with headers that forbid scripts, frames, caches and strange forms', async () => {
			const { Cookie } = await session();
			for (const headers of [{}, { Cookie }]) {
				for (const query of ['', '?view=approve', '?view=accounts', '?view=nonsense']) {
					const reply = await get(query, headers);
					const csp = String(reply.headers['content-security-policy']);
					for (const part of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", 'sandbox allow-forms']) expect(csp).toContain(part);
					expect(csp).not.toMatch(/allow-scripts|unsafe|script-src/);
					expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' });
					expect(reply.data).not.toMatch(/<script|\son\w+=|javascript:/i);
				}
			}
		});

		it('gives a session in a cookie that no script and no other site gets, a new one at each login', async () => {
			const [one, other] = [await session(), await session({ Cookie: `optical_crm_desk=${'a'.repeat(43)}` })];
			expect(one.reply.headers['set-cookie']?.[0]).toMatch(/^optical_crm_desk=[\w-]{43}; Path=\/webhook\/ottica\/desk; Max-Age=43200; HttpOnly; SameSite=Strict$/);
			expect(other.Cookie).not.toContain('aaaa');
			expect((await get('', { Cookie: `optical_crm_desk=${'a'.repeat(43)}` })).data).toContain('name="password"');
			// Behind https the cookie never leaves in the clear: see test/nodes/StaffDeskTrigger/login.test.ts.
		});

		describe('sandboxed away from the editor', () => {
			const INJECTED = `<script>document.title = 'ran ' + document.cookie; fetch('/rest/users')</script><img src="/rest/img" onerror="document.title='ran'"><iframe src="/rest/frame" srcdoc="<script>top.document.title='ran'</script>"></iframe><object data="/rest/object"></object><link rel="stylesheet" href="/rest/style"><style>@import '/rest/import';</style><meta http-equiv="refresh" content="1; url=/rest/refresh">`;
			let context: BrowserContext;
			let page: Page;
			let asked: string[];

			beforeAll(async () => {
				page = await desk.open('');
				context = page.context();
				// The same window is logged in to n8n's editor as its owner.
				const login = await context.request.post(`${origin()}/rest/login`, { data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password } });
				expect(login.status()).toBe(200);
				expect((await context.cookies()).map(({ name }) => name)).toContain('n8n-auth');
			}, 60_000);
			afterAll(async () => await context?.close());

			/** The Desk's page as n8n sends it, with markup put in as if all escaping had failed. */
			const open = async (headersOf: (headers: Record<string, string>) => Record<string, string>) => {
				page = await context.newPage();
				asked = [];
				// What the policy stops is told as a request too, but never gets an answer.
				page.on('response', (response) => response.url().includes('/rest/') && asked.push(new URL(response.url()).pathname));
				await page.route((url) => url.pathname.startsWith('/webhook/'), async (route) => {
					const answer = await route.fetch();
					await route.fulfill({ status: 200, headers: headersOf(answer.headers()), body: (await answer.text()).replace('</main>', `${INJECTED}</main>`) });
				});
				await page.goto(desk.address);
			};

			it('markup that got in runs nothing, reads no cookie and asks n8n for nothing', async () => {
				await open((headers) => headers);
				await page.waitForTimeout(2_000);
				expect(await page.title()).toContain('Oggi');
				expect(asked).toEqual([]);
			});

			it('which only the policy does: without it the same markup runs as the owner', async () => {
				await open(({ 'content-security-policy': _, ...headers }) => headers);
				const ran = ['/rest/users', '/rest/img', '/rest/refresh'];
				// Answers take as long as they take, so the test's own time is the limit.
				while (!ran.every((address) => asked.includes(address))) await page.waitForTimeout(100);
			});

			it('a form that got in cannot post to n8n as its owner either', async () => {
				page = await context.newPage();
				await page.route((url) => url.pathname.startsWith('/webhook/'), async (route) => {
					const answer = await route.fetch();
					await route.fulfill({ status: 200, headers: answer.headers(), body: (await answer.text()).replace('</main>', '<form method="post" action="/rest/users/me"><button id="trap">Trap</button></form></main>') });
				});
				await page.goto(desk.address);
				const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/rest/users/me')), page.locator('#trap').click()]);
				expect(answer.status()).toBeGreaterThanOrEqual(400);
			});
		});

		it('shows markup in stored data as text', async () => {
			const name = '<img src=x onerror=alert(1)>';
			const [first] = await pending();
			const id = Number(first.split(':')[0]);
			const { customer_id } = await desk.store.db.selectFrom('messages').select('customer_id').where('id', '=', id).executeTakeFirstOrThrow();
			const { last_name } = await desk.store.db.selectFrom('customers').select('last_name').where('id', '=', customer_id).executeTakeFirstOrThrow();
			await desk.store.db.updateTable('customers').set({ last_name: name }).where('id', '=', customer_id).execute();
			const page = await desk.open(`?view=message&id=${id}`);
			expect(await page.locator('main img').count()).toBe(0);
			expect(await page.getByText(name).count()).toBeGreaterThan(0);
			await page.context().close();
			await desk.store.db.updateTable('customers').set({ last_name }).where('id', '=', customer_id).execute();
		});

		describe("a stranger's page", () => {
			let stranger: Server;
			let markup = '';
			const address = () => `http://localhost:${(stranger.address() as AddressInfo).port}/`;
			beforeAll(async () => {
				stranger = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(markup));
				await new Promise<void>((ready) => stranger.listen(0, 'localhost', ready));
			});
			afterAll(() => stranger.close());

			it('cannot post as somebody who is logged in', async () => {
				const before = await pending();
				const page = await desk.open('?view=approve', PHONE);
				const csrf = await page.locator('[name=csrf]').first().inputValue();
				// Even with the token in hand.
				markup = `<form method="post" action="${desk.address}"><input name="action" value="approve"><input name="message" value="${before[0]}"><input name="csrf" value="${csrf}"><button>Go</button></form>`;
				await page.goto(address());
				await page.getByRole('button').click();
				await page.waitForURL((url) => url.pathname.startsWith('/webhook/'));
				expect(await page.title()).toContain('Richiesta rifiutata');
				expect(await pending()).toEqual(before);
				await page.context().close();
			});

			it('cannot log a person in under another name', async () => {
				const page = await desk.open('', PHONE);
				await page.context().clearCookies();
				markup = `<form method="post" action="${desk.address}"><input name="action" value="login"><input name="user" value="${STAFF.name}"><input name="password" value="${STAFF.password}"><button>Go</button></form>`;
				await page.goto(address());
				await page.getByRole('button').click();
				await page.waitForURL((url) => url.pathname.startsWith('/webhook/'));
				expect(await page.context().cookies()).toEqual([]);
				await page.context().close();
			});

			it('cannot show the Desk in a frame, nor read it', async () => {
				const page = await desk.open('', PHONE);
				markup = `<iframe src="${desk.address}"></iframe><script>fetch(${JSON.stringify(desk.address)}, { credentials: 'include' }).then((answer) => answer.text()).then((text) => document.title = text.includes('Esci') ? 'read' : 'nothing', () => document.title = 'refused')</script>`;
				await page.goto(address());
				await page.waitForFunction(() => document.title !== '');
				expect(await page.title()).not.toBe('read');
				expect(await page.frames()[1]?.locator('form').count()).toBe(0);
				await page.context().close();
			});
		});

		it.each([['without the token', { csrf: '' }], ['with a wrong token', { csrf: 'x'.repeat(43) }]])('a POST %s does nothing', async (_, wrong) => {
			const { Cookie } = await session();
			const before = await pending();
			expect((await post({ action: 'approve', message: before[0], ...wrong }, { Cookie })).status).toBe(409);
			for (const Origin of ['null', 'https://evil.example', `${origin()}.evil.example`]) expect((await post({ action: 'approve', message: before[0] }, { Cookie, Origin })).status).toBe(403);
			expect(await pending()).toEqual(before);
		});

		it("another session's token does nothing", async () => {
			const [one, other] = [await session(), await session()];
			const before = await pending();
			expect((await post({ action: 'approve', message: before[0], csrf: other.csrf }, { Cookie: one.Cookie })).status).toBe(409);
			expect(await pending()).toEqual(before);
		});

		it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '?view=today%0d%0aSet-Cookie: x=1', '?\r\nSet-Cookie: x=1', 'javascript:alert(1)'])('nobody is sent elsewhere, and no header is put in (back: %j)', async (back) => {
			const { headers, status } = await post({ action: 'login', user: STAFF.name, password: STAFF.password, back });
			expect(status).toBe(303);
			expect(headers.location).toMatch(/^\?[\x21-\x7e]*$/);
			expect(new URL(String(headers.location), desk.address).origin).toBe(origin());
			expect(headers['set-cookie']).toHaveLength(1);
		});

		it('GET and HEAD change nothing, of whoever opens every link', async () => {
			const { Cookie, csrf } = await session();
			const before = await wholeStore();
			const [message] = await pending();
			for (const headers of [{}, { Cookie }]) {
				const [open, seen] = [['', `?action=approve&message=${encodeURIComponent(message)}&csrf=${csrf}`, `?action=logout&csrf=${csrf}`, '?view=approve&__proto__=1&constructor=x'], new Set<string>()];
				while (open.length > 0 && seen.size < 120) {
					const query = open.shift() as string;
					if (seen.has(query)) continue;
					seen.add(query);
					await http.head(desk.address + query, { headers });
					const { data, status } = await get(query, { ...headers, 'User-Agent': 'WhatsApp/2.23 link preview' });
					expect([200, 404]).toContain(status);
					for (const [, link] of data.matchAll(/(?:href|src)="(\?[^"]*)"/g)) open.push(link.replaceAll('&amp;', '&').split('#')[0]);
				}
				expect(seen.size).toBeGreaterThan('Cookie' in headers ? 20 : 3);
			}
			expect(await wholeStore()).toEqual(before);
		}, 120_000);

		it('a form beyond measure, or of another kind, does nothing and shows nothing of the inside', async () => {
			const { Cookie, csrf } = await session();
			const before = await wholeStore();
			const send = async (body: string, type: string) => await http.post<string>(desk.address, body, { headers: { Cookie, Origin: origin(), 'Content-Type': type }, maxBodyLength: Infinity });
			const good = { action: 'approve', csrf, message: (await pending())[0] };
			const replies = [
				await send(`${new URLSearchParams(good)}&body=${'x'.repeat(200_000)}`, FORM['Content-Type']),
				await send(`${new URLSearchParams(good)}&body=${'x'.repeat(17_000_000)}`, FORM['Content-Type']),
				await send(`${new URLSearchParams(good)}${'&a=1'.repeat(5000)}`, FORM['Content-Type']),
				await send(new URLSearchParams(good).toString(), 'text/plain'),
				await send('{"action":', 'application/json'),
				await send(JSON.stringify({ ...good, action: { toString: 'x' } }), 'application/json'),
				await send('{"__proto__":{"action":"approve"},"constructor":{"prototype":{"csrf":"x"}}}', 'application/json'),
				await send('action[__proto__][x]=1&action[toString]=approve', FORM['Content-Type']),
				await send('[1,2,3]', 'application/json'),
				await send('<a/>', 'application/xml'),
			];
			for (const { status, data } of replies) {
				expect(status).toBeGreaterThanOrEqual(400);
				expect(data).not.toMatch(/node_modules|sqlite|at \w+ \(|\/lib\//i);
			}
			expect(await wholeStore()).toEqual(before);
			expect((await get('', { Cookie })).status).toBe(200);
		}, 120_000);

		it.each([['PUT'], ['DELETE'], ['PATCH']])('%s does nothing', async (method) => {
			const { Cookie, csrf } = await session();
			const before = await pending();
			const reply = await http.request({ method, url: desk.address, data: new URLSearchParams({ action: 'approve', csrf, message: before[0] }).toString(), headers: { ...FORM, Cookie, Origin: origin() } });
			expect(reply.status).toBeGreaterThanOrEqual(400);
			expect(reply.data).not.toMatch(/node_modules|\/lib\//);
			expect(await pending()).toEqual(before);
		});

		it('headers that were put together by hand change nothing in the answer', async () => {
			const reply = await new Promise<IncomingMessage>((resolve, reject) => rawRequest(`${desk.address}?view=${encodeURIComponent('x\r\nX-Evil: 1')}`, { headers: { Cookie: 'optical_crm_desk=a%0d%0ab; optical_crm_desk=b', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-For': '<script>', 'User-Agent': '<script>alert(1)</script>' } }, resolve).on('error', reject).end());
			let body = '';
			for await (const part of reply) body += part;
			expect(reply.headers).not.toHaveProperty('x-evil');
			expect(body).not.toMatch(/evil|<script/);
		});

		it('who guesses a password waits, also with many tries at once', async () => {
			const guesses = await Promise.all(Array.from({ length: 10 }, () => post({ action: 'login', user: 'marta', password: 'guess', back: '?' })));
			expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4);
			const slowed = guesses.filter(({ status }) => status === 429);
			expect(slowed.length).toBeGreaterThanOrEqual(6);
			expect(Number(slowed[0].headers['retry-after'])).toBeGreaterThan(0);
			// Another name from the same place is not held up by it.
			expect((await session()).reply.status).toBe(303);
		}, 60_000);
	});
}

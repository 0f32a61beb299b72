import type { IDataObject } from 'n8n-workflow';
import { sql } from 'kysely';
import { plusMinutes } from '../../lib/domain/time';
import { onStatement } from '../../lib/store/open';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node';
import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { RecallDueTrigger } from '../../nodes/RecallDueTrigger/RecallDueTrigger.node';
import { healthOf } from '../../nodes/shared/health';
import { pollMinutes } from '../../nodes/shared/pollMinutes';
import { receiveEvents } from '../../nodes/shared/receiveEvents';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { takeBatch } from '../../nodes/shared/takeBatch';
import { readExposition } from '../lib/health/parser';
import { recorder, SENDING } from '../release/busyShop';
import { approved } from '../support/approved';
import { pollNode, runNode } from '../support/runNode';
import { countStatements, ON_POSTGRES } from '../support/store';
import { setClock } from './support/clock';
import { NOW, openShop, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

const TOKEN = 'a-token-for-prometheus-0123456789';
const LATER = plusMinutes(NOW, 180);

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const people = (count: number) => Array.from({ length: count }, (_, one) => ({ lastName: `Prova ${one}`, contactPoints: [{ kind: 'email' as const, value: `prova.${one}@posta.example` }] }));
const check = async () => (await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'shop', operation: 'checkHealth' } }))[0][0].json as IDataObject & { findings: Array<{ code: string; what: string; next: string }> };
const codes = async () => (await check()).findings.map(({ code }) => code);
const metrics = async () => readExposition(String((await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'shop', operation: 'getMetrics' } }))[0][0].json.text));
const browser = (deskCredential: object = {}, ip?: string) => new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: PASSWORD }] }, ...deskCredential } } }, ip);
const all = async () => JSON.stringify(await Promise.all((['messages', 'occasions', 'signs_of_life', 'desk_log', 'alerts'] as const).map(async (table) => await shop.store.db.selectFrom(table).selectAll().execute())));

it('knows what waits and since when, what was sent, and what was cut off', async () => {
	await pollNode(BirthdayDueTrigger, { credentials: shop.credentials });
	const [first] = await approved(shop.store, 'email', people(3), NOW);
	await takeBatch(shop.store, 'email', SENDING, { after: 0, limit: 1, ended: [] }, NOW);
	await sendMessages(shop.store, 'email', recorder(() => ({ outcome: 'refused', code: 'SMTP_550', retry: false })), { ...SENDING, most: 1 }, () => NOW);
	await sendMessages(shop.store, 'email', recorder(), SENDING, () => plusMinutes(NOW, 1));
	await approved(shop.store, 'sms', [{ contactPoints: [{ kind: 'phone', value: '+393330001111', line: 'mobile' }] }], plusMinutes(NOW, 30));
	await receiveEvents(shop.store, [{ kind: 'delivery', channel: 'email', providerId: `P${first.id + 2}`, eventId: 'd', state: 'delivered', at: LATER }], LATER);
	setClock(LATER);
	expect(await check()).toMatchObject({
		shop: 'main', state: 'bad',
		queue: { pending: { count: 0 }, overdue: { count: 1, oldest: plusMinutes(NOW, 2) }, approved: { count: 1, oldest: plusMinutes(NOW, 30), byChannel: { sms: { count: 1 } } }, failed: 1, uncertain: { count: 0 } },
		channels: [{ channel: 'email', lastSent: plusMinutes(NOW, 1), lastFailed: { at: NOW, code: 'SMTP_550' } }],
		polls: [{ kind: 'birthday', lastAt: NOW }], heard: [{ channel: 'email', kind: 'delivery', lastAt: LATER }],
		store: { reachable: true, kind: ON_POSTGRES ? 'postgres' : 'file', bytes: expect.any(Number) },
	});
	expect(await codes()).toEqual(expect.arrayContaining(['approvedOld', 'overdue']));
	for (const { what, next } of (await check()).findings) expect([what.length > 10, next.length > 20, /[{}]/.test(what + next)]).toEqual([true, true, false]);
	const value = async (name: string, labels: object) => (await metrics()).get(`optical_crm_${name}`)?.samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify({ shop: 'main', ...labels }))?.value;
	expect([await value('messages_total', { channel: 'email', state: 'sent' }), await value('messages_total', { channel: 'email', state: 'failed' }), await value('polls_total', { kind: 'birthday' })]).toEqual([1, 1, 1]);
	expect(await value('messages_oldest_age_seconds', { state: 'approved' })).toBe(150 * 60);
});

it('hears that a search is late, and for how long it may stay away', async () => {
	await pollNode(BirthdayDueTrigger, { credentials: shop.credentials, parameters: { pollTimes: { item: [{ mode: 'everyHour' }] } } });
	await pollNode(RecallDueTrigger, { credentials: shop.credentials, parameters: { kinds: ['recall.vision'], pollTimes: { item: [{ mode: 'everyDay' }] } } });
	setClock(LATER);
	expect((await healthOf(shop.store, shop.credentials.opticalCrmStoreApi, LATER)).polls).toMatchObject([{ kind: 'birthday', state: 'late', everyMinutes: 60 }, { kind: 'recall.vision', state: 'onTime', everyMinutes: 1440 }]);
	expect(await codes()).toContain('pollLate');
	// "Fetch Test Event" is no search.
	await pollNode(BirthdayDueTrigger, { credentials: shop.credentials, mode: 'manual' });
	expect(await codes()).toContain('pollLate');
	await pollNode(BirthdayDueTrigger, { credentials: shop.credentials });
	expect(await codes()).not.toContain('pollLate');
});

it.each([[[], 1440], [[{ mode: 'everyMinute' }], 1], [[{ mode: 'everyX', unit: 'hours', value: 2 }], 120], [[{ mode: 'everyX', unit: 'minutes', value: 15 }], 15], [[{ mode: 'custom', cronExpression: '0 9 * * *' }], 1440], [[{ mode: 'everyDay' }, { mode: 'everyHour' }], 60]])('reads how often a trigger polls: %j', (item, minutes) => {
	expect(pollMinutes({ getNodeParameter: () => ({ item }) } as never)).toBe(minutes);
});

it('tells that the store is away instead of failing', async () => {
	const settings = { ...shop.credentials.opticalCrmStoreApi, shop: 'elsewhere' };
	const [[{ json }]] = await runNode(OpticalCrm, { credentials: { opticalCrmStoreApi: settings }, parameters: { resource: 'shop', operation: 'checkHealth' } });
	expect(json).toMatchObject({ shop: 'elsewhere', state: 'bad', store: { reachable: false }, findings: [{ code: 'storeUnreachable', what: 'The store has no shop "elsewhere"', next: expect.any(String) }] });
});

it('asks as much of the store for a thousand messages as for one, and reads none of those that have left', async () => {
	await approved(shop.store, 'email', people(1), NOW);
	const ask = async () => await healthOf(shop.store, shop.credentials.opticalCrmStoreApi, LATER);
	const few = await countStatements(ask);
	await approved(shop.store, 'email', people(300).map((person, one) => ({ ...person, contactPoints: [{ kind: 'email', value: `viele.${one}@posta.example` }] })), NOW);
	expect(await countStatements(ask)).toBe(few);
	expect(few).toBeLessThanOrEqual(9);
	if (ON_POSTGRES) return;
	const statements: string[] = [];
	const stop = onStatement((statement) => statements.push(statement));
	await ask();
	stop();
	for (const statement of statements.filter((text) => /from (messages|occasions)/.test(text))) {
		const { rows } = await sql.raw<{ detail: string }>(`explain query plan ${statement.replaceAll('?', `'1'`)}`).execute(shop.store.db);
		// What is leased is in an index of its own.
		expect(rows.map(({ detail }) => detail).filter((step) => !step.includes('occasions_open') && /^SCAN (messages|occasions)|\b(messages|occasions)\b.*\(shop_id=\?\)$/.test(step))).toEqual([]);
	}
});

it('is a page for the lead, in words, that changes nothing', async () => {
	await approved(shop.store, 'email', people(2), NOW);
	setClock(LATER);
	const chiara = browser();
	await chiara.logIn();
	const before = await all();
	const { status, body } = await chiara.get('?view=health');
	expect(status).toBe(200);
	expect(body).toContain('Serve qualcuno adesso');
	expect(body).toContain('2 messaggi approvati che non partono');
	expect(body).toContain('href="?view=health"');
	expect(await all()).toBe(before);
	const marco = browser();
	await marco.logIn('marco');
	expect((await marco.get('?view=health')).status).toBe(403);
});

describe('metrics for Prometheus', () => {
	const ask = async (one: Visitor, authorization?: string, method: 'GET' | 'POST' | 'HEAD' = 'GET') => await one.send({ method, query: '?metrics=1', ...(authorization && { headers: { authorization } }) });

	it('are there for the token only, and not at all where none is set', async () => {
		expect((await ask(browser(), `Bearer ${TOKEN}`)).status).toBe(404);
		expect((await ask(browser({ metricsToken: 'short' }), 'Bearer short')).status).toBe(404);
		const scraper = browser({ metricsToken: TOKEN });
		for (const wrong of [undefined, 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, `Bearer ${TOKEN.slice(1)}`]) {
			const reply = await ask(scraper, wrong);
			expect([wrong, reply.status, reply.body, reply.headers['WWW-Authenticate']]).toEqual([wrong, 401, '', 'Bearer realm="metrics"']);
		}
		expect((await scraper.get(`?metrics=1&token=${TOKEN}`)).status).toBe(401);
		const before = await all();
		const { status, body, headers } = await ask(scraper, `Bearer ${TOKEN}`);
		expect([status, headers['Content-Type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
		expect(readExposition(body).get('optical_crm_up')?.samples).toEqual([{ labels: { shop: 'main' }, value: 1 }]);
		expect(await all()).toBe(before);
		expect((await ask(scraper, `Bearer ${TOKEN}`, 'POST')).body).not.toContain('optical_crm_up');
	});

	it('slow down whoever guesses the token', async () => {
		const guesser = browser({ metricsToken: TOKEN }, '192.0.2.99');
		const statuses = [];
		for (let tries = 0; tries < 70; tries++) statuses.push((await ask(guesser, `Bearer guess-${tries}-0123456789012`)).status);
		expect(statuses.at(-1)).toBe(429);
	});

	it('tell that the store is away', async () => {
		const away = new Visitor({ credentials: { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, shop: 'elsewhere' }, opticalCrmDeskApi: { metricsToken: TOKEN } } });
		const { status, body } = await ask(away, `Bearer ${TOKEN}`);
		expect([status, body.split('\n').at(-2)]).toEqual([200, 'optical_crm_up{shop="elsewhere"} 0']);
	});

	it('hold no name, number, address or account of anybody', async () => {
		await approved(shop.store, 'email', people(3), NOW);
		await sendMessages(shop.store, 'email', recorder(), { ...SENDING, sender: { name: 'smtp:ciao@ottica.example' } }, () => NOW);
		const { body } = await ask(browser({ metricsToken: TOKEN }), `Bearer ${TOKEN}`);
		expect(body).toContain('channel="email",state="sent"} 3');
		expect(body).not.toMatch(/@|prova \d|giulia|chiara/i);
	});
});

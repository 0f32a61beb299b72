import axios from 'axios';
import { sql } from 'kysely';
import { count } from '../../demo/setup/count';
import { DeskVisitor } from '../../demo/setup/deskVisitor';
import { hasEnded } from '../../demo/setup/n8nExecution';
import { CUSTOMER_PATH, DESK_PATH, STAFF } from '../../demo/setup/shopContext';
import type { ReceivedMail } from '../../demo/standins/mailFolder';
import { THROTTLES } from '../../lib/desk/login/throttle';
import { openStore, type Store } from '../../lib/store/open';
import { saveCustomers } from '../../lib/store/customers/saveCustomers';
import { approved } from '../support/approved';
import { OPENING_MS } from '../e2e/support/demoShop';
import { until } from '../e2e/support/wait';
import { openChainShop, type ChainShop } from './support/chainShop';

jest.setTimeout(120_000);

const TODAY = '2026-11-22';
const BIRTHDAYS = '10-relational-birthday.json';
const DESK = '80-desk.json';
const SENDERS = '82-senders.json';
const GREETED = 60;
const UNDO_SECONDS = 3;
const [ONE, OTHER] = ['webhook 1', 'webhook 2'];

let demo: ChainShop;
let store: Store;

beforeAll(async () => {
	demo = await openChainShop(TODAY, { workers: 3, webhooks: 2 }, UNDO_SECONDS);
	store = await openStore(demo.shop.settings);
	const people = Array.from({ length: GREETED }, (_, index) => ({
		code: `C${index}`, firstName: 'Anna', lastName: `Catena ${index}`, birthDate: '1970-11-22',
		contactPoints: [{ kind: 'email' as const, value: `anna.${index}@posta.example` }],
		consents: [{ channel: 'email' as const, purpose: 'marketing' as const, status: 'granted' as const, capturedOn: '2023-02-03' }],
	}));
	await saveCustomers(store, people, { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, new Date().toISOString());
	await demo.publish();
}, OPENING_MS);

afterAll(async () => await demo?.close(), 60_000);

const http = axios.create({ maxRedirects: 0, validateStatus: () => true });
const counted = async (rows: string) => await count(store, sql.raw(rows));
const pending = async () => await counted("messages where state = 'pending'");
const idsOf = (shown: readonly string[]) => shown.map((one) => Number(one.split(':')[0]));
const statesOf = async (ids: readonly number[]) => (await store.db.selectFrom('messages').select('state').where('id', 'in', ids).execute()).map(({ state }) => state);
const mailsTo = (address: string) => demo.mailbox.mails().filter(({ envelope }) => envelope.to.includes(address));
const refusalOf = ({ headers }: ReceivedMail) => (headers.find(({ name }) => name.toLowerCase() === 'list-unsubscribe')?.value ?? '').slice(1, -1);
const runsOf = async (file: string) => await demo.client().executions(demo.shop.workflows[file]);

/** Does the work while requests go to this webhook process only. */
async function through<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
	demo.chain.front.only(name);
	return await work().finally(() => demo.chain.front.only());
}

describe('triggers', () => {
	it('poll on main, and their runs are a worker\'s: everybody is emitted once', async () => {
		await until('the birthdays are planned', async () => (await counted("occasions where kind = 'birthday' and state = 'settled'")) > GREETED && (await counted("occasions where state = 'leased'")) === 0, 60_000);
		expect(await counted('occasions where claims > 1')).toBe(0);
		// n8n writes down a run after its last node has ended.
		await until('the runs are written down', async () => (await runsOf(BIRTHDAYS)).length > 0, 20_000);
		const runs = await runsOf(BIRTHDAYS);
		const ranOn = await demo.chain.ranOn();
		for (const { id } of runs) expect(ranOn.get(id)).toMatch(/^worker/);
	});

	it('emit nobody a second time when main is started again', async () => {
		const before = [await counted('occasions'), await pending()];
		const beats = (await runsOf(SENDERS)).length;
		await demo.chain.part('main').kill();
		await demo.restart();
		// The triggers begin together: those that poll have polled by then.
		await until('the triggers are active again', async () => (await runsOf(SENDERS)).length > beats, 200_000);
		expect([await counted('occasions'), await pending()]).toEqual(before);
		expect(await counted('occasions where claims > 1')).toBe(0);
	}, 400_000);

	it('by the clock run once, whatever the number of workers', async () => {
		const minuteOf = ({ startedAt }: { startedAt: string }) => startedAt.slice(0, 16);
		await until('two beats of the senders', async () => new Set((await runsOf(SENDERS)).map(minuteOf)).size >= 3, 200_000);
		const runs = (await runsOf(SENDERS)).filter(({ mode }) => mode === 'trigger');
		expect(new Set(runs.map(minuteOf)).size).toBe(runs.length);
	}, 240_000);
});

describe('the Desk', () => {
	it('is served by the webhook processes, and not by main', async () => {
		// To a GET main answers with the page of its editor.
		const main = `${demo.server().baseUrl}/webhook/${DESK_PATH}`;
		expect(String((await http.get(main)).data)).not.toContain('Nome utente');
		expect((await http.post(main, 'action=login')).status).toBe(404);
		for (const name of [ONE, OTHER]) {
			const { status, data, headers } = await through(name, async () => await http.get(`${demo.pages()}/${DESK_PATH}`));
			expect([status, headers['x-served-by']]).toEqual([200, name]);
			expect(data).toContain('Nome utente');
		}
	});

	it('knows a session, its forms and its end on every process', async () => {
		const desk = await through(ONE, async () => await DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`));
		await through(OTHER, async () => expect((await desk.shown()).length).toBeGreaterThan(0));
		// The token comes from one process, and the form goes to the other.
		const [, csrf = ''] = await through(ONE, async () => /name="csrf" value="([^"]+)"/.exec(await desk.page('?')) ?? []);
		const [message] = await desk.shown();
		await through(OTHER, async () => expect((await desk.tryToAct({ csrf, action: 'look', message, subject: 'Auguri', body: 'Tanti auguri!' })).status).toBe(200));
		await through(OTHER, async () => expect((await desk.tryToAct({ action: 'logout' })).status).toBe(200));
		await through(ONE, async () => expect(await desk.page('?view=approve')).toContain('Nome utente'));
	});

	it('counts wrong passwords over all processes', async () => {
		const wrong = async (times: number) => {
			const form = new URLSearchParams({ action: 'login', user: 'nobody', password: `wrong ${times}`, back: '?' }).toString();
			return await http.post(`${demo.pages()}/${DESK_PATH}`, form, { headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: new URL(demo.pages()).origin } });
		};
		let times = 0;
		while ((await through(times % 2 ? OTHER : ONE, async () => await wrong(times))).status !== 429) times++;
		const { free } = THROTTLES.pair;
		// Each for itself would have let twice as many pass. On a slow machine the first wait may be over.
		expect(times).toBeGreaterThan(free);
		expect(times).toBeLessThan(2 * (free + 1));
	});

	it('takes back on one process what was approved on another, and nothing is sent', async () => {
		const desk = await DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`);
		const shown = (await desk.shown()).slice(0, 3);
		const at = await through(ONE, async () => new URLSearchParams((await desk.act({ action: 'approveShown', shown })).split('?')[1]).get('undo') ?? '');
		expect(await statesOf(idsOf(shown))).toEqual(['approved', 'approved', 'approved']);
		await through(OTHER, async () => await desk.act({ action: 'undo', at }));
		expect(await statesOf(idsOf(shown))).toEqual(['pending', 'pending', 'pending']);
		await new Promise((resolve) => setTimeout(resolve, (UNDO_SECONDS + 2) * 1000));
		expect([await statesOf(idsOf(shown)), demo.mailbox.mails().length]).toEqual([['pending', 'pending', 'pending'], 0]);
	});

	it('sends by a worker, once, what is approved on pages that come from two processes in turns', async () => {
		const before = (await runsOf(DESK)).length;
		const waiting = await pending();
		expect(waiting).toBeGreaterThan(GREETED);
		const desk = await DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`);
		await desk.approveAll();
		await until('all mails are there', () => demo.mailbox.mails().length >= waiting, 60_000);
		await until('all are recorded as sent', async () => (await counted("messages where state = 'sent'")) === waiting, 60_000);
		const recipients = demo.mailbox.mails().map(({ envelope }) => envelope.to[0]);
		expect([recipients.length, new Set(recipients).size]).toEqual([waiting, waiting]);
		await until('the runs have ended', async () => (await runsOf(DESK)).every(hasEnded));
		const runs = await runsOf(DESK);
		const ranOn = await demo.chain.ranOn();
		expect(runs.length).toBeGreaterThan(before);
		for (const { id, status } of runs) expect([status, ranOn.get(id)]).toEqual(['success', expect.stringMatching(/^worker/)]);
		for (const name of [ONE, OTHER]) expect(demo.chain.front.served.get(name)).toBeGreaterThan(0);
	}, 180_000);

	it('loses nothing that was approved on a process which was killed before it could start the run: the senders find it', async () => {
		await saveCustomers(store, [{ code: 'LATE', firstName: 'Ida', lastName: 'Tardi', birthDate: '1980-11-22', contactPoints: [{ kind: 'email', value: 'ida@posta.example' }], consents: [{ channel: 'email', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] }], { source: 'import', noticeVersion: store.shop.privacyNotices[0].version }, new Date().toISOString());
		await demo.client().deactivate(demo.shop.workflows[BIRTHDAYS]);
		await demo.client().activate(demo.shop.workflows[BIRTHDAYS]);
		await until('she is planned', async () => (await pending()) === 1);
		const desk = await DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`);
		const [shown] = await desk.shown();
		await through(ONE, async () => await desk.act({ action: 'approve', message: shown }));
		await demo.chain.part(ONE).kill();
		demo.chain.front.only(OTHER);
		await until('the mail is there', () => mailsTo('ida@posta.example').length > 0, 100_000);
		await demo.chain.part(ONE).start();
		demo.chain.front.only();
		expect(mailsTo('ida@posta.example')).toHaveLength(1);
	}, 240_000);
});

describe('the pages for customers and providers', () => {
	it('refuse by one click on any process, once', async () => {
		const link = refusalOf(mailsTo('anna.0@posta.example')[0]);
		expect(link).toMatch(new RegExp(`^${demo.chain.front.url}/webhook/${CUSTOMER_PATH}\\?t=`));
		for (const name of [ONE, OTHER]) await through(name, async () => expect((await http.get(link)).status).toBe(200));
		expect(await counted("consents where status = 'withdrawn'")).toBe(0);
		for (const name of [ONE, OTHER, ONE]) await through(name, async () => expect((await http.post(link, 'List-Unsubscribe=One-Click')).status).toBe(200));
		expect(await counted("consents where status = 'withdrawn'")).toBe(1);
		expect((await http.post(link.replace(demo.chain.front.url, demo.server().baseUrl), 'List-Unsubscribe=One-Click')).status).toBe(404);
	});

	it('take what a provider reports and what a customer writes, once, whichever process hears of it', async () => {
		const number = '+393471234567';
		// The sender's name and number, without which nothing leaves.
		const text = `I suoi occhiali sono pronti. ${store.shop.name}, ${store.shop.phone}`;
		const [{ id }] = await approved(store, 'sms', [{ contactPoints: [{ kind: 'phone', value: number, line: 'mobile' }] }], new Date().toISOString(), { kind: 'order.ready', message: { subject: undefined, text, refusalUrl: undefined } });
		await until('the SMS is there', () => demo.standins.sms.messages.length === 1, 100_000);
		await until('it is recorded', async () => (await statesOf([id]))[0] === 'sent');
		for (const name of [ONE, OTHER]) await through(name, async () => expect(await demo.standins.sms.deliver(demo.standins.sms.messages[0].id)).toBe(200));
		await until('it is delivered', async () => (await statesOf([id]))[0] === 'delivered');
		expect(await counted(`message_history where message_id = ${id} and to_state = 'delivered'`)).toBe(1);
		await through(ONE, async () => await demo.standins.sms.reply(number, 'A che ora aprite domani?'));
		await until('it is on the Desk', async () => (await counted('tickets')) === 1);
		await through(OTHER, async () => await demo.standins.sms.reply(number, 'STOP'));
		await until('the refusal counts', async () => (await counted("consents where status = 'withdrawn' and channel = 'sms'")) > 0);
	});
});

it('the accounts of the Desk are those that n8n has, on every process', async () => {
	for (const name of [ONE, OTHER]) await through(name, async () => await expect(DeskVisitor.logIn(`${demo.pages()}/${DESK_PATH}`)).resolves.toBeInstanceOf(DeskVisitor));
	expect(await store.db.selectFrom('desk_sessions').select('staff').distinct().execute()).toEqual([{ staff: STAFF.name }]);
});

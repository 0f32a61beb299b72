import { sql } from 'kysely';
import { signRefusal } from '../../lib/consent/refusalLink';
import { surveyUrl } from '../../lib/consent/surveyLink';
import { listTickets } from '../../lib/store/replies/tickets';
import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { elementsOf } from '../lib/web/markup';
import { callWebhook, type WebhookCall } from '../support/runNode';
import { SECRET } from '../support/store';
import { openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const call = async (request: WebhookCall) => await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials }, request);
/** A customer who was asked, and the token of the link. */
async function asked() {
	const [id] = await shop.customers(1);
	await shop.queued(undefined, 'policy');
	await sql`update occasions set kind = 'survey'`.execute(shop.store.db);
	const { rows } = await sql<{ id: number }>`select id from occasions`.execute(shop.store.db);
	const token = new URL(surveyUrl('https://crm.example/x', { shopCode: 'main', customerId: id, occasionId: rows[0].id }, SECRET)).searchParams.get('s') as string;
	return { id, token };
}
const stored = async () => (await sql<{ score: number; comment: string | null }>`select score, comment from survey_answers`.execute(shop.store.db)).rows;

it('shows eleven scores and says nothing of the person; opening it stores nothing', async () => {
	const { token } = await asked();
	for (const method of ['GET', 'HEAD'] as const) expect(await call({ method, query: `?s=${token}&score=9&survey=${token}` })).toMatchObject({ status: 200, items: [] });
	const { body } = await call({ query: `?s=${token}` });
	expect(elementsOf(body).filter(({ attributes }) => attributes.name === 'score').map(({ attributes }) => attributes.value)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
	expect(body).not.toContain('Rossi');
	expect(await stored()).toEqual([]);
});

it('keeps the score that was posted with its comment; the second answer takes the place of the first', async () => {
	const { id, token } = await asked();
	const first = await call({ method: 'POST', form: { survey: token, score: '9', comment: 'Gentilissimi!' } });
	expect(first.items.map(({ json }) => json)).toMatchObject([{ customer: { id }, reply: { kind: 'survey', score: 9 } }]);
	await call({ method: 'POST', form: { survey: token, score: '10' } });
	expect(await stored()).toEqual([{ score: 10, comment: 'Gentilissimi!' }]);
	expect((await listTickets(shop.store, 'open', { limit: 5, offset: 0 })).total).toBe(0);
});

it('a low score is an urgent ticket at once, and the customer reads that somebody will call', async () => {
	const { id, token } = await asked();
	const { body, items } = await call({ method: 'POST', form: { survey: token, score: '2' } });
	expect(body).toContain('la chiamiamo');
	const { tickets } = await listTickets(shop.store, 'open', { limit: 5, offset: 0 });
	expect(tickets).toMatchObject([{ id: (items[0].json.reply as { ticketId: number }).ticketId, kind: 'score', urgent: true, customerId: id }]);
});

it.each<Record<string, string>>([{}, { score: '' }, { score: '11' }, { score: '-1' }, { score: '9.5' }, { score: ['9', '1'] as never }])('asks again where no score was chosen (%j)', async (fields) => {
	const { token } = await asked();
	expect(await call({ method: 'POST', form: { survey: token, ...fields } })).toMatchObject({ status: 422, items: [] });
	expect(await stored()).toEqual([]);
});

it.each(['', 'x', 'a'.repeat(300)])('a link that is none of ours stores nothing (%j)', async (token) => {
	await asked();
	expect((await call({ method: 'POST', form: { survey: token || 'nothing', score: '9' } })).status).toBe(404);
	expect(await stored()).toEqual([]);
});

it('a token of another use or another secret is worth nothing', async () => {
	const { id, token } = await asked();
	const refusal = signRefusal({ shopCode: 'main', customerId: id, contactPointId: 1, channel: 'email', purpose: 'marketing' }, SECRET);
	const foreign = new URL(surveyUrl('https://crm.example/x', { shopCode: 'main', customerId: id, occasionId: 1 }, `${SECRET}x`)).searchParams.get('s') as string;
	for (const bad of [refusal, foreign, `${token}A`]) expect((await call({ query: `?s=${bad}` })).status).toBe(404);
});

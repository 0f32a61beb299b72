import nock from 'nock';
import type { Delivery, Outgoing } from '../../../../lib/channels/channel';
import { ufficioPostaleChannel, type UfficioPostaleSettings } from '../../../../lib/channels/letter/ufficioPostale';
import { startPostStandin, type PostStandin } from '../../../../demo/standins/ufficioPostale';
import words from '../../../../templates/it/letter.json';
import { fetchHttp } from '../../../support/fetchHttp';

const SHOP = { street: 'Via dei Limoni Alti 7', postalCode: '16043', town: 'Chiavari', province: 'GE', country: 'IT' };
const HOME = { street: 'Corso Italia, 12/B', postalCode: '50123', town: 'Firenze', province: 'FI', country: 'IT' };
const MESSAGE: Outgoing = { id: 7, attempt: 1, class: 'service', recipient: JSON.stringify(HOME), recipientName: 'Anna Maria Rossi', subject: 'Pronto', text: 'Gentile Anna,\n\nsono pronti.', sender: { name: 'Ottica', address: 'a@b.example' } };
const REMOTE = 'https://post.example';
const ID = '5fd8bfeaa10b340e2e558db7';
const success = (confirmed: boolean) => ({ data: [{ id: ID, confirmed, state: 'NEW' }], success: true, message: '', error: null });

let standin: PostStandin;
beforeEach(async () => void (standin = await startPostStandin()));
afterEach(async () => {
	nock.cleanAll();
	await standin.stop();
});
const channel = (changes: Partial<UfficioPostaleSettings> = {}, timeoutMs?: number) =>
	ufficioPostaleChannel(
		{ token: standin.token, baseUrl: standin.url, product: 'prioritarie', colour: false, duplex: true, priceCents: 145, ...changes },
		{
			sender: { name: 'Ottica Belvedere', address: SHOP }, words, homeCountry: 'IT', madeAt: '2026-11-24T10:00:00.000Z',
			frame: { senderName: 'Ottica Belvedere', senderLines: [], returnLine: 'Mitt.', placeAndDate: 'Chiavari, 24 novembre 2026', language: 'it' },
		},
		fetchHttp(undefined, timeoutMs),
	);
const send = async (changes: Partial<Outgoing> = {}, settings?: Partial<UfficioPostaleSettings>): Promise<Delivery> => await channel(settings).send({ ...MESSAGE, ...changes });
/** A provider of which each step answers as told. */
const remote = async (prepare: (scope: nock.Scope) => unknown) => {
	prepare(nock(REMOTE));
	return await channel({ baseUrl: REMOTE }, 500).send(MESSAGE);
};

it('orders a letter, then confirms it, with addresses in the parts that the post wants', async () => {
	expect(await send()).toEqual({ outcome: 'sent', providerId: expect.stringMatching(/^prioritarie\/5fd8/), cost: { mills: 1450 } });
	expect(standin.orders).toMatchObject([{
		product: 'prioritarie', confirmed: true,
		recipient: { nome: 'Anna Maria', cognome: 'Rossi', dug: 'Corso', indirizzo: 'Italia', civico: '12/B', comune: 'Firenze', cap: '50123', provincia: 'FI', nazione: 'IT' },
		sender: { ragione_sociale: 'Ottica Belvedere', dug: 'Via', indirizzo: 'dei Limoni Alti', civico: '7', cap: '16043' },
	}]);
	expect(standin.orders[0].pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

it.each([
	['an address that the provider refuses', { recipient: JSON.stringify({ ...HOME, postalCode: 'x' }) }, { outcome: 'refused', code: 'UFFICIO_POSTALE_12180', retry: false }],
	['an address that is free text', { recipient: 'Via Roma 1, Firenze' }, { outcome: 'refused', retry: false }],
	['a name that cannot be printed', { recipientName: 'Ana Kovačević' }, { outcome: 'refused', code: 'CHARACTERS', retry: false }],
])('refuses %s', async (_, changes, delivery) => {
	expect(await send(changes)).toMatchObject(delivery);
	expect(standin.orders).toEqual([]);
});

it('is down, for a person to mend, where the token is wrong', async () => {
	expect(await send({}, { token: 'x' })).toEqual({ outcome: 'down', code: 'UFFICIO_POSTALE_206', alert: true });
});

it('may try again whatever went wrong before the confirmation: nothing is printed', async () => {
	expect(await remote((post) => post.post('/prioritarie/').delay(2000).reply(200, success(false)))).toMatchObject({ outcome: 'refused', retry: true });
	expect(await remote((post) => post.post('/prioritarie/').reply(200, { success: true, data: [] }))).toEqual({ outcome: 'refused', code: 'ANSWER_UNREADABLE', retry: true });
	expect(await remote((post) => post.post('/prioritarie/').reply(500, 'x'))).toEqual({ outcome: 'down', code: 'HTTP_500' });
	expect(await remote((post) => post.post('/prioritarie/').reply(429, {}))).toEqual({ outcome: 'down', code: 'HTTP_429', backOff: true });
	expect(await remote((post) => post.post('/prioritarie/').reply(402, {}))).toMatchObject({ outcome: 'down', alert: true });
	standin.createStatus = 503;
	expect(await send()).toMatchObject({ outcome: 'down' });
});

it('looks an order up where the confirmation got no answer, and leaves the rest to a person', async () => {
	const ordered = (post: nock.Scope) => post.post('/prioritarie/').reply(200, success(false));
	const late = (post: nock.Scope) => ordered(post).patch(`/prioritarie/${ID}`, { confirmed: true }).delay(2000).reply(200, success(true));
	expect(await remote((post) => late(post).get(`/prioritarie/${ID}`).reply(200, success(true)))).toMatchObject({ outcome: 'sent', providerId: `prioritarie/${ID}` });
	nock.cleanAll();
	expect(await remote((post) => late(post).get(`/prioritarie/${ID}`).reply(200, success(false)))).toEqual({ outcome: 'unknown', code: 'ETIMEDOUT' });
	nock.cleanAll();
	expect(await remote((post) => late(post).get(`/prioritarie/${ID}`).reply(500))).toMatchObject({ outcome: 'unknown' });
	standin.confirmStatus = 502;
	expect(await send()).toEqual({ outcome: 'unknown', code: 'HTTP_502' });
	standin.confirmStatus = 409;
	expect(await send()).toEqual({ outcome: 'refused', code: 'UFFICIO_POSTALE_500', retry: false });
});

it('is down where nobody listens', async () => {
	await standin.stop();
	expect(await send()).toEqual({ outcome: 'down', code: 'ECONNREFUSED' });
});

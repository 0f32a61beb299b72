import { createServer, type Server } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { startWhatsAppStandin, type WhatsAppStandin } from '../../demo/standins/whatsApp';
import { whatsAppChannel } from '../../lib/channels/whatsApp/cloudApi';
import { fetchAccount } from '../../lib/channels/whatsApp/account';
import { fetchTemplates } from '../../lib/channels/whatsApp/templates';
import { challengeAnswer } from '../../lib/channels/whatsApp/signature';
import { readWhatsAppWebhook } from '../../lib/channels/whatsApp/webhook';
import type { InboundEvent } from '../../lib/domain/inbound';
import type { ItemOccasion } from '../../lib/domain/item';
import type { MessageExtra, WhatsAppTemplateUse } from '../../lib/domain/messageExtra';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import { customerFacts } from '../../lib/store/facts';
import { contentHash } from '../../lib/messages/hash';
import { applyDeliveries } from '../../lib/store/replies/deliveries';
import { occasionIds } from '../../lib/store/settling';
import { queueMessages } from '../../lib/store/messages';
import { recordConsents } from '../../lib/store/recordConsents';
import { saveWhatsAppAccount, saveWhatsAppTemplates, whatsAppAccount, whatsAppTemplates, type WhatsAppAlert } from '../../lib/store/whatsAppAccount';
import { saveWording } from '../../lib/store/wordings';
import { checkConsent } from '../../nodes/shared/checkConsent';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { takeInWhatsAppEvents } from '../../nodes/shared/whatsAppEvents';
import { plainHttp } from '../support/plainHttp';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../support/store';

const NOW = '2026-11-24T09:00:00.000Z';
const USE: WhatsAppTemplateUse = { name: 'ordine_pronto', language: 'it', category: 'UTILITY', parameterFormat: 'NAMED', body: [{ name: 'customer_name', text: 'Giulia' }] };
const BODY = [{ type: 'BODY', text: 'Buongiorno {{customer_name}}, i suoi occhiali sono pronti da Ottica Prova.' }];
const TEXT = 'Buongiorno Giulia, i suoi occhiali sono pronti. Ottica Prova, +39055000000';

let test: TestStore;
let meta: WhatsAppStandin;
let hook: Server;
let events: InboundEvent[];
let alerts: WhatsAppAlert[];
let clock: Instant;
let serial = 0;

beforeEach(async () => {
	clock = NOW;
	[events, alerts] = [[], []];
	test = await openTestStore(NOW);
	meta = await startWhatsAppStandin({ clock: () => Date.parse(clock) });
	// The address to which Meta tells everything, as the trigger will serve it.
	hook = createServer(async (request, response) => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		if (request.method === 'GET') {
			const challenge = challengeAnswer(Object.fromEntries(url.searchParams), meta.verifyToken);
			return void response.writeHead(challenge === undefined ? 403 : 200).end(challenge);
		}
		const read = readWhatsAppWebhook(Buffer.from(await readText(request)), request.headers['x-hub-signature-256'] as string | undefined, meta);
		if (read === 'forged') return void response.writeHead(403).end();
		events.push(...read);
		alerts.push(...(await takeInWhatsAppEvents(test.store, read, clock)));
		response.writeHead(200).end();
	});
	await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
	meta.webhookUrl = `http://127.0.0.1:${(hook.address() as { port: number }).port}/hook`;
	await meta.setTemplate({ name: 'ordine_pronto', category: 'UTILITY', components: BODY });
	await saveWording(test.store, 'wa-1', 'Sì, Ottica Prova può scrivermi su WhatsApp.', NOW);
	await sync();
});
afterEach(async () => {
	await meta.stop();
	hook.closeAllConnections();
	await new Promise((resolve) => hook.close(resolve));
	await test.close();
});

const settings = () => ({ baseUrl: meta.url, version: 'v26.0', phoneNumberId: meta.phoneNumberId, wabaId: meta.wabaId });
async function sync(): Promise<void> {
	await saveWhatsAppAccount(test.store, await fetchAccount(settings(), plainHttp(), clock));
	await saveWhatsAppTemplates(test.store, meta.wabaId, await fetchTemplates(settings(), plainHttp()), clock);
}

/** A customer with a mobile number, opted in unless told otherwise. */
async function person(number = `+39333${String(1_000_000 + ++serial)}`, optedIn = true): Promise<number> {
	const [id] = await saved(test.store, [customer({ contactPoints: [{ kind: 'phone', value: number, line: 'mobile' }], consents: [] })], NOW);
	const purposes = ['marketing', 'service'] as const;
	if (optedIn) await recordConsents(test.store, purposes.map((purpose) => ({ customerId: id, channel: 'whatsapp', purpose, status: 'granted', legalBasis: 'consent', capturedAt: NOW, source: 'desk', noticeVersion: '2024-01', wordingVersion: 'wa-1', doubleOptInAt: NOW })), NOW);
	return id;
}

/** An approved message to each of them. */
async function approved(customerIds: number[], extra: MessageExtra | null = { whatsApp: USE }, occasion: Partial<ItemOccasion> = {}): Promise<number[]> {
	const facts = await customerFacts(test.store, customerIds);
	const { kind = 'order.ready', class: messageClass = 'service' } = occasion;
	const keys = customerIds.map((customerId) => ({ customerId, kind, dueOn: '2026-11-24', stage: ++serial }));
	const occasions = await occasionIds(test.store, keys, NOW);
	const points = customerIds.map((id) => facts.get(id)?.contactPoints[0].id as number);
	const values = await test.store.db.selectFrom('contact_points').select(['id', 'value']).where('id', 'in', points).execute();
	const queued = await queueMessages(test.store, customerIds.map((customerId, index) => {
		const recipient = values.find(({ id }) => id === points[index])?.value as string;
		const message = { channel: 'whatsapp' as const, class: messageClass, language: 'it' as const, templateId: kind, templateVersion: 1, body: TEXT, text: `${TEXT}. Rispondi STOP per non riceverne più.`, ...(extra && { extra }) };
		return { customerId, occasionId: occasions[index] as number, contactPointId: points[index], message, contentHash: contentHash({ recipient, channel: 'whatsapp', text: message.text, ...(extra && { extra }) }) };
	}), 'policy', NOW);
	return queued.map(({ id }) => id);
}

const send = async (ids?: number[], parallel = 20) => {
	const { messages: done } = await sendMessages(test.store, 'whatsapp', whatsAppChannel(settings(), plainHttp()), { ids, most: 100, parallel, leaseMinutes: 2 }, () => clock);
	return [...done].sort((one, other) => one.id - other.id).map(({ to, why }) => [to, why].filter(Boolean).join(' '));
};

it('sends an approved template, once, and hears what becomes of it', async () => {
	const [id] = await approved([await person('+393331234567')]);
	expect(await send()).toEqual(['sent']);
	expect(await send()).toEqual([]);
	expect(meta.messages).toMatchObject([{ to: '+393331234567', type: 'template', text: 'Buongiorno Giulia, i suoi occhiali sono pronti da Ottica Prova.', opaque: `ocrm-${id}-1` }]);
	const [{ id: providerId }] = meta.messages;
	for (const state of ['sent', 'delivered', 'read'] as const) expect(await meta.status(providerId, state)).toBe(200);
	expect(events).toMatchObject([{ state: 'sent', providerId, key: `ocrm-${id}-1`, rate: 'utility' }, { state: 'delivered' }, { state: 'read' }]);
});

describe('the rules of WhatsApp', () => {
	const plan = async (id: number) => {
		const [answer] = await checkConsent(test.store, [{ customer: { id, firstName: 'a', lastName: 'b', language: 'it', formality: 'lei' }, occasion: { kind: 'order.ready', dueOn: '2026-11-24', stage: ++serial, class: 'service', daysLate: 0 } }], { channels: ['whatsapp'] }, NOW);
		return 'decision' in answer ? `${answer.decision.outcome} ${answer.decision.reason}` : answer.message;
	};

	it('29: want an opt-in that names the shop, when it is planned and when it is sent', async () => {
		const [named, unnamed] = [await person(), await person(undefined, false)];
		expect([await plan(named), await plan(unnamed)]).toEqual(['allow ALLOW_CONTRACT', 'block WA_OPTIN_MISSING']);
		await recordConsents(test.store, (['marketing', 'service'] as const).map((purpose) => ({ customerId: named, channel: 'whatsapp', purpose, status: 'withdrawn', legalBasis: 'consent', capturedAt: plusMinutes(NOW, 1), source: 'refusal-link' })), plusMinutes(NOW, 1));
		await approved([named, unnamed]);
		clock = plusMinutes(NOW, 2);
		expect((await send()).map((said) => said.split(' ')[0])).toEqual(['blocked', 'blocked']);
		expect(meta.messages).toEqual([]);
	});

	it('30: let a free text go while the window is open, and no longer', async () => {
		const id = await person('+393331234567');
		await meta.reply('+393331234567', 'Quando siete aperti?');
		const [first, second] = [...(await approved([id], null)), ...(await approved([await person()], null))];
		expect((await send([first, second])).sort()).toEqual(['blocked WA_WINDOW_CLOSED', 'sent']);
		expect(meta.messages).toMatchObject([{ type: 'text', to: '+393331234567' }]);
		clock = plusMinutes(NOW, 1440);
		expect(await send(await approved([id], null))).toEqual(['blocked WA_WINDOW_CLOSED']);
	});

	it('30: a reaction opens no window', async () => {
		const id = await person('+393331234567');
		const payload = { object: 'whatsapp_business_account', entry: [{ id: meta.wabaId, changes: [{ field: 'messages', value: { metadata: { phone_number_id: meta.phoneNumberId }, messages: [{ from: '393331234567', id: 'wamid.9', timestamp: String(Date.parse(NOW) / 1000), type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }] } }] }] };
		expect(await meta.post(JSON.stringify(payload))).toBe(200);
		expect(events).toMatchObject([{ kind: 'reply', text: '👍' }]);
		expect(await send(await approved([id], null))).toEqual(['blocked WA_WINDOW_CLOSED']);
	});

	it('31: hold back what Meta has put into another category than the message needs', async () => {
		const id = await person();
		await approved([id], { whatsApp: { ...USE, category: 'MARKETING' } }, { kind: 'campaign.sun', class: 'relational' });
		expect(await send()).toEqual(['blocked WA_CATEGORY']);
	});

	it('32: hold back what is not approved, as the last sync or webhook said', async () => {
		const ids = await Promise.all([person(), person(), person()]);
		await meta.setTemplate({ name: 'ordine_pronto', status: 'PAUSED' });
		expect(alerts).toEqual([]);
		clock = plusMinutes(NOW, 1);
		await meta.tell('message_template_status_update', { event: 'PAUSED', message_template_name: 'ordine_pronto', message_template_language: 'it', reason: 'NONE' });
		expect(alerts).toEqual([{ template: 'ordine_pronto', language: 'it', what: 'PAUSED' }]);
		expect(await send(await approved([ids[0]]))).toEqual(['blocked WA_TEMPLATE_STATE']);
		expect(await send(await approved([ids[1]], { whatsApp: { ...USE, name: 'sconosciuto' } }))).toEqual(['blocked WA_TEMPLATE_STATE']);
		// Low quality still sends.
		await meta.setTemplate({ name: 'ordine_pronto', status: 'APPROVED', quality_score: { score: 'RED' } });
		clock = plusMinutes(NOW, 2);
		await sync();
		expect(await send(await approved([ids[2]]))).toEqual(['sent']);
	});

	it('33: put off what would be one recipient too many, and count each once', async () => {
		meta.account.whatsapp_business_manager_messaging_limit = 'TIER_50';
		await sync();
		const ids = await Promise.all(Array.from({ length: 52 }, async () => await person()));
		// Also inside one batch.
		expect((await send(await approved(ids.slice(0, 51)), 100)).filter((said) => said === 'sent')).toHaveLength(50);
		const deferred = await test.store.db.selectFrom('messages').select(['state', 'not_before']).where('state', '=', 'approved').execute();
		expect(deferred).toEqual([{ state: 'approved', not_before: plusMinutes(NOW, 1440) }]);
		clock = plusMinutes(NOW, 60);
		// Somebody who is counted already, and somebody who is not.
		expect(await send(await approved([ids[0]]))).toEqual(['sent']);
		expect(await send(await approved([ids[51]]))).toEqual(['approved WA_LIMIT']);
		await meta.tell('business_capability_update', { max_daily_conversations_per_business: 'TIER_2K', max_phone_numbers_per_waba: 25 });
		expect(await whatsAppAccount(test.store)).toMatchObject({ limit: 2000 });
		clock = plusMinutes(NOW, 1500);
		expect((await send()).sort()).toEqual(['sent', 'sent']);
	}, 60_000);

	it('33: send nothing before Meta was asked', async () => {
		await test.store.db.deleteFrom('whatsapp_accounts').execute();
		expect(await send(await approved([await person()]))).toEqual(['blocked WA_TEMPLATE_STATE']);
	});

	it('37: catch before sending what does not fit the template', async () => {
		expect(await send(await approved([await person()], { whatsApp: { ...USE, body: [] } }))).toEqual(['blocked WA_TEMPLATE_STATE']);
		const decision = await test.store.db.selectFrom('decisions').select('tried').orderBy('id', 'desc').executeTakeFirstOrThrow();
		expect(JSON.parse(decision.tried)[0].facts).toEqual({ templateState: 'MISMATCH: the body takes customer_name there, nothing here' });
		expect(meta.messages).toEqual([]);
	});
});

describe('what Meta refuses', () => {
	it('stops a campaign whose template it no longer takes', async () => {
		const ids = await approved(await Promise.all([person(), person(), person()]));
		meta.templates.forEach((template) => (template.status = 'PAUSED'));
		expect(await send(ids, 1)).toEqual(['failed META_132015', 'blocked WA_TEMPLATE_STATE', 'blocked WA_TEMPLATE_STATE']);
		expect(await whatsAppTemplates(test.store)).toMatchObject([{ state: 'STOPPED' }]);
	});

	it('leaves to a person what nobody knows the outcome of, and tells later whether it left', async () => {
		meta.faults.afterTaking = 'disconnect';
		const [id] = await approved([await person()]);
		expect((await send()).map((said) => said.split(' ')[0])).toEqual(['uncertain']);
		expect(await send()).toEqual([]);
		await meta.status(meta.messages[0].id, 'delivered');
		expect(events).toMatchObject([{ state: 'delivered', key: `ocrm-${id}-1` }]);
	});

	it('leaves the number to other channels, where it has no WhatsApp, as it may tell only later', async () => {
		meta.faults.failLater['+393331111111'] = 131026;
		const id = await person('+393331111111');
		expect(await send(await approved([id]))).toEqual(['sent']);
		for (let waited = 0; events.length === 0 && waited < 100; waited++) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(events).toMatchObject([{ kind: 'delivery', state: 'failed', code: 'META_131026', permanent: true }]);
		await applyDeliveries(test.store, events.filter((event) => event.kind === 'delivery'), clock);
		const [point] = (await customerFacts(test.store, [id])).get(id)?.contactPoints ?? [];
		expect(point).toMatchObject({ status: 'valid', unreachable: ['whatsapp'] });
		expect(point).not.toHaveProperty('retryAfter', expect.anything());
	});

	it('stops at a number that is refused, and goes on with the others', async () => {
		const [refused, fine] = [await person('+393331111111'), await person('+393332222222')];
		meta.faults.refuse['+393331111111'] = 131026;
		expect((await send(await approved([refused, fine]))).sort()).toEqual(['failed META_131026', 'sent']);
	});
});

describe('webhooks', () => {
	it('are set up by the challenge, and forged ones change nothing', async () => {
		expect(await meta.verify()).toBe(true);
		const wrong = { ...meta, verifyToken: 'another' };
		expect((await fetch(`${meta.webhookUrl}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': wrong.verifyToken })}`)).status).toBe(403);
		const body = JSON.stringify({ entry: [{ id: meta.wabaId, time: Date.parse(NOW) / 1000 + 60, changes: [{ field: 'account_update', value: { event: 'ACCOUNT_VIOLATION' } }] }] });
		expect(await meta.post(body, 'another secret')).toBe(403);
		expect([events, alerts]).toEqual([[], []]);
		expect(await whatsAppAccount(test.store)).toMatchObject({ state: 'CONNECTED' });
		expect(await meta.post(body)).toBe(200);
		expect(alerts).toEqual([{ what: 'ACCOUNT_VIOLATION' }]);
	});

	it('come twice, late and out of order, each with the id that tells it from the others', async () => {
		const later = await startWhatsAppStandin({ reportAfterMs: 1, clock: () => Date.parse(clock), webhookUrl: meta.webhookUrl });
		later.faults.disorder = true;
		await later.setTemplate({ name: 'ordine_pronto', category: 'UTILITY', components: BODY });
		const channel = whatsAppChannel({ ...settings(), baseUrl: later.url }, plainHttp());
		const [id] = await approved([await person()]);
		await sendMessages(test.store, 'whatsapp', channel, { ids: [id], most: 1, parallel: 1, leaseMinutes: 2 }, () => clock);
		for (let waited = 0; events.length < 6 && waited < 100; waited++) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(events.map((event) => event.kind === 'delivery' && event.state)).toEqual(['read', 'read', 'delivered', 'delivered', 'sent', 'sent']);
		expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
		await later.stop();
	});

	it('bring taps on buttons, and what customers choose in the app', async () => {
		await meta.tap('+393331234567', 'Mi richiami', 'wamid.1');
		await meta.prefer('+393331234567', 'stop');
		expect(events).toMatchObject([{ kind: 'reply', text: 'Mi richiami', inReplyTo: 'wamid.1', from: '+393331234567', to: '+390550000000' }, { kind: 'preference', marketing: 'stop', from: '+393331234567' }]);
	});
});

describe('two messages to one number (RULES 33)', () => {
	const states = async () => (await test.store.db.selectFrom('messages').select(['state', 'not_before']).orderBy('id').execute()).map(({ state, not_before }) => [state, not_before]);

	it('leave with a pause between them, whatever they are and whoever of a family they are for, and however often one asks', async () => {
		const family = [await person('+393331112223'), await person('+393331112223'), await person('+393334445556')];
		const [first, second, other] = await approved(family);
		expect(await send([first, second, other])).toEqual(['sent', 'approved RETRY_LATER', 'sent']);
		const wait = plusMinutes(NOW, 16 / 60);
		expect(await states()).toEqual([['sent', null], ['approved', wait], ['sent', null]]);
		expect((await test.store.db.selectFrom('messages').select('attempts').where('id', '=', second).executeTakeFirstOrThrow()).attempts).toBe(0);
		expect(await send()).toEqual([]);
		clock = wait;
		expect(await send()).toEqual(['sent']);
		expect(meta.messages.filter(({ to }) => to === '+393331112223')).toHaveLength(2);
	});

	it('also where another process has sent the first, and where one of them is a free text', async () => {
		const id = await person('+393331112223');
		await test.store.db.insertInto('whatsapp_windows').values(await windowOf(id)).execute();
		const [free] = await approved([id], null);
		expect(await send([free])).toEqual(['sent']);
		clock = plusMinutes(NOW, 10 / 60);
		const [template] = await approved([id]);
		expect(await send([template])).toEqual(['approved RETRY_LATER']);
		clock = plusMinutes(NOW, 16 / 60);
		expect(await send([template])).toEqual(['sent']);
	});

	it('cost no statement each, but one for all that wait', async () => {
		const people: number[] = [];
		for (let count = 0; count < 8; count++) people.push(await person('+393331112223'));
		const [one, ...others] = await approved(people);
		const alone = await countStatements(async () => await send([one]));
		clock = plusMinutes(NOW, 1);
		expect(await countStatements(async () => await send(others))).toBeLessThanOrEqual(alone + 1);
		expect(meta.messages).toHaveLength(2);
	});
});

describe('what Meta did not deliver for its own limit of each person (131049)', () => {
	it('leaves once more after a day, and then no more', async () => {
		const [id] = await approved([await person()]);
		const row = async () => await test.store.db.selectFrom('messages').select(['state', 'attempts', 'not_before', 'provider_id', 'sent_on', 'failure']).where('id', '=', id).executeTakeFirstOrThrow();
		const fails = async () => {
			await meta.status(meta.messages[meta.messages.length - 1].id, 'failed', 131049);
			return await applyDeliveries(test.store, events.splice(0).filter((event) => event.kind === 'delivery'), clock);
		};
		await send();
		expect(await fails()).toMatchObject([{ id, state: 'approved', code: 'META_131049' }]);
		const later = plusMinutes(NOW, 1440);
		expect(await row()).toEqual({ state: 'approved', attempts: 1, not_before: later, provider_id: null, sent_on: null, failure: null });
		clock = plusMinutes(later, -1);
		expect(await send()).toEqual([]);
		clock = later;
		expect(await send()).toEqual(['sent']);
		expect(await fails()).toMatchObject([{ id, state: 'failed', code: 'META_131049' }]);
		expect(await row()).toMatchObject({ state: 'failed', attempts: 2, failure: 'META_131049' });
		clock = plusMinutes(later, 2880);
		expect(await send()).toEqual([]);
		expect(meta.messages).toHaveLength(2);
	});

	it('stays where it is once it has arrived, and another failure is no reason to try again', async () => {
		const [one, other] = await approved([await person(), await person()]);
		await send();
		const provider = (id: number) => meta.messages.find(({ opaque }) => opaque === `ocrm-${id}-1`)?.id as string;
		await meta.status(provider(one), 'delivered');
		await meta.status(provider(one), 'failed', 131049);
		await meta.status(provider(other), 'failed', 130472);
		await applyDeliveries(test.store, events.filter((event) => event.kind === 'delivery'), clock);
		expect((await test.store.db.selectFrom('messages').select('state').orderBy('id').execute()).map(({ state }) => state)).toEqual(['delivered', 'failed']);
	});
});

it('sends a picture on top as the account has it, and nothing where the account has none (RULES 37)', async () => {
	const header = { kind: 'image' as const, link: 'https://ottica.example/vetrina.jpg' };
	const [early] = await approved([await person()], { whatsApp: { ...USE, header } });
	expect(await send([early])).toEqual(['blocked WA_TEMPLATE_STATE']);
	await meta.setTemplate({ name: 'ordine_pronto', category: 'UTILITY', components: [{ type: 'HEADER', format: 'IMAGE' }, ...BODY] });
	await sync();
	const [plain] = await approved([await person()]);
	const [pictured] = await approved([await person()], { whatsApp: { ...USE, header } });
	expect(await send([plain, pictured])).toEqual(['blocked WA_TEMPLATE_STATE', 'sent']);
	expect(meta.messages).toMatchObject([{ request: { template: { components: [{ type: 'header', parameters: [{ type: 'image', image: { link: header.link } }] }, { type: 'body' }] } } }]);
});

/** The customer has just written from this number. */
async function windowOf(customerId: number) {
	const { address_hash } = await test.store.db.selectFrom('contact_points').select('address_hash').where('customer_id', '=', customerId).executeTakeFirstOrThrow();
	return { shop_id: test.store.shop.id, address_hash, last_message_at: NOW };
}

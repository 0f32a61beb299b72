import { CustomerReplyTrigger } from '../../nodes/CustomerReplyTrigger/CustomerReplyTrigger.node';
import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import type { Decision } from '../../lib/domain/consent';
import { CONTACT_POINT_OF_CHANNEL, PURPOSE_OF_CLASS, hasSubject, type Channel, type MessageClass } from '../../lib/domain/glossary';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import { contentHash } from '../../lib/messages/hash';
import { consentHistory } from '../../lib/store/consents';
import { saveOwnTemplate } from '../../lib/store/ownTemplates';
import { messageDetail, type ReviewMessageDetail } from '../../lib/store/review';
import { saveShop } from '../../lib/store/shops';
import { elementsOf } from '../lib/web/markup';
import { callWebhook, runNode, type NodeRun } from '../support/runNode';
import { failure, items, NOW, openShop, TODAY, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

// Whole ways through the nodes, on a machine that may be busy.
jest.setTimeout(20_000);

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

/** A text of the package for each channel, and its class. */
const TEXTS: Array<[Channel, string, MessageClass]> = [
	['email', 'birthday', 'relational'],
	['sms', 'birthday', 'relational'],
	['whatsapp', 'birthday', 'relational'],
	['whatsappLinked', 'birthday', 'relational'],
	['letter', 'birthday', 'relational'],
	['call', 'recall.vision', 'recall'],
	['push', 'order.ready', 'service'],
];

const ADDRESSES = [
	{ kind: 'email', value: 'giulia@posta.example' },
	{ kind: 'phone', value: '+393331234567', line: 'mobile' },
	{ kind: 'address', value: 'Via Roma 7, 50123 Firenze FI' },
	{ kind: 'push', value: 'token-of-the-app' },
] as const;

/** An item that was allowed on this channel. */
async function allowed(channel: Channel, kind: string, messageClass: MessageClass, more: object = {}): Promise<CrmItem> {
	const [id] = await shop.customers(1, { sex: 'F', contactPoints: [...ADDRESSES] });
	const point = await shop.store.db.selectFrom('contact_points').select('id').where('customer_id', '=', id).where('kind', '=', CONTACT_POINT_OF_CHANNEL[channel]).executeTakeFirstOrThrow();
	const decision = { outcome: 'allow', channel, class: messageClass, purpose: PURPOSE_OF_CLASS[messageClass], contactPointId: point.id } as Decision;
	const customer = { id, firstName: 'Giulia', lastName: 'Conti', sex: 'F', language: 'it', formality: 'lei' } as const;
	return { customer, occasion: { kind, dueOn: TODAY, stage: 1, class: messageClass, daysLate: 0 }, decision, ...more };
}

const write = async (item: CrmItem, run: NodeRun = {}) => items((await runNode(PersonalizeMessage, { credentials: shop.credentials, items: [item], ...run }))[0])[0];
const detail = async ({ message }: CrmItem) => (await messageDetail(shop.store, message?.id as number)) as ReviewMessageDetail;

async function desk(): Promise<Visitor> {
	const accounts = { accounts: { account: [{ name: 'chiara', password: PASSWORD }] } };
	const browser = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: accounts } });
	await browser.logIn();
	return browser;
}

describe.each(TEXTS)('a message by %s', (channel, kind, messageClass) => {
	it('is written, queued, edited on the Desk, and approved as it was edited', async () => {
		const written = await write(await allowed(channel, kind, messageClass));
		const message = written.message as ItemMessage;
		expect(message).toMatchObject({ channel, class: messageClass, templateId: kind, text: expect.stringContaining('Ottica Prova') });
		expect(message.subject !== undefined).toBe(hasSubject(channel));
		expect(message.html !== undefined).toBe(channel === 'email');

		const [queued] = await shop.queued([written]);
		const before = await detail(queued);
		expect(before).toMatchObject({ channel, state: 'pending', text: message.text, body: message.body });
		expect(before.contentHash).toBe(contentHash({ ...message, recipient: before.recipient }));

		const browser = await desk();
		await browser.get(`?view=message&id=${before.id}`);
		// What Meta has approved is fixed: it goes as it is, or not at all.
		if (channel === 'whatsapp') {
			expect(await browser.decide('approve')).toMatchObject([{ json: { message: { id: before.id, channel, state: 'approved' } } }]);
			return;
		}
		const fields = elementsOf(browser.reply.body).flatMap(({ attributes: { name } }) => name ?? []);
		expect(fields.includes('subject')).toBe(hasSubject(channel));
		const subject: Record<string, string> = hasSubject(channel) ? { subject: 'Due righe per lei' } : {};
		const [output] = await browser.decide('saveAndApprove', { ...subject, body: 'Gentile Giulia,\r\nuna riga scritta a mano.' });
		// A call is made by a person: no node is started with it.
		if (channel === 'call') expect(output).toBeUndefined();
		else expect(output.json).toMatchObject({ message: { id: before.id, channel, state: 'approved' } });

		const after = await detail(queued);
		expect(after).toMatchObject({ state: 'approved', ...subject, body: 'Gentile Giulia,\nuna riga scritta a mano.' });
		expect(after.extra).toEqual(before.extra);
		for (const part of ['una riga scritta a mano', 'Ottica Prova', before.refusalUrl ?? '']) expect(after.text).toContain(part);
		const { approved_hash: approved } = await shop.store.db.selectFrom('messages').select('approved_hash').executeTakeFirstOrThrow();
		expect(approved).toBe(contentHash({ ...after, channel, recipient: after.recipient }));
	});

	it('is previewed without a decision on the channel that the panel names', async () => {
		const { decision: _, ...item } = await allowed(channel, kind, messageClass);
		const { preview } = (await write(item as CrmItem, { parameters: { output: 'preview', channel } })) as { preview?: Record<string, unknown> };
		expect(preview).toMatchObject({ channel, templateId: kind, text: expect.stringContaining('Ottica Prova'), remarks: expect.any(Array), cents: expect.any(Number) });
		expect(preview).not.toHaveProperty('state');
	});
});

describe('an SMS', () => {
	it('holds a short link that refuses for this very person by SMS', async () => {
		const item = await allowed('sms', 'birthday', 'relational');
		const { refusalUrl, text } = (await write(item)).message as ItemMessage;
		const { search } = new URL(refusalUrl as string);
		expect(search.length).toBeLessThan(30);
		expect(text.endsWith(`Ottica Prova Stop: ${refusalUrl}`)).toBe(true);
		const token = new URLSearchParams(search).get('t') as string;
		expect((await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials }, { query: search })).body).toContain('via SMS');
		const refused = await callWebhook(CustomerReplyTrigger, { credentials: shop.credentials }, { method: 'POST', form: { token, scope: 'channel' } });
		expect(refused.items.map(({ json }) => json)).toMatchObject([{ customer: { id: item.customer.id }, reply: { kind: 'refusal', channel: 'sms', purpose: 'marketing' } }]);
		expect((await consentHistory(shop.store, [item.customer.id])).get(item.customer.id)?.at(-1)).toMatchObject({ channel: 'sms', status: 'withdrawn' });
	});

	it('is counted and priced in the preview, and written in plain letters where the panel says so', async () => {
		await saveShop(shop.store.db, 'main', { name: 'Ottica È Çà', prices: { smsSegment: 75 } }, NOW);
		const source = '---\nid: birthday\nchannel: sms\nclass: relational\npurpose: marketing\nintent: qualifying\nlocale: it\nmayHoldOffer: false\nvariables:\n  customer.firstName: { type: text, required: true, example: Giulia }\n---\n“Auguri”, {{customer.firstName}}… 🎂';
		await saveOwnTemplate(shop.store, { id: 'birthday', channel: 'sms', language: 'it' }, source, 'Chiara', NOW);
		const item = await allowed('sms', 'birthday', 'relational');
		const preview = async (options: object) => ((await write(item, { parameters: { output: 'preview', options: { ...options } } })) as { preview?: unknown }).preview;
		expect(await preview({})).toMatchObject({ sms: { encoding: 'UCS-2', segments: 2, outside: ['“', '”', '…', '🎂', 'È'] }, cents: 15, remarks: [{ code: 'SMS_SEGMENTS' }] });
		expect(await preview({ plainSms: true })).toMatchObject({ sms: { encoding: 'GSM-7', segments: 1, outside: [] }, cents: 7.5, body: '"Auguri", Giulia...', remarks: [] });
		const { text } = (await write(item, { parameters: { options: { plainSms: true } } })).message as ItemMessage;
		expect(text).toContain('"Auguri", Giulia...\nOttica E\' Çà Stop: https://');
	});

	it('that the staff make too long is not saved, and what they typed is kept', async () => {
		const [queued] = await shop.queued([await write(await allowed('sms', 'birthday', 'relational'))]);
		const browser = await desk();
		await browser.get(`?view=message&id=${queued.message?.id}`);
		expect(browser.reply.body).toMatch(/Si paga come \d SMS/);
		await browser.decide('save', { body: 'molto lungo '.repeat(100) });
		expect(browser.reply.body).toContain('Per questo canale il testo è troppo lungo');
		expect(browser.reply.body).toContain('molto lungo molto lungo');
		expect((await detail(queued)).body).not.toContain('molto lungo');
	});
});

it('a call shows the staff what to ask, and keeps it when the script is edited', async () => {
	const [queued] = await shop.queued([await write(await allowed('call', 'recall.vision', 'recall'))]);
	const browser = await desk();
	await browser.get(`?view=message&id=${queued.message?.id}`);
	expect(browser.reply.body).toContain('Quando preferisce venire?');
	await browser.decide('save', { body: 'Un altro copione.' });
	const { extra, text } = await detail(queued);
	expect(extra?.call?.questions.map(({ id }) => id)).toEqual(['when', 'elsewhere']);
	expect(text).toContain('Prima di salutare: «Se preferisce che non la chiamiamo più');
});

it('a WhatsApp template that Meta has approved cannot be edited', async () => {
	const written = await write(await allowed('whatsapp', 'birthday', 'relational'));
	const message = written.message as ItemMessage;
	expect(message.extra).toEqual({
		whatsApp: { name: 'birthday_lei', language: 'it', category: 'MARKETING', parameterFormat: 'NAMED', body: [{ name: 'customer_name', text: 'Sig.ra Conti' }, { name: 'shop_name', text: 'Ottica Prova' }] },
	});
	const [queued] = await shop.queued([written]);
	const browser = await desk();
	await browser.get(`?view=message&id=${queued.message?.id}`);
	expect(browser.reply.body).toContain('approvato da WhatsApp');
	expect(elementsOf(browser.reply.body).filter(({ name }) => name === 'textarea')).toEqual([]);
	await browser.decide('save', { body: 'Un altro testo.' });
	expect((await detail(queued)).body).toBe(message.body);
	expect(await browser.decide('approve')).toHaveLength(1);
});

it('a push notification opens the address of its template', async () => {
	const source = '---\nid: campaign.sun\nchannel: push\nclass: promotional\npurpose: marketing\nintent: incentive\nlocale: it\nmayHoldOffer: true\nsubject: "{{offer.title}}"\nlink: link.booking\nvariables:\n  customer.name: { type: text, required: true, example: Giulia }\n  offer.title: { type: text, required: true, example: Sole }\n  offer.text: { type: text, required: true, example: Sole }\n  offer.validUntil: { type: date, required: true, example: "2026-12-24" }\n  offer.priceCents: { type: money, required: true, example: 9900 }\n  link.booking: { type: url, required: false, example: "https://x.example" }\n---\n{{customer.name}}, {{offer.text}} a {{money offer.priceCents}} fino al {{date offer.validUntil "d MMMM"}}.';
	await saveOwnTemplate(shop.store, { id: 'campaign.sun', channel: 'push', language: 'it' }, source, 'Chiara', NOW);
	const offer = { title: 'Occhiali da sole', text: 'il secondo paio', validUntil: '2026-12-24', priceCents: 9900 };
	const item = await allowed('push', 'campaign.sun', 'promotional', { offer });
	const first = (await write(item)).message as ItemMessage;
	expect(first).toMatchObject({ subject: 'Occhiali da sole', body: 'Sig.ra Conti, il secondo paio a 99\u00a0€ fino al 24 dicembre.' });
	expect(first).not.toHaveProperty('extra');
	await saveShop(shop.store.db, 'main', { bookingUrl: 'https://ottica.example/prenota' }, NOW);
	expect(((await write(item)).message as ItemMessage).extra).toEqual({ push: { link: 'https://ottica.example/prenota' } });
	expect(((await write({ ...item, link: { booking: 'https://ottica.example/p/7' } })).message as ItemMessage).extra).toEqual({ push: { link: 'https://ottica.example/p/7' } });
	expect(await failure(write({ ...item, offer: { ...offer, validUntil: 'Natale' } }))).toMatchObject({ message: expect.stringContaining('offer.validUntil should be a day') });
});

it('a text that tells nobody how to refuse is not written, on a channel where nothing is put around it', async () => {
	await saveShop(shop.store.db, 'main', { email: '', phone: '', street: '' }, NOW);
	// In a chat one can answer: no other contact is needed.
	expect((await write(await allowed('whatsapp', 'birthday', 'relational'))).message).toMatchObject({ channel: 'whatsapp' });
	expect(await failure(write(await allowed('letter', 'birthday', 'relational')))).toMatchObject({ message: expect.stringContaining('has no contact') });
});


import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { InboundEvent } from '../../../../lib/domain/inbound';
import { challengeAnswer, isGenuine, signatureOf } from '../../../../lib/channels/whatsApp/signature';
import { readWhatsAppWebhook } from '../../../../lib/channels/whatsApp/webhook';

const SECRET = 'app-secret';
const ACCOUNT = { phoneNumberId: '106540352242922', wabaId: '102290129340398', appSecret: SECRET };
/** Payloads as Meta's pages show them, by the name of the page, and what is to come of each. */
const CASES = JSON.parse(readFileSync(path.join(__dirname, 'webhooks.json'), 'utf8')) as Array<{ page: string; payload: object; events: InboundEvent[] }>;

const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const read = (payload: object, account = ACCOUNT) => {
	const body = JSON.stringify(payload);
	return readWhatsAppWebhook(Buffer.from(body), sign(body), account);
};
const ofMessages = (value: object, field = 'messages') => ({
	object: 'whatsapp_business_account',
	entry: [{ id: ACCOUNT.wabaId, changes: [{ value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '15550783881', phone_number_id: ACCOUNT.phoneNumberId }, ...value }, field }] }],
});
const ofAccount = (field: string, value: object, time = 1_739_321_024) => ({ object: 'whatsapp_business_account', entry: [{ id: ACCOUNT.wabaId, time, changes: [{ value, field }] }] });
const heard = (message: object) => read(ofMessages({ messages: [{ from: '16505551234', id: 'wamid.1', timestamp: '1749416383', ...message }] }));

it.each(CASES.map((one) => [one.page, one] as const))('reads the documented payload: %s', (_, { payload, events }) => {
	expect(read(payload)).toEqual(events);
});

describe('what only looks like Meta', () => {
	const body = JSON.stringify(CASES[0].payload);
	it.each<[string, string | undefined, string]>([
		['no signature', undefined, body],
		['an empty signature', '', body],
		['a signature without its kind', sign(body).slice(7), body],
		['the signature of another secret', sign(body, 'another'), body],
		['the signature of another body', sign(`${body} `), body],
		['a body changed by one byte', sign(body), `${body.slice(0, -1)} }`],
		['a signature cut short', sign(body).slice(0, -2), body],
		['a signature with something after it', `${sign(body)}00`, body],
		['a hash of the older kind', `sha1=${createHmac('sha1', SECRET).update(body).digest('hex')}`, body],
	])('is forged: %s', (_, signature, given) => {
		expect(readWhatsAppWebhook(Buffer.from(given), signature, ACCOUNT)).toBe('forged');
	});

	it('is everything, where no secret was entered', () => {
		expect(readWhatsAppWebhook(Buffer.from(body), sign(body, ''), { ...ACCOUNT, appSecret: '' })).toBe('forged');
	});

	it('is not what was signed over the raw bytes, escapes and all', () => {
		const raw = Buffer.from('{"entry":[],"note":"\\u00e8 \\/ è"}');
		expect(isGenuine(raw, signatureOf(raw, SECRET), SECRET)).toBe(true);
		expect(isGenuine(Buffer.from(JSON.stringify(JSON.parse(raw.toString()))), signatureOf(raw, SECRET), SECRET)).toBe(false);
	});

	it('never makes it fail, whatever is signed', () => {
		fc.assert(fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			expect(readWhatsAppWebhook(Buffer.from(text), sign(text), ACCOUNT)).toEqual([]);
		}), { numRuns: 200 });
		for (const text of ['', 'nonsense', '[', 'null']) expect(readWhatsAppWebhook(Buffer.from(text), sign(text), ACCOUNT)).toEqual([]);
		fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('messages', 'statuses', 'user_preferences'), fc.jsonValue(), (value, part, type) => {
			expect(Array.isArray(read(ofMessages({ [part]: [value, { id: 'x', from: '1', timestamp: '1', type, status: type }] })))).toBe(true);
		}), { numRuns: 200 });
	});
});

describe('the question whether the address is ours', () => {
	const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'vibecoding', 'hub.challenge': '1158201444' };
	it('is answered with its challenge', () => expect(challengeAnswer(query, 'vibecoding')).toBe('1158201444'));
	it.each<[string, Record<string, unknown>, string]>([
		['another token', { 'hub.verify_token': 'another' }, 'vibecoding'],
		['no token', { 'hub.verify_token': undefined }, 'vibecoding'],
		['two tokens', { 'hub.verify_token': ['vibecoding', 'vibecoding'] }, 'vibecoding'],
		['another mode', { 'hub.mode': 'unsubscribe' }, 'vibecoding'],
		['no challenge', { 'hub.challenge': undefined }, 'vibecoding'],
		['no token of ours', { 'hub.verify_token': '' }, ''],
	])('is not answered: %s', (_, changes, token) => expect(challengeAnswer({ ...query, ...changes }, token)).toBeUndefined());
});

describe('whose events they are', () => {
	it('leaves out those of another number, another account, and groups', () => {
		expect(read(CASES[0].payload, { ...ACCOUNT, phoneNumberId: '1' })).toEqual([]);
		expect(read(CASES[0].payload, { ...ACCOUNT, wabaId: '1' })).toEqual([]);
		expect(heard({ group_id: 'Y2FwaV9n', type: 'text', text: { body: 'a' } })).toEqual([]);
		expect(read(ofMessages({ statuses: [{ id: 'wamid.1', status: 'sent', timestamp: '1750030073', recipient_id: 'Y2FwaV9n', recipient_type: 'group' }] }))).toEqual([]);
	});

	it('keeps what somebody says who hides the number', () => {
		expect(heard({ from: undefined, from_user_id: 'IT.13491208655302741918', type: 'text', text: { body: 'Ciao' } })).toMatchObject([{ from: 'IT.13491208655302741918', text: 'Ciao' }]);
	});
});

describe('twice and out of order', () => {
	const status = (state: string, timestamp: string) => ofMessages({ statuses: [{ id: 'wamid.1', status: state, timestamp, recipient_id: '16505551234' }] });
	it('gives the same event the same id, and every other one another', () => {
		const events = [status('sent', '1750030073'), status('delivered', '1750030074'), status('sent', '1750030075'), status('read', '1750030074')].flatMap((payload) => read(payload) as InboundEvent[]);
		expect(events.map(({ eventId }) => eventId)).toEqual(['wamid.1:sent', 'wamid.1:delivered', 'wamid.1:sent', 'wamid.1:read']);
	});

	it('reads several changes of one request, as Meta batches them', () => {
		const [one, other] = [status('read', '1750030075'), status('sent', '1750030073')];
		expect(read({ ...one, entry: [...one.entry, ...other.entry] })).toMatchObject([{ state: 'read' }, { state: 'sent' }]);
	});
});

describe('what comes back with a status', () => {
	it('is our key, the rate, and the refusal of marketing that an error tells', () => {
		const base = { id: 'wamid.1', timestamp: '1750030073', recipient_id: '16505551234' };
		expect(read(ofMessages({ statuses: [{ ...base, status: 'sent', biz_opaque_callback_data: 'ocrm-7-1', pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'utility' } }] })))
			.toMatchObject([{ key: 'ocrm-7-1', rate: 'free' }]);
		expect(read(ofMessages({ statuses: [{ ...base, status: 'failed', errors: [{ code: 131050, title: 'User has stopped marketing messages' }] }] }))).toEqual([
			{ kind: 'delivery', channel: 'whatsapp', providerId: 'wamid.1', eventId: 'wamid.1:failed', state: 'failed', at: '2025-06-15T23:27:53.000Z', code: 'META_131050' },
			{ kind: 'preference', channel: 'whatsapp', eventId: 'wamid.1:failed:stop', from: '+16505551234', marketing: 'stop', at: '2025-06-15T23:27:53.000Z' },
		]);
		expect(read(ofMessages({ statuses: [{ ...base, status: 'failed', errors: [{ code: 131026 }] }] }))).toMatchObject([{ code: 'META_131026', permanent: true }]);
	});
});

describe('what a customer says without words', () => {
	it.each<[string, object, object[]]>([
		['a picture without a caption', { type: 'image', image: { id: '1' } }, [{ text: '📷' }]],
		['a document', { type: 'document', document: { filename: 'ricetta.pdf', caption: 'La ricetta' } }, [{ text: '📄 ricetta.pdf La ricetta' }]],
		['a voice', { type: 'audio', audio: { id: '1', voice: true } }, [{ text: '🎤' }]],
		['a person', { type: 'contacts', contacts: [{ name: { formatted_name: 'Anna Rossi' } }] }, [{ text: '👤 Anna Rossi' }]],
		['an order', { type: 'order', order: { text: 'Grazie' } }, [{ text: '🛒 Grazie' }]],
		['a form', { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{}' } } }, [{ text: 'Sent' }]],
		['a correction', { type: 'edit', edit: { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'Domani alle 10' } } } }, [{ text: '✏️ Domani alle 10' }]],
		['a message that is taken back', { type: 'revoke', revoke: { original_message_id: 'wamid.0' } }, []],
		['something new', { type: 'hologram' }, [{ text: '❔' }]],
	])('%s', (_, message, events) => {
		expect(heard(message)).toEqual(events.map((event) => expect.objectContaining({ kind: 'reply', eventId: 'wamid.1', ...event })));
	});
});

describe('changes of templates and of the account', () => {
	it.each<[string, string, object, object | undefined]>([
		['a template that is paused', 'message_template_status_update', { event: 'PAUSED', message_template_name: 'a', message_template_language: 'it', reason: 'NONE' }, { name: 'a', language: 'it', state: 'PAUSED' }],
		['one that is no longer flagged', 'message_template_status_update', { event: 'REINSTATED', message_template_name: 'a', message_template_language: 'it' }, { name: 'a', state: 'APPROVED' }],
		['one that is at risk', 'message_template_status_update', { event: 'FLAGGED', message_template_name: 'a', message_template_language: 'it' }, { name: 'a', quality: 'RED' }],
		['one that is locked', 'message_template_status_update', { event: 'LOCKED', message_template_name: 'a', message_template_language: 'it' }, { name: 'a' }],
		['quality under its own name', 'message_template_quality_update', { previous_quality_score: 'GREEN', new_quality_score: 'RED', message_template_name: 'a', message_template_language: 'it' }, { name: 'a', quality: 'RED' }],
		['a limit as a number', 'business_capability_update', { max_daily_conversations_per_business: 2000, max_phone_numbers_per_waba: 25 }, { limit: 2000 }],
		['no limit', 'business_capability_update', { max_daily_conversation_per_phone: -1 }, { limit: 'unlimited' }],
		['a limit of the number', 'phone_number_quality_update', { display_phone_number: '15550783881', event: 'ONBOARDING', max_daily_conversations_per_business: 'TIER_2K' }, { limit: 2000 }],
		['a flagged number', 'phone_number_quality_update', { display_phone_number: '15550783881', event: 'FLAGGED', current_limit: 'TIER_10K' }, { limit: 10_000, quality: 'RED' }],
		['an account that is disabled', 'account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'April 17, 2025' } }, { state: 'DISABLE' }],
		['an account that broke a rule', 'account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ADULT' } }, { state: 'ACCOUNT_VIOLATION' }],
		['a partner', 'account_update', { event: 'PARTNER_ADDED' }, undefined],
		['something else', 'security', { event: 'PIN_CHANGED' }, undefined],
	])('%s', (_, field, value, told) => {
		expect(read(ofAccount(field, value))).toEqual(told ? [expect.objectContaining({ kind: 'template', account: ACCOUNT.wabaId, at: '2025-02-12T00:43:44.000Z', ...told })] : []);
		if (told && !('state' in told)) expect(read(ofAccount(field, value))).not.toEqual([expect.objectContaining({ state: expect.anything() })]);
	});
});

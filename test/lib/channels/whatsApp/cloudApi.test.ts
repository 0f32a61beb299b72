import nock from 'nock';
import type { Outgoing } from '../../../../lib/channels/channel';
import { NoAnswer } from '../../../../lib/channels/http';
import { whatsAppChannel } from '../../../../lib/channels/whatsApp/cloudApi';
import { WHATSAPP_ERRORS, whatsAppFailure } from '../../../../lib/channels/whatsApp/errors';
import { GRAPH_URL, GRAPH_VERSION, graphUrl } from '../../../../lib/channels/whatsApp/settings';
import type { WhatsAppTemplateUse } from '../../../../lib/domain/messageExtra';
import { plainHttp } from '../../../support/plainHttp';

const SETTINGS = { baseUrl: GRAPH_URL, version: GRAPH_VERSION, phoneNumberId: '106540352242922', wabaId: '102290129340398' };
const PATH = '/v26.0/106540352242922/messages';
const WAMID = 'wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI4MjZGRDA0OUE2OTQ3RkEyMzcA';
const TAKEN = { messaging_product: 'whatsapp', contacts: [{ input: '+16505551234', wa_id: '16505551234' }], messages: [{ id: WAMID, message_status: 'accepted' }] };
const NAMED: WhatsAppTemplateUse = {
	name: 'ordine_pronto_lei', language: 'it', category: 'UTILITY', parameterFormat: 'NAMED', body: [{ name: 'customer_name', text: 'Sig.ra Conti' }, { name: 'order_description', text: 'occhiali da sole' }],
};

const message = (changes: Partial<Outgoing> = {}): Outgoing => ({
	id: 7, attempt: 1, class: 'service', recipient: '+16505551234', recipientName: 'Giulia Conti', text: 'Va bene, a domani!', sender: { name: 'Ottica', address: 'ciao@ottica.example' }, ...changes,
});
const channel = whatsAppChannel(SETTINGS, plainHttp('EAAJB'));
const meta = () => nock(GRAPH_URL, { reqheaders: { authorization: 'Bearer EAAJB' } });
const graphError = (code: number) => ({ error: { message: `(#${code}) Title`, type: 'OAuthException', code, error_data: { messaging_product: 'whatsapp', details: 'Details' }, fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam' } });

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

describe('what is sent', () => {
	it.each<[string, Partial<Outgoing>, object]>([
		['a free text', {}, { type: 'text', text: { preview_url: false, body: 'Va bene, a domani!' } }],
		['a template with named parameters', { extra: { whatsApp: NAMED } }, {
			type: 'template',
			template: {
				name: 'ordine_pronto_lei', language: { code: 'it' },
				components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'customer_name', text: 'Sig.ra Conti' }, { type: 'text', parameter_name: 'order_description', text: 'occhiali da sole' }] }],
			},
		}],
		['a template with numbered parameters, a picture and buttons', {
			extra: { whatsApp: { ...NAMED, parameterFormat: 'POSITIONAL', header: { kind: 'image', link: 'https://ottica.example/a.jpg' }, body: [{ text: 'SUMMER20' }, { text: '10' }], buttons: [{ index: 0, kind: 'url', parameter: 'prenota/7' }, { index: 1, kind: 'quick_reply', parameter: 'stop' }] } },
		}, {
			type: 'template',
			template: {
				name: 'ordine_pronto_lei', language: { code: 'it' },
				components: [
					{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://ottica.example/a.jpg' } }] },
					{ type: 'body', parameters: [{ type: 'text', text: 'SUMMER20' }, { type: 'text', text: '10' }] },
					{ type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'prenota/7' }] },
					{ type: 'button', sub_type: 'quick_reply', index: '1', parameters: [{ type: 'payload', payload: 'stop' }] },
				],
			},
		}],
		['a template with a parameter in its header', { extra: { whatsApp: { ...NAMED, body: [], header: { kind: 'text', parameters: [{ name: 'name', text: 'Giulia' }] } } } }, {
			type: 'template', template: { name: 'ordine_pronto_lei', language: { code: 'it' }, components: [{ type: 'header', parameters: [{ type: 'text', parameter_name: 'name', text: 'Giulia' }] }] },
		}],
		['a template without parameters', { extra: { whatsApp: { ...NAMED, body: [] } } }, { type: 'template', template: { name: 'ordine_pronto_lei', language: { code: 'it' } } }],
	])('%s', async (_, changes, expected) => {
		const sent: unknown[] = [];
		meta().post(PATH, (body) => sent.push(body) > 0).reply(200, TAKEN);
		expect(await channel.send(message(changes))).toEqual({ outcome: 'sent', providerId: WAMID });
		expect(sent).toEqual([{ messaging_product: 'whatsapp', recipient_type: 'individual', to: '+16505551234', biz_opaque_callback_data: 'ocrm-7-1', ...expected }]);
	});

	it('carries the key of the sender, and the plus without which Meta would add its own country', async () => {
		const sent: Array<Record<string, unknown>> = [];
		meta().post(PATH, (body) => sent.push(body) > 0).reply(200, TAKEN);
		await channel.send(message({ key: 'ours-1', recipient: '393331234567' }));
		expect(sent).toMatchObject([{ to: '+393331234567', biz_opaque_callback_data: 'ours-1' }]);
	});

	it('is no text that Meta would not take', async () => {
		expect(await channel.send(message({ text: 'a'.repeat(4097) }))).toEqual({ outcome: 'refused', code: 'TEXT_TOO_LONG', retry: false });
	});

	it('goes to an address made of the settings, whatever they hold', () => {
		expect(graphUrl({ baseUrl: 'http://127.0.0.1:1/', version: 'v26.0' }, '1/../2', 'messages')).toBe('http://127.0.0.1:1/v26.0/1%2F..%2F2/messages');
	});
});

describe('what an answer means', () => {
	it.each<[string, number, string | object, object]>([
		['held for a look at its quality', 200, { ...TAKEN, messages: [{ id: WAMID, message_status: 'held_for_quality_assessment' }] }, { outcome: 'sent', providerId: WAMID }],
		['paused', 200, { ...TAKEN, messages: [{ id: WAMID, message_status: 'paused' }] }, { outcome: 'refused', code: 'META_PAUSED', retry: false, stopTemplate: true }],
		['taken without an id', 200, {}, { outcome: 'unknown', code: 'HTTP_200' }],
		['an error page of a server', 502, '<html>Bad gateway</html>', { outcome: 'unknown', code: 'HTTP_502' }],
		['an error of a server with a code', 500, graphError(131016), { outcome: 'down', code: 'META_131016', backOff: true }],
		['no permission, without a code', 403, 'Forbidden', { outcome: 'down', code: 'HTTP_403', alert: true }],
		['too fast, without a code', 429, '', { outcome: 'down', code: 'HTTP_429', backOff: true }],
		['a refusal without a code', 404, '', { outcome: 'refused', code: 'HTTP_404', retry: false }],
		['a redirect', 302, '', { outcome: 'unknown', code: 'HTTP_302' }],
	])('%s', async (_, status, body, delivery) => {
		meta().post(PATH).reply(status, body);
		expect(await channel.send(message())).toEqual(delivery);
	});

	it.each([['a cut connection, which may have carried the message', 'ECONNRESET', { outcome: 'unknown', code: 'ECONNRESET' }], ['nobody there', 'ECONNREFUSED', { outcome: 'down', code: 'ECONNREFUSED' }]])('%s', async (_, code, delivery) => {
		meta().post(PATH).replyWithError(Object.assign(new Error('cut'), { code }));
		expect(await channel.send(message())).toEqual(delivery);
	});

	it('no answer in time', async () => {
		const slow = whatsAppChannel(SETTINGS, async () => { throw new NoAnswer('ETIMEDOUT', true); });
		expect(await slow.send(message())).toEqual({ outcome: 'unknown', code: 'ETIMEDOUT' });
		const broken = whatsAppChannel(SETTINGS, async () => { throw new TypeError('a mistake of ours'); });
		await expect(broken.send(message())).rejects.toThrow('a mistake of ours');
	});
});

/** RULES, table of errors, row by row; then what Meta's page says of the others. */
const TABLE: Array<[codes: number[], delivery: object]> = [
	[[131026], { outcome: 'refused', retry: false, unreachable: true }],
	[[131047, 470], { outcome: 'refused', retry: false }],
	[[131049], { outcome: 'refused', retry: true, afterMinutes: 1440 }],
	[[131050], { outcome: 'refused', retry: false, withdraw: true }],
	[[130472], { outcome: 'refused', retry: false }],
	[[131048, 368], { outcome: 'down', alert: true }],
	[[130429, 80007], { outcome: 'down', backOff: true }],
	[[131056], { outcome: 'refused', retry: true, afterMinutes: 1 }],
	[[132000, 132001, 132005, 132007, 132012, 132015, 132016], { outcome: 'refused', retry: false, stopTemplate: true }],
	[[0, 3, 10, 33, 104, 190, 200, 299, 131005, 131031, 131037, 131042, 131045, 131064, 133006, 133010, 134011], { outcome: 'down', alert: true }],
	[[2, 4, 131016, 131057, 133004], { outcome: 'down', backOff: true }],
	[[131000], { outcome: 'refused', retry: true }],
	[[130497], { outcome: 'refused', retry: false, unreachable: true }],
	[[131063, 132018, 132068, 132069], { outcome: 'refused', retry: false, stopTemplate: true }],
	// No row holds these: only their message is stopped.
	[[1, 100, 130403, 131008, 131009, 131021, 131051, 131053, 132017, 135000, 999999], { outcome: 'refused', retry: false }],
];

describe('the table of errors', () => {
	it.each(TABLE.flatMap(([codes, delivery]) => codes.map((code) => [code, delivery] as const)))('%i', async (code, delivery) => {
		meta().post(PATH).reply(400, graphError(code));
		expect(await channel.send(message())).toEqual({ ...delivery, code: `META_${code}` });
	});

	it('tries once more after Meta\'s own limit for a person, and no third time', () => {
		expect(whatsAppFailure(131049, 1)).toMatchObject({ retry: true, afterMinutes: 1440 });
		expect(whatsAppFailure(131049, 2)).toEqual({ outcome: 'refused', code: 'META_131049', retry: false });
	});

	it('has no row that another one hides, and none that is not tested', () => {
		const tested = TABLE.flatMap(([codes]) => codes);
		for (const [index, [from, to]] of WHATSAPP_ERRORS.entries()) {
			expect(from).toBeLessThanOrEqual(to);
			expect(WHATSAPP_ERRORS.findIndex(([first, last]) => from >= first && from <= last)).toBe(index);
			expect(tested.filter((code) => code >= from && code <= to)).not.toEqual([]);
		}
	});
});

import { startWhatsAppStandin, type WhatsAppStandin } from '../../../demo/standins/whatsApp';
import { whatsAppAccount, whatsAppTemplates } from '../../../lib/store/whatsApp/whatsAppAccount';
import { saveOwnTemplate } from '../../../lib/store/ownTemplates';
import { OpticalWhatsAppCloudApi } from '../../../credentials/OpticalWhatsAppCloudApi.credentials';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode } from '../../support/runNode';
import { failure, NOW, openShop, type TestShop } from '../support/shop';

const SOURCE = `---
id: order.ready
version: 1
channel: whatsapp
class: service
purpose: service
intent: institutional
locale: it
mayHoldOffer: false
whatsApp: { name: ordine_pronto, category: UTILITY }
variables:
  customer.firstName: { type: text, required: true, example: Giulia }
  customer.formality: { type: formality, required: true, example: lei }
  shop.name: { type: text, required: true, example: Ottica Prova }
---
Buongiorno {{customer.firstName}}, {{#if (eq customer.formality "lei")}}i suoi occhiali sono pronti da {{shop.name}}: la aspettiamo in negozio.{{else}}i tuoi occhiali sono pronti da {{shop.name}}: ti aspettiamo in negozio.{{/if}}`;

let shop: TestShop;
let meta: WhatsAppStandin;
beforeEach(async () => {
	shop = await openShop();
	meta = await startWhatsAppStandin();
	await saveOwnTemplate(shop.store, { id: 'order.ready', channel: 'whatsapp', language: 'it' }, SOURCE, 'chiara', NOW);
});
afterEach(async () => {
	await meta.stop();
	await shop.close();
});

const run = async (operation: string, parameters: object = {}, credential: object = {}) => {
	const { url, accessToken, phoneNumberId, wabaId } = meta;
	const opticalWhatsAppCloudApi = { baseUrl: url, version: 'v26.0', accessToken, phoneNumberId, wabaId, ...credential };
	const [output] = await runNode(OpticalCrm, { parameters: { resource: 'whatsApp', operation, ...parameters }, credentials: { ...shop.credentials, opticalWhatsAppCloudApi } });
	return output.map(({ json }) => json);
};

it('tells how the number stands, keeps it, and says what is to be looked at', async () => {
	expect(await run('getAccount')).toMatchObject([{ quality: 'GREEN', state: 'CONNECTED', limit: 250, phoneNumber: '+390550000000', verifiedName: 'Ottica', alerts: [] }]);
	Object.assign(meta.account, { quality_rating: 'RED', whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED' });
	expect(await run('getAccount')).toMatchObject([{ quality: 'RED', limit: 'unlimited', alerts: ['RED'] }]);
	expect(await whatsAppAccount(shop.store)).toEqual({ wabaId: meta.wabaId, phoneNumberId: meta.phoneNumberId, quality: 'RED', state: 'CONNECTED', limit: 'unlimited', fetchedAt: NOW });
});

it('fetches all templates, page by page, with what is to be looked at and what does not fit ours', async () => {
	for (let index = 0; index < 450; index++) await meta.setTemplate({ name: `altro_${String(index).padStart(3, '0')}`, ...(index === 7 && { status: 'PAUSED', quality_score: { score: 'RED' } }) });
	await meta.setTemplate({ name: 'ordine_pronto_lei', category: 'MARKETING', components: [{ type: 'BODY', text: 'Buongiorno {{customer_first_name}}, i suoi occhiali sono pronti da {{shop_name}} e basta.' }] });
	const found = (await run('syncTemplates')).filter(({ templateId = 'order.ready', language }) => templateId === 'order.ready' && language === 'it');
	expect(found).toHaveLength(452);
	expect(found[7]).toMatchObject({ name: 'altro_007', state: 'PAUSED', quality: 'RED', alerts: ['RED', 'PAUSED'], problems: [] });
	expect(found[450]).toMatchObject({ name: 'ordine_pronto_lei', bodyParameters: ['customer_first_name', 'shop_name'], problems: ['CATEGORY: MARKETING there, UTILITY here'] });
	expect(found[451]).toMatchObject({ name: 'ordine_pronto_tu', state: 'MISSING', templateId: 'order.ready', problems: ['MISSING'] });
	expect(await whatsAppTemplates(shop.store)).toHaveLength(451);
	await meta.setTemplate({ name: 'ordine_pronto_lei', category: 'UTILITY', components: [{ type: 'BODY', text: 'Buongiorno, i suoi occhiali sono pronti.' }] });
	expect((await run('syncTemplates'))[450]).toMatchObject({ problems: ['MISMATCH: the body takes nothing there, customer_first_name, shop_name here'] });
});

it('shows a template as Meta wants it, and submits what Meta does not have', async () => {
	const chosen = { templateId: 'order.ready', language: 'it' };
	const [{ definitions }] = await run('getDefinition', chosen);
	expect(definitions).toMatchObject([{ name: 'ordine_pronto_lei', parameter_format: 'NAMED' }, { name: 'ordine_pronto_tu' }]);
	await meta.setTemplate({ name: 'ordine_pronto_tu', category: 'UTILITY' });
	expect(await run('submitTemplate', chosen)).toMatchObject([{ templateId: 'order.ready', templates: [{ name: 'ordine_pronto_lei', submitted: true, state: 'PENDING', category: 'UTILITY' }, { name: 'ordine_pronto_tu', submitted: false, state: 'APPROVED' }] }]);
	expect(meta.templates).toHaveLength(2);
	expect(meta.templates[1]).toMatchObject({ name: 'ordine_pronto_lei', status: 'PENDING', parameter_format: 'NAMED', components: (definitions as Array<{ components: object[] }>)[0].components });
	// A second time nothing is submitted.
	expect(await run('submitTemplate', chosen)).toMatchObject([{ templates: [{ submitted: false }, { submitted: false }] }]);
});

it('shows a template with a picture on top, and says how it comes to Meta', async () => {
	const source = SOURCE.replace('category: UTILITY }', 'category: UTILITY, media: { kind: image, link: "https://ottica.example/vetrina.jpg" } }');
	await saveOwnTemplate(shop.store, { id: 'order.ready', channel: 'whatsapp', language: 'it' }, source, 'Chiara', NOW);
	const chosen = { templateId: 'order.ready', language: 'it' };
	expect(await run('getDefinition', chosen)).toMatchObject([{ definitions: [{ components: [{ type: 'HEADER', format: 'IMAGE' }, { type: 'BODY' }] }, {}] }]);
	expect(await failure(run('submitTemplate', chosen))).toMatchObject({ message: expect.stringContaining('sample of the image of ordine_pronto_lei'), description: expect.stringContaining('WhatsApp Manager') });
	expect(meta.templates).toEqual([]);
	for (const name of ['ordine_pronto_lei', 'ordine_pronto_tu']) await meta.setTemplate({ name, category: 'UTILITY', components: [{ type: 'HEADER', format: 'IMAGE' }] });
	expect(await run('submitTemplate', chosen)).toMatchObject([{ templates: [{ submitted: false }, { submitted: false }] }]);
});

it('says in Meta\'s own words what went wrong, and how to go on', async () => {
	expect(await failure(run('getAccount', {}, { accessToken: 'expired' }))).toMatchObject({ message: expect.stringContaining('Your access token has expired'), description: expect.stringContaining('Make a new access token') });
	expect(await failure(run('syncTemplates', {}, { baseUrl: 'http://127.0.0.1:1' }))).toMatchObject({ message: 'The state of the number could not be fetched: Meta gave no answer', description: expect.stringContaining('ECONNREFUSED: check the base URL') });
	expect(await failure(run('syncTemplates', {}, { version: 'latest' }))).toMatchObject({ message: expect.stringContaining('Unknown path components') });
	expect(await failure(run('getDefinition', { templateId: 'nothing' }))).toMatchObject({ message: expect.stringContaining('There is no template "nothing"') });
});

it('is tested by asking for the number, with the token', () => {
	const { test, authenticate } = new OpticalWhatsAppCloudApi();
	expect(test.request).toMatchObject({ url: '=/{{ $credentials.version }}/{{ $credentials.phoneNumberId }}' });
	expect(authenticate.properties.headers).toEqual({ Authorization: '=Bearer {{ $credentials.accessToken }}' });
});

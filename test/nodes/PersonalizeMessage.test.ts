import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { verifyRefusal } from '../../lib/consent/refusalLink';
import { verifySurvey } from '../../lib/consent/surveyLink';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import { saveOwnTemplate } from '../../lib/store/ownTemplates';
import { saveShop, type ShopChanges } from '../../lib/store/shops';
import { loadOptions, runNode, type NodeRun } from '../support/runNode';
import { countStatements, SECRET } from '../support/store';
import { failure, items, NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const write = async (run: NodeRun) => await runNode(PersonalizeMessage, { credentials: shop.credentials, ...run });
const textOf = (item: CrmItem) => item.message as ItemMessage;
const changeShop = async (changes: ShopChanges) => await saveShop(shop.store.db, 'main', changes, NOW);

it('writes subject, text and HTML with salutation, shop, and a link that refuses for this very person', async () => {
	const [id] = await shop.customers(1, { firstName: 'Niccolò', lastName: "D'Amico", sex: 'M' });
	const [output] = await write({ items: await shop.allowed() });
	const message = textOf(items(output)[0]);
	expect(message).toMatchObject({ channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1 });
	expect(message.subject).toContain('auguri');
	expect(message.text).toMatch(/D'Amico|Niccolò/);
	expect(message.text).toContain('Ottica Prova');
	expect(message.html).toContain('Ottica Prova');
	expect(message.text).toContain(message.refusalUrl);
	const token = new URL(message.refusalUrl as string).searchParams.get('t');
	expect(verifyRefusal(token, SECRET, 'main')).toMatchObject({ shopCode: 'main', customerId: id, channel: 'email', purpose: 'marketing' });
	expect(output[0].pairedItem).toEqual({ item: 0 });
});

it('gives a survey the link of this very occasion, and a preview none that answers for somebody', async () => {
	const [id] = await shop.customers(1);
	const [item] = await shop.allowed();
	const asking = { ...item, occasion: { ...item.occasion, kind: 'survey' }, decision: { ...item.decision, purpose: 'survey' } } as unknown as CrmItem;
	const [output] = await write({ items: [asking] });
	const link = /https:\/\/\S+\?s=\S+/.exec(textOf(items(output)[0]).body)?.[0] as string;
	expect(verifySurvey(new URL(link).searchParams.get('s'), SECRET)).toEqual({ shopCode: 'main', customerId: id, occasionId: item.occasion.id });
	const [[{ json }]] = await write({ items: [asking], parameters: { output: 'preview' } });
	expect(JSON.stringify(json.preview)).not.toContain('?s=');
});

it('keeps what it does not know', async () => {
	await shop.customers(1);
	const [item] = await shop.allowed();
	const [[{ json, binary }]] = await write({ input: [{ json: { ...item, segments: ['gold'] } as never, binary: { card: { data: 'AAAA', mimeType: 'image/png' } } }] });
	expect(json).toMatchObject({ ...item, segments: ['gold'] });
	expect(binary).toHaveProperty('card');
});

it("writes in the customer's language, and as the shop addresses its customers where nothing else is known", async () => {
	await shop.customers(1, { language: 'en' });
	await shop.customers(1);
	await changeShop({ formality: 'tu' });
	const [english, { customer: { id, firstName, lastName }, ...rest }] = await shop.allowed();
	const [output] = await write({ items: [english, { ...rest, customer: { id, firstName, lastName } }] });
	expect(items(output).map((item) => textOf(item).language)).toEqual(['en', 'it']);
	expect(textOf(items(output)[1]).text).toMatch(/\btuo\b|\bti\b/);
});

it('takes the template that is chosen, also by an expression for each item', async () => {
	await shop.customers(2);
	const [first, second] = await shop.allowed();
	const given = [{ ...first, wanted: 'birthday' }, { ...second, wanted: 'christmas' }];
	const [output] = await write({ items: given, parameters: { template: '={{ $json.wanted }}' }, goesOn: true });
	expect(textOf(items(output)[0]).templateId).toBe('birthday');
	expect(output[1].json.error).toMatchObject({ message: expect.stringContaining('There is no template "christmas"') });
	expect(await loadOptions(PersonalizeMessage, 'getTemplates')).toEqual(expect.arrayContaining([{ name: 'birthday', value: 'birthday' }]));
});

describe('an item that cannot be written', () => {
	type Wrong = [string, (item: CrmItem) => object, RegExp, RegExp];
	const wrong: Wrong[] = [
		['was never checked', ({ decision, ...item }) => item, /decision\.class is missing/, /Consent Check before this node.*Allowed/],
		['was blocked', (item) => ({ ...item, decision: { ...item.decision, contactPointId: undefined } }), /decision\.contactPointId is missing/, /Allowed/],
		['has no template', (item) => ({ ...item, occasion: { ...item.occasion, kind: 'campaign.estate' } }), /There is no template "campaign\.estate"/, /Choose one of these: .*birthday/],
		['is of another class than was checked', (item) => ({ ...item, decision: { ...item.decision, class: 'promotional' } }), /relational message, but consent was checked for a promotional/, /same class/],
		['lacks a name', (item) => ({ ...item, customer: { ...item.customer, firstName: '' } }), /needs customer\.firstName, which is missing/, /Fill in customer\.firstName/],
		['lacks a fact of its occasion', (item) => ({ ...item, occasion: { ...item.occasion, daysLate: undefined } }), /occasion\.daysLate/, /occasion\.daysLate/],
	];

	it.each(wrong)('%s: says which item and how to mend it', async (_, spoil, message, howToGoOn) => {
		await shop.customers(2);
		const [first, second] = await shop.allowed();
		const error = await failure(write({ items: [first, spoil(second)] }));
		expect(error).toEqual({ message: expect.stringMatching(message), description: expect.stringMatching(howToGoOn), item: 1 });
		expect(error.message).toMatch(/^Item 1: /);
	});

	it.each(wrong)('%s: the others go on', async (_, spoil, message) => {
		await shop.customers(2);
		const [first, second] = await shop.allowed();
		const [output] = await write({ items: [spoil(first), second], goesOn: true });
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 0 }]);
		expect(textOf(items(output)[0]).text).toContain('Ottica Prova');
		expect(output[1].json).toMatchObject({ customer: { id: first.customer.id }, error: { message: expect.stringMatching(message) } });
	});
});

it('says what the shop still lacks', async () => {
	await shop.customers(1);
	const given = await shop.allowed();
	await changeShop({ customerPageUrl: '' });
	expect(await failure(write({ items: given }))).toMatchObject({
		message: expect.stringContaining('no customer page'),
		description: expect.stringContaining('Customer Page URL'),
	});
	await changeShop({ customerPageUrl: 'https://n8n.example/webhook/customer', email: '', phone: '', street: '' });
	expect(await failure(write({ items: given }))).toMatchObject({
		message: expect.stringContaining('contact'),
		description: expect.stringMatching(/phone|e-mail/),
	});
});

it('shows a preview with remarks, also where no consent was checked yet, and nothing that could be queued', async () => {
	const [id] = await shop.customers(1);
	const [item] = await shop.due();
	const [[{ json }]] = await write({ items: [item], parameters: { output: 'preview' } });
	expect(json).not.toHaveProperty('message');
	expect(json).toMatchObject({ customer: { id }, preview: { templateId: 'birthday', subject: expect.any(String), text: expect.stringContaining('Ottica Prova'), html: expect.stringContaining('<html'), remarks: [] } });
	const source = `---\nid: birthday\nchannel: email\nclass: relational\npurpose: marketing\nintent: qualifying\nlocale: it\nmayHoldOffer: false\nsubject: ${'Auguri da tutti noi '.repeat(5)}\nvariables: {}\n---\nAuguri.`;
	await saveOwnTemplate(shop.store, { id: 'birthday', channel: 'email', language: 'it' }, source, 'Chiara', NOW);
	const [[{ json: plain }]] = await write({ items: [item], parameters: { output: 'preview' } });
	expect((plain.preview as unknown as { remarks: Array<{ code: string }> }).remarks.map(({ code }) => code)).toEqual(['SUBJECT_LONG', 'PREHEADER_MISSING', 'NOT_PERSONAL']);
});

it('does not ask the database for each item', async () => {
	await shop.customers(5);
	const five = await shop.allowed();
	const few = await countStatements(async () => await write({ items: five }));
	await shop.customers(500);
	const many = await shop.allowed();
	expect(many).toHaveLength(500);
	expect(await countStatements(async () => await write({ items: many }))).toBe(few);
});

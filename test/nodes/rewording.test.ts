import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { StaffDeskTrigger } from '../../nodes/StaffDeskTrigger/StaffDeskTrigger.node';
import type { ConsentPolicy } from '../../lib/domain/consentPolicy';
import type { CrmItem, ItemMessage } from '../../lib/domain/item';
import { contentHash } from '../../lib/messages/hash';
import type { Said } from '../../lib/messages/rewording/model';
import { eraseCustomers } from '../../lib/store/erasing/eraseCustomers';
import { exportCustomer } from '../../lib/store/customers/exportCustomer';
import { messageHistory } from '../../lib/store/messageHistory';
import { messageDetail, type ReviewMessageDetail } from '../../lib/store/review';
import { saveOwnTemplate } from '../../lib/store/ownTemplates';
import { saveShop } from '../../lib/store/shops';
import { elementsOf } from '../lib/web/markup';
import { runNode, type NodeRun } from '../support/runNode';
import { items, NOW, openShop, type TestShop } from './support/shop';
import { PASSWORD, Visitor } from './support/visitor';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

/** A model that changes one sentence of the birthday greeting, and remembers what it was asked. */
function goodModel() {
	const asked: string[] = [];
	return { asked, model: 'test-model', invoke: async (said: Said[]) => (asked.push(said.map(([, text]) => text).join('\n')), { content: textIn(said).replace(FROM, TO) }) };
}
const FROM = 'e non volevamo lasciarlo passare senza farle gli auguri';
const TO = 'e gli auguri volevamo farglieli noi per primi';
const textIn = ([, [, task]]: Said[]) => task.split('\n\n').slice(1).join('\n\n');

const reworded = async (items: readonly object[], model: NodeRun['model'], changes: NodeRun = {}) =>
	await runNode(PersonalizeMessage, { credentials: shop.credentials, items, model, ...changes, parameters: { reword: true, ...changes.parameters } });
const messages = async (items_: readonly object[], model: NodeRun['model'], changes: NodeRun = {}) => items((await reworded(items_, model, changes))[0]).map(({ message }) => message as ItemMessage);
const policy = async (changes: Partial<ConsentPolicy>) => await saveShop(shop.store.db, 'main', { policy: changes }, NOW);
/** The greeting says "today" only to whom may see that it is today. */
const openPolicy = async () => await policy({ modelMaySee: ['occasion.daysLate'] });

it('words a message anew, with all that was hidden filled in, in subject, text and HTML as ever', async () => {
	await openPolicy();
	await shop.customers(1, { firstName: 'Zenobia', lastName: 'Quattrocchi' });
	const allowed = await shop.allowed();
	const [{ message: before }] = (await shop.written(allowed)) as Array<{ message: ItemMessage }>;
	const model = goodModel();
	const hints: string[] = [];
	const [after] = await messages(allowed, () => model, { hints });
	expect(before.body).toContain(FROM);
	expect(after.rewording).toEqual({ original: before.body, model: 'test-model', at: NOW });
	expect(after.body).toBe(before.body.replace(FROM, TO));
	expect(after.text).toBe(before.text.replace(FROM, TO));
	expect(after.html).toContain(TO);
	expect(after).toMatchObject({ subject: before.subject, preheader: before.preheader, templateId: 'birthday' });
	expect(hints).toEqual(['The language model was asked 1 times; 1 of 1 texts were reworded.']);
});

it('lets nothing of the person out, nor what the shop did not allow', async () => {
	await shop.customers(1, { firstName: 'Zenobia', lastName: 'Quattrocchi', title: 'Dott.ssa' });
	const model = goodModel();
	const allowed = await shop.allowed();
	await messages(allowed, () => model);
	await openPolicy();
	await messages(allowed, () => model);
	expect(model.asked).toHaveLength(2);
	expect(model.asked.join()).not.toMatch(/Zenobia|Quattrocchi|Dott|Ottica Prova|novembre|https?:|Chiara/);
	const [strict, open] = model.asked;
	expect(strict).not.toContain('compleanno');
	expect(strict).toContain('[[occasion.daysLate]]');
	expect(open).toContain('oggi è il suo compleanno');
});

it('asks once where the texts are the same, and no more than it may', async () => {
	await openPolicy();
	await shop.customers(3);
	const allowed = await shop.allowed();
	const model = goodModel();
	const hints: string[] = [];
	const all = await messages(allowed, () => model, { hints });
	expect(model.asked).toHaveLength(1);
	expect(all.every(({ rewording }) => rewording !== undefined)).toBe(true);
	expect(hints[0]).toContain('asked 1 times; 3 of 3');
	const none = await messages(allowed, () => model, { hints, parameters: { rewordingOptions: { mostCalls: 0 } } });
	expect(none.map(({ notReworded }) => notReworded?.reason)).toEqual(['CALLS_USED_UP', 'CALLS_USED_UP', 'CALLS_USED_UP']);
	expect(hints[1]).toContain('asked 0 times; 0 of 3 texts were reworded. Why others were not: CALLS_USED_UP.');
});

describe('the template\'s own text stays, and nothing fails', () => {
	const bad: Array<[string, NodeRun['model'], string]> = [
		['without a model', undefined, 'NO_MODEL'],
		['where the model node cannot be used', () => { throw new Error('no credential'); }, 'NO_MODEL'],
		['where the model fails', () => ({ invoke: async () => { throw new Error('quota of Zenobia'); } }), 'NO_ANSWER'],
		['where it says nothing', () => ({ invoke: async () => ({ content: '' }) }), 'EMPTY_ANSWER'],
		['where it makes an offer', () => ({ invoke: async (said: Said[]) => ({ content: textIn(said).replace('Un caro saluto', 'Con uno sconto del 20%, un caro saluto') }) }), 'NUMBERS'],
		['where it leaves the name out', () => ({ invoke: async (said: Said[]) => ({ content: textIn(said).replace(/\[\[customer\.\w+\]\]/, 'cliente') }) }), 'PLACEHOLDERS'],
	];

	it.each(bad)('%s', async (_, model, reason) => {
		await openPolicy();
		await shop.customers(1);
		const allowed = await shop.allowed();
		const [{ message: before }] = (await shop.written(allowed)) as Array<{ message: ItemMessage }>;
		const [after] = await messages(allowed, model);
		const { notReworded, ...rest } = after;
		expect(rest).toEqual(before);
		expect(notReworded).toEqual({ reason, remark: expect.stringContaining('template\'s own') });
		expect(JSON.stringify(after)).not.toContain('Zenobia');
		const [queued] = await shop.queued([{ ...allowed[0], message: after }]);
		expect(queued.message).toMatchObject({ state: 'pending' });
		expect((await messageDetail(shop.store, queued.message?.id as number))?.rewording).toBeUndefined();
	});

	it('where the answer would cost more SMS, or forgets how to refuse', async () => {
		await policy({ modelMaySee: ['occasion.daysLate', 'shop.name'] });
		await shop.customers(1, { consents: [{ channel: 'sms', purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }] });
		const [item] = await shop.due();
		const source = (body: string) => `---\nid: birthday\nchannel: sms\nclass: relational\npurpose: marketing\nintent: qualifying\nlocale: it\nmayHoldOffer: false\nvariables:\n  customer.name: { type: text, required: true, example: Sig.ra Conti }\n---\n${body}`;
		await saveOwnTemplate(shop.store, { id: 'birthday', channel: 'sms', language: 'it' }, source('{{customer.name}}, tanti auguri da tutti noi per una bella giornata!'), 'Chiara', NOW);
		const model = { invoke: async (said: Said[]) => ({ content: textIn(said).replace('bella giornata', 'giornata bellissima, ã') }) };
		const [[{ json }]] = await reworded([item], () => model, { parameters: { output: 'preview', channel: 'sms' } });
		expect(json.preview).toMatchObject({ body: expect.stringContaining('bella giornata'), notReworded: { reason: 'SMS_SEGMENTS' }, remarks: expect.arrayContaining([{ code: 'NOT_REWORDED', remark: expect.any(String) }]) });
	});

	it('of a WhatsApp template, which Meta has approved', async () => {
		await shop.customers(1);
		const [item] = await shop.due();
		const model = goodModel();
		const [[{ json }]] = await reworded([item], () => model, { parameters: { output: 'preview', channel: 'whatsapp' } });
		expect(json.preview).toMatchObject({ channel: 'whatsapp', notReworded: { reason: 'FIXED_TEXT' } });
		expect(model.asked).toEqual([]);
	});

	it('where nobody asked for other words: no model is looked for, and the item says nothing of it', async () => {
		await openPolicy();
		await shop.customers(1);
		const [message] = await messages(await shop.allowed(), () => { throw new Error('not to be asked'); }, { parameters: { reword: false } });
		expect(message).not.toHaveProperty('notReworded');
		expect(message).not.toHaveProperty('rewording');
	});
});

describe('at the Desk', () => {
	const run = (): NodeRun => ({ credentials: { ...shop.credentials, opticalCrmDeskApi: { accounts: { account: [{ name: 'chiara', password: PASSWORD }] } } } });
	let item: CrmItem;
	let browser: Visitor;
	const id = () => item.message?.id as number;
	const detail = async () => (await messageDetail(shop.store, id())) as ReviewMessageDetail;
	const page = async () => elementsOf((await browser.get(`?view=message&id=${id()}`)).body);

	beforeEach(async () => {
		await openPolicy();
		await shop.customers(1);
		const allowed = await shop.allowed();
		[item] = await shop.queued(items((await reworded(allowed, goodModel))[0]));
		browser = new Visitor(run());
		await browser.logIn();
		await browser.get('?view=approve');
	});

	it('the staff see that and what a model has changed, and approve the new text', async () => {
		expect(StaffDeskTrigger).toBeDefined();
		expect(browser.reply.body).toContain('Riscritto dall’AI');
		const shown = await page();
		const texts = (name: string) => shown.filter((element) => element.name === name).map(({ text }) => text.trim()).join(' ');
		expect(texts('del')).toMatch(/lasciarlo passare senza/);
		expect(texts('ins')).toMatch(/farglieli noi per/);
		const output = await browser.decide('approve');
		expect(output).toMatchObject([{ json: { message: { id: id(), state: 'approved' } } }]);
		expect(await detail()).toMatchObject({ state: 'approved', body: expect.stringContaining(TO), rewording: { original: expect.stringContaining(FROM), model: 'test-model', at: NOW } });
	});

	it('the staff take the shop\'s own text back, and approve that', async () => {
		await page();
		const stale = { message: browser.field('message'), csrf: browser.csrf };
		await browser.decide('useOriginal');
		expect(browser.reply).toMatchObject({ status: 303, headers: { Location: expect.stringContaining('done=saved') } });
		const { body, text, html, subject, extra, recipient, contentHash: hash, rewording } = await detail();
		expect(body).toBe(rewording?.original);
		expect(body).toContain(FROM);
		for (const whole of [text, html]) expect(whole).toContain('senza farle gli auguri');
		expect(hash).toBe(contentHash({ recipient, channel: 'email', subject, text, html, extra }));
		expect((await messageHistory(shop.store.db, shop.store.shop.id, id())).at(-1)).toMatchObject({ to: 'pending', who: 'chiara', why: 'ORIGINAL_TEXT' });
		const shown = await page();
		expect(shown.filter(({ name, attributes }) => name === 'del' || attributes.value === 'useOriginal')).toEqual([]);
		expect(browser.reply.body).toContain('Ripreso il testo del negozio');
		// Whoever still looks at the page of before does nothing with it.
		expect((await browser.post({ ...stale, action: 'useOriginal' })).headers.Location).toContain('done=nothing');
		await page();
		expect(await browser.decide('approve')).toMatchObject([{ json: { message: { state: 'approved' } } }]);
	});

	it('no policy approves what a model has worded: it waits for the staff', async () => {
		await shop.customers(1, { code: 'other' });
		const other = (await shop.allowed()).filter(({ customer }) => customer.id !== item.customer.id);
		const [plain] = await shop.queued(await shop.written(other), 'policy');
		expect(plain.message).toMatchObject({ state: 'approved' });
		await shop.customers(1, { code: 'third' });
		const third = (await shop.allowed()).filter(({ customer }) => ![item.customer.id, plain.customer.id].includes(customer.id));
		const [waits] = await shop.queued(items((await reworded(third, goodModel))[0]), 'policy');
		expect(waits.message).toMatchObject({ state: 'pending', duplicate: false });
		expect(await shop.store.db.selectFrom('messages').select('approved_hash').where('id', '=', waits.message?.id as number).execute()).toEqual([{ approved_hash: null }]);
		expect(await messageHistory(shop.store.db, shop.store.shop.id, waits.message?.id as number)).toMatchObject([{ to: 'pending', who: 'workflow' }]);
	});

	it('a message without a rewording has no text to go back to', async () => {
		await shop.store.db.updateTable('messages').set({ rewording: null }).execute();
		const before = await detail();
		await page();
		expect((await browser.post({ csrf: browser.csrf, message: `${id()}:${before.contentHash}`, action: 'useOriginal' })).headers.Location).toContain('done=nothing');
		expect(await detail()).toEqual(before);
	});

	it('goes with the customer\'s data, and is erased with them', async () => {
		const { sections } = await exportCustomer(shop.store, item.customer.id, NOW);
		expect(sections.messages).toMatchObject([{ rewording: { original: expect.stringContaining(FROM), model: 'test-model' } }]);
		await eraseCustomers(shop.store, [item.customer.id], { reason: 'request', who: 'chiara' }, NOW);
		expect(await shop.store.db.selectFrom('messages').select(['body', 'rewording']).execute()).toEqual([{ body: '', rewording: null }]);
	});
});

it('refuses to let a model see what is somebody\'s own', async () => {
	await expect(policy({ modelMaySee: ['customer.firstName'] as never })).rejects.toThrow(/modelMaySee/);
	await expect(policy({ modelMaySee: 'occasion.stage' as never })).rejects.toThrow(/modelMaySee/);
	const { policyVersion = 0 } = await policy({});
	expect(await policy({ modelMaySee: ['occasion.stage'] })).toMatchObject({ policyVersion: policyVersion + 1, policy: { modelMaySee: ['occasion.stage'] } });
});

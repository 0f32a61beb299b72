import type { INodeParameters } from 'n8n-workflow';
import type { ItemMessage } from '../../../lib/domain/item';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { PersonalizeMessage } from '../../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { runNode, type NodeRun } from '../../support/runNode';
import { failure, items, openShop, TODAY, type TestShop } from '../support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const run = async (operation: string, parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'template', operation, who: 'Chiara', ...parameters }, ...more }))[0];
const written = async () => items((await runNode(PersonalizeMessage, { credentials: shop.credentials, items: await shop.allowed(await shop.due()) }))[0]).map(({ message }) => message as ItemMessage);
const source = (changes: { id?: string; body?: string; more?: string } = {}) => `---
id: ${changes.id ?? 'birthday'}
channel: email
class: relational
purpose: marketing
intent: qualifying
locale: it
mayHoldOffer: false
subject: Auguri, {{customer.firstName}}
${changes.more ?? ''}variables:
  customer.firstName: { type: text, required: true, example: Giulia }
  customer.lastName: { type: text, required: true, example: Conti }
  customer.title: { type: text, required: false, example: Dott.ssa }
  customer.sex: { type: sex, required: false, example: F }
  customer.formality: { type: formality, required: true, example: lei }
---
${changes.body ?? '{{> salutation}},\n\nla torta la portiamo noi.'}
`;

it("the shop's own text takes the place of the package's, and the message tells from its version which it was", async () => {
	await shop.customers(1);
	expect(await run('upsert', { source: source() })).toMatchObject([{ json: { id: 'birthday', channel: 'email', language: 'it', version: 10_001, class: 'relational', own: true } }]);
	const [message] = await written();
	expect(message).toMatchObject({ subject: 'Auguri, Giulia', templateId: 'birthday', templateVersion: 10_001 });
	expect(message.text).toContain('la torta la portiamo noi');
	expect(message.html).toContain('la torta la portiamo noi');
});

it("who withdraws it writes with the package's text again", async () => {
	await shop.customers(1);
	await run('upsert', { source: source() });
	expect(await run('remove', { templateId: 'birthday' })).toMatchObject([{ json: { version: 10_002, own: false } }]);
	expect((await written())[0]).toMatchObject({ templateVersion: 1 });
});

it('a campaign of the shop finds its own text', async () => {
	const [id] = await shop.customers(1);
	await run('upsert', { source: source({ id: 'campaign.sun' }) });
	const campaign = [{ customer: { id, firstName: 'Giulia', lastName: 'Conti' }, occasion: { kind: 'campaign.sun', dueOn: TODAY, stage: 1, class: 'relational' } }];
	const allowed = await shop.allowed(campaign as never);
	const [[{ json }]] = await runNode(PersonalizeMessage, { credentials: shop.credentials, items: allowed });
	expect(json.message).toMatchObject({ templateId: 'campaign.sun', templateVersion: 10_001 });
});

it('lists all texts with their sources, an own one in its place, ready to be changed and saved', async () => {
	const before = await run('getAll');
	const birthday = before.find(({ json }) => json.id === 'birthday' && json.channel === 'email' && json.language === 'it')?.json;
	expect(birthday).toMatchObject({ own: false, version: 1, source: expect.stringContaining('{{> salutation}}') });
	const changed = String(birthday?.source).replace('una bella giornata', 'una giornata bellissima');
	await run('upsert', { source: '={{ $json.source }}' }, { items: [{ source: changed }] });
	const after = await run('getAll');
	expect(after).toHaveLength(before.length);
	expect(after.find(({ json }) => json.id === 'birthday' && json.channel === 'email' && json.language === 'it')?.json).toEqual({ id: 'birthday', channel: 'email', language: 'it', version: 10_001, source: changed, own: true });
});

it.each([
	['no front matter', 'Auguri!', /there is no front matter/],
	['a class that does not fit its purpose', source().replace('purpose: marketing', 'purpose: recall'), /"purpose" should be marketing/],
	['a name that is not declared', source({ body: 'Ciao {{customer.nickname}}' }), /customer\.nickname/],
	['a helper that does not exist', source({ body: '{{shout customer.firstName}}' }), /shout/],
	['a field that is none', source({ more: 'colour: red\n' }), /"colour" is no field/],
])('refuses %s when it is saved, and keeps what was there', async (_, text, message) => {
	expect((await failure(run('upsert', { source: text }))).message).toMatch(message);
	expect(await shop.store.db.selectFrom('own_templates').select('id').execute()).toEqual([]);
	const [good, bad] = await run('upsert', { source: '={{ $json.text }}' }, { items: [{ text: source() }, { text }], goesOn: true });
	expect(good.json.version).toBe(10_001);
	expect(bad.json.error).toMatchObject({ message: expect.stringMatching(message) });
});

it('a language model may read the texts, and change none', async () => {
	expect((await run('getAll', {}, { asTool: true })).length).toBeGreaterThan(1);
	expect((await failure(run('upsert', { source: source() }, { asTool: true }))).message).toContain('not do "upsert"');
});

import { plusMinutes } from '../../../lib/domain/time';
import { customerFacts } from '../../../lib/store/facts';
import { applyDeliveries } from '../../../lib/store/replies/deliveries';
import { whatsAppTemplates } from '../../../lib/store/whatsApp/whatsAppAccount';
import { countStatements } from '../../support/store';
import { approved, at, BODY, clock, eachWithItsOwnMeta, events, meta, NOW, person, send, sync, test, USE } from './support';

eachWithItsOwnMeta();

it('sends an approved template, once, and hears what becomes of it', async () => {
	const [id] = await approved([await person('+393331234567')]);
	expect(await send()).toEqual(['sent']);
	expect(await send()).toEqual([]);
	expect(meta.messages).toMatchObject([{ to: '+393331234567', type: 'template', text: 'Buongiorno Giulia, i suoi occhiali sono pronti da Ottica Prova.', opaque: `ocrm-${id}-1` }]);
	const [{ id: providerId }] = meta.messages;
	for (const state of ['sent', 'delivered', 'read'] as const) expect(await meta.status(providerId, state)).toBe(200);
	expect(events).toMatchObject([{ state: 'sent', providerId, key: `ocrm-${id}-1`, rate: 'utility' }, { state: 'delivered' }, { state: 'read' }]);
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
		at(wait);
		expect(await send()).toEqual(['sent']);
		expect(meta.messages.filter(({ to }) => to === '+393331112223')).toHaveLength(2);
	});

	it('also where another process has sent the first, and where one of them is a free text', async () => {
		const id = await person('+393331112223');
		await test.store.db.insertInto('whatsapp_windows').values(await windowOf(id)).execute();
		const [free] = await approved([id], null);
		expect(await send([free])).toEqual(['sent']);
		at(plusMinutes(NOW, 10 / 60));
		const [template] = await approved([id]);
		expect(await send([template])).toEqual(['approved RETRY_LATER']);
		at(plusMinutes(NOW, 16 / 60));
		expect(await send([template])).toEqual(['sent']);
	});

	it('cost no statement each, but one for all that wait', async () => {
		const people: number[] = [];
		for (let count = 0; count < 8; count++) people.push(await person('+393331112223'));
		const [one, ...others] = await approved(people);
		const alone = await countStatements(async () => await send([one]));
		at(plusMinutes(NOW, 1));
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
		at(plusMinutes(later, -1));
		expect(await send()).toEqual([]);
		at(later);
		expect(await send()).toEqual(['sent']);
		expect(await fails()).toMatchObject([{ id, state: 'failed', code: 'META_131049' }]);
		expect(await row()).toMatchObject({ state: 'failed', attempts: 2, failure: 'META_131049' });
		at(plusMinutes(later, 2880));
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

/** The customer has just written from this number. */
async function windowOf(customerId: number) {
	const { address_hash } = await test.store.db.selectFrom('contact_points').select('address_hash').where('customer_id', '=', customerId).executeTakeFirstOrThrow();
	return { shop_id: test.store.shop.id, address_hash, last_message_at: NOW };
}

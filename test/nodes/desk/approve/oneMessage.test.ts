import { plusMinutes } from '../../../../lib/domain/time';
import { consentHistory } from '../../../../lib/store/consents';
import { endMessages } from '../../../../lib/store/endMessages';
import { recordTaken, takeApproved } from '../../../../lib/store/sending';
import { elementsOf } from '../../../lib/web/markup';
import { setClock } from '../../support/clock';
import { NOW, TODAY } from '../../support/shop';
import { act, BOTH, detail, eachInItsOwnShop, flashOf, idOf, lastOf, later, seen, shop, shownNames, staff, stateOf, waiting, YES } from './support';

eachInItsOwnShop();

describe('taking back', () => {
	it('brings an approved message back as long as it has not begun to leave', async () => {
		const [item] = await waiting();
		const browser = await staff({ undoSeconds: 1 });
		const started = act(browser, 'approve');
		expect(await started).toHaveLength(1);
		const undo = flashOf(browser).get('undo') as string;
		expect(undo).toBe(String(Date.parse(NOW)));
		expect(await takeApproved(shop.store.db, shop.store, { channels: ['email'], limit: 5, today: TODAY }, NOW)).toEqual([]);
		await browser.get(browser.reply.headers.Location);
		await act(browser, 'undo', { at: browser.field('at') });
		expect(flashOf(browser).get('done')).toBe('undone');
		expect(await stateOf(item)).toBe('pending');
		expect(await lastOf(item)).toMatchObject({ from: 'approved', to: 'pending', who: 'chiara', why: 'UNDONE' });
	});

	it('starts the workflow only with what was not taken back', async () => {
		await waiting(2);
		const browser = await staff({ undoSeconds: 1 });
		const shown = elementsOf(browser.reply.body).flatMap(({ attributes: { name, value } }) => (name === 'pick' ? [value as string] : []));
		const csrf = browser.csrf;
		const approving = [0, 1].map(async (place) => await act(await staff({ undoSeconds: 1 }), 'approve', { message: shown[place] }));
		while ((await shop.store.db.selectFrom('messages').selectAll().where('state', '=', 'approved').execute()).length < 2) await new Promise((resolve) => setImmediate(resolve));
		await browser.post({ action: 'undo', csrf, at: String(Date.parse(NOW)) });
		expect((await Promise.all(approving)).flat()).toEqual([]);
		expect(flashOf(browser).get('n')).toBe('2');
	});

	it('takes nothing back that has begun to leave, that somebody else decided, or that is long ago', async () => {
		const [one, two, three] = await waiting(3);
		const browser = await staff({ undoSeconds: 0.001 as number });
		await act(browser, 'approve', { message: await seen(one) });
		later(5);
		const now = new Date().toISOString();
		const [{ id }] = await takeApproved(shop.store.db, shop.store, { channels: ['email'], limit: 5, today: TODAY }, now);
		await recordTaken(shop.store.db, [{ id, to: 'sending', sendingUntil: plusMinutes(now, 2) }], now);
		await act(browser, 'undo', { at: String(Date.parse(NOW)) });
		expect(flashOf(browser).get('done')).toBe('nothing');
		expect(await stateOf(one)).toBe('sending');

		const at = String(Date.now());
		await act(browser, 'reject', { message: await seen(two), reason: 'other' });
		await act(await staff({}, 'marco'), 'undo', { at });
		expect(await stateOf(two)).toBe('rejected');
		await act(browser, 'undo', { at });
		expect(await stateOf(two)).toBe('pending');

		await act(browser, 'reject', { message: await seen(three), reason: 'other' });
		later(3600);
		await act(browser, 'undo', { at });
		expect(await stateOf(three)).toBe('rejected');
	});
});

describe('putting off', () => {
	it('hides a message until its day, and no longer', async () => {
		const [item] = await waiting();
		await shop.store.db.updateTable('messages').set({ expires_on: '2026-11-25' }).execute();
		const browser = await staff();
		await act(browser, 'putOff', { message: await seen(item), until: '2026-11-24' });
		expect(flashOf(browser).get('done')).toBe('putOff');
		await browser.get('?view=approve');
		expect(shownNames(browser)).toEqual([]);
		setClock('2026-11-24T08:00:00.000Z');
		const then = await staff();
		expect(shownNames(then)).toHaveLength(1);
	});

	it.each(['2026-11-22', '2026-11-21', '2026-11-26'])('refuses a day on which it is of no use (%s)', async (until) => {
		const [item] = await waiting();
		await shop.store.db.updateTable('messages').set({ expires_on: '2026-11-25' }).execute();
		const browser = await staff();
		await act(browser, 'putOff', { message: await seen(item), until });
		expect(flashOf(browser).get('done')).toBe('nothing');
		expect((await detail(item)).laterOn).toBeUndefined();
	});

	it('lets it expire all the same', async () => {
		const [item] = await waiting();
		await shop.store.db.updateTable('messages').set({ expires_on: '2026-11-23' }).execute();
		await act(await staff(), 'putOff', { message: await seen(item), until: '2026-11-23' });
		await endMessages(shop.store, '2026-11-24', '2026-11-24T08:00:00.000Z');
		expect(await stateOf(item)).toBe('expired');
	});
});

describe('looking', () => {
	it('shows what was typed as it would arrive, and stores nothing', async () => {
		const [item] = await waiting();
		const before = await detail(item);
		const browser = await staff();
		await browser.get(`?view=message&id=${idOf(item)}`);
		await act(browser, 'look', { subject: 'Ciao', body: 'Cara Giulia, le sue 2,50 diottrie sono pronte.' });
		expect(browser.reply).toMatchObject({ status: 200, items: [] });
		for (const words of ['Come verrebbe', 'Non è ancora salvato', 'verrebbe fermato', 'le sue 2,50 diottrie', 'formtarget="look"']) expect(browser.reply.body).toContain(words);
		const typed = { subject: browser.field('subject'), body: 'Cara <b>Giulia</b>' };
		await act(browser, 'lookMail', typed);
		expect(browser.reply.headers['Content-Security-Policy']).toContain('sandbox');
		expect(browser.reply.body).toContain('Cara &lt;b&gt;Giulia&lt;/b&gt;');
		expect(await detail(item)).toEqual(before);
	});

	it('counts an SMS', async () => {
		const [item] = await waiting(1, { contactPoints: [BOTH[1]], consents: [YES('sms')] }, ['sms']);
		const browser = await staff();
		await act(browser, 'look', { message: await seen(item), body: 'è'.repeat(200) });
		expect(browser.reply.body).toContain('Si paga come 2 SMS.');
		expect(browser.reply.body).toMatch(/2\d\d caratteri, GSM-7/);
	});
});

describe('another channel', () => {
	it('offers what the rules allow now, says why the others are not, and writes the text anew for the same occasion', async () => {
		const [item] = await waiting(1, { contactPoints: [...BOTH], consents: [YES('email'), YES('sms')] });
		const before = await detail(item);
		const browser = await staff();
		await browser.get(`?view=channels&id=${idOf(item)}`);
		const offered = elementsOf(browser.reply.body).flatMap(({ attributes: { name, value } }) => (name === 'channel' ? [value] : []));
		expect(offered).toEqual(['sms']);
		expect(browser.reply.body).toContain('Manca un recapito valido per questo canale.');
		await act(browser, 'changeChannel', { channel: 'sms' });
		expect(flashOf(browser).get('done')).toBe('otherChannel');
		const after = await detail(item);
		expect(after).toMatchObject({ state: 'pending', channel: 'sms', recipient: '+393331234567', templateId: 'birthday', subject: undefined, html: undefined, occasionId: before.occasionId });
		expect(after.text).toContain('Ottica Prova');
		expect(after.tried).toMatchObject([{ channel: 'sms', outcome: 'allow' }]);
		expect(await shop.store.db.selectFrom('messages').selectAll().execute()).toHaveLength(1);
		expect(await lastOf(item)).toMatchObject({ to: 'pending', who: 'chiara', why: 'OTHER_CHANNEL' });
		// What was approved is that text, and no other.
		await act(browser, 'approve', { message: `${idOf(item)}:${before.contentHash}` });
		expect(await stateOf(item)).toBe('pending');
		await act(browser, 'approve', { message: await seen(item) });
		expect(await stateOf(item)).toBe('approved');
	});

	it('takes none that the rules do not allow, whatever the form says', async () => {
		const [item] = await waiting(1, { contactPoints: [...BOTH] });
		const before = await detail(item);
		const browser = await staff();
		for (const channel of ['sms', 'letter', 'email']) {
			await act(browser, 'changeChannel', { message: await seen(item), channel });
			expect(flashOf(browser).get('done')).toBe('notOnChannel');
		}
		expect(await detail(item)).toEqual(before);
	});
});

describe('never again', () => {
	it('records what the person told the staff, with who took it down, and ends the message', async () => {
		const [item] = await waiting();
		const browser = await staff();
		await act(browser, 'never', { message: await seen(item), scope: 'purpose', note: 'Al banco, oggi' });
		expect(flashOf(browser).get('done')).toBe('never');
		expect(await stateOf(item)).toBe('rejected');
		const [record] = ((await consentHistory(shop.store, [item.customer.id])).get(item.customer.id) ?? []).slice(-1);
		expect(record).toMatchObject({ channel: 'any', purpose: 'marketing', status: 'withdrawn', source: 'desk', method: 'told-staff', operator: 'chiara', withdrawnHow: 'told-staff' });
		expect(await shop.allowed([item])).toEqual([]);
	});

	it('can mean everything, and then the addresses are kept from every purpose', async () => {
		const [item] = await waiting();
		await act(await staff(), 'never', { message: await seen(item), scope: 'all' });
		expect((await consentHistory(shop.store, [item.customer.id])).get(item.customer.id)?.at(-1)).toMatchObject({ channel: 'any', purpose: 'any', status: 'objected' });
		expect(await shop.store.db.selectFrom('suppressions').select(['purpose', 'reason']).execute()).toEqual([{ purpose: 'any', reason: 'objected' }]);
	});

	it('records nothing where somebody else has decided meanwhile', async () => {
		const [item] = await waiting();
		const message = await seen(item);
		await act(await staff({}, 'marco'), 'approve', { message });
		const records = (await consentHistory(shop.store, [item.customer.id])).get(item.customer.id);
		await act(await staff(), 'never', { message, scope: 'all' });
		expect((await consentHistory(shop.store, [item.customer.id])).get(item.customer.id)).toEqual(records);
		expect(await stateOf(item)).toBe('approved');
	});
});

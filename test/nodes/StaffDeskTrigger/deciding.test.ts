import { messageHistory } from '../../../lib/store/messageHistory';
import { PASSWORD } from '../support/visitor';
import { detail, eachInItsOwnShop, idOf, run, seen, shop, staff, stateOf, waiting } from './support';

eachInItsOwnShop();

describe('deciding', () => {
	it('approves what the person saw, and starts the workflow with it', async () => {
		const [item] = await waiting();
		const browser = await staff();
		const [output, ...others] = await browser.decide('approve');
		expect(others).toEqual([]);
		expect(output.json).toEqual({
			customer: { id: item.customer.id },
			occasion: { kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational' },
			message: { id: idOf(item), state: 'approved', channel: 'email', class: 'relational', templateId: 'birthday', templateVersion: 1 },
			desk: { decided: 'approved', by: 'chiara', at: '2026-11-22T08:00:00.000Z' },
		});
		expect(browser.reply).toMatchObject({ status: 303, headers: { Location: '?done=approved&n=1' } });
		expect(await messageHistory(shop.store.db, shop.store.shop.id, idOf(item))).toMatchObject([{ to: 'pending' }, { to: 'approved', who: 'chiara' }]);
	});

	it('approves many, and leaves those alone that somebody has edited meanwhile', async () => {
		const messages = await waiting(3);
		const pick = await Promise.all(messages.map(seen));
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		await two.get(`?view=message&id=${idOf(messages[0])}`);
		await two.decide('save', { subject: 'Auguri', body: 'Cara Giulia, auguri.' });
		const output = await one.post({ csrf: one.csrf, action: 'approvePicked', pick });
		expect(output.items).toHaveLength(2);
		expect(output.headers.Location).toBe('?done=approved&n=2&left=1');
		expect(await stateOf(messages[0])).toBe('pending');
	});

	it('tells the workflow of rejections where it wants to hear of them', async () => {
		await waiting(2);
		expect(await (await staff()).decide('reject', { reason: 'timing', note: 'torna a maggio' })).toEqual([]);
		const [output] = await (await staff({ parameters: { events: ['rejected'] } })).decide('reject', { reason: 'wording' });
		expect(output.json).toMatchObject({ message: { state: 'rejected' }, desk: { decided: 'rejected', by: 'chiara', reason: 'wording' } });
		expect(await (await staff({ parameters: { events: ['rejected'] } })).decide('approve')).toEqual([]);
	});

	it('lets one of two people win who decide at the same time', async () => {
		const [item] = await waiting();
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		const both = { parameters: { events: ['approved', 'rejected'], undoSeconds: 0 } };
		Object.assign(one, { run: run(both) });
		Object.assign(two, { run: run(both) });
		const outputs = await Promise.all([one.decide('approve'), two.decide('reject', { reason: 'other' })]);
		expect(outputs.flat()).toHaveLength(1);
		const { by, decided } = outputs.flat()[0].json.desk as { by: string; decided: string };
		expect(await stateOf(item)).toBe(decided);
		expect([one, two].map(({ reply }) => reply.headers.Location).sort()).toEqual([`?done=${decided}&n=1`, '?done=nothing&left=1'].sort());
		expect(by).toBe(decided === 'approved' ? 'chiara' : 'marco');
	});

	it('approves the edited text, with its footer and its refusal link', async () => {
		const [item] = await waiting();
		const before = await detail(item);
		const browser = await staff();
		await browser.get(`?view=message&id=${idOf(item)}`);
		const output = await browser.decide('saveAndApprove', { subject: 'Buon compleanno!', body: 'Cara Giulia,\r\n\r\nuna riga <b>scritta</b> a mano.' });
		expect(output).toMatchObject([{ json: { message: { id: idOf(item), state: 'approved' } } }]);
		const after = await detail(item);
		expect(after).toMatchObject({ state: 'approved', subject: 'Buon compleanno!', body: 'Cara Giulia,\n\nuna riga <b>scritta</b> a mano.' });
		expect(after.text).toContain('una riga <b>scritta</b> a mano.');
		expect(after.html).toContain('una riga &lt;b&gt;scritta&lt;/b&gt; a mano.');
		for (const part of [before.refusalUrl as string, 'Ottica Prova', 'Via Roma 1']) expect(after.text).toContain(part);
		const { approved_hash } = await shop.store.db.selectFrom('messages').select('approved_hash').executeTakeFirstOrThrow();
		expect(approved_hash).toBe(after.contentHash);
	});

	it('keeps what was typed where it cannot be saved', async () => {
		const [item] = await waiting();
		const [one, two] = [await staff(), await staff({}, 'marco', `${PASSWORD}-2`)];
		await one.get(`?view=message&id=${idOf(item)}`);
		await two.get(`?view=message&id=${idOf(item)}`);
		await two.decide('save', { subject: 'Di Marco', body: 'Il testo di Marco.' });
		await one.decide('saveAndApprove', { subject: 'Di Chiara', body: 'Il testo di Chiara.' });
		expect(one.reply).toMatchObject({ status: 409, items: [] });
		expect(one.reply.body).toContain('Il testo di Chiara.');
		expect(await detail(item)).toMatchObject({ state: 'pending', body: 'Il testo di Marco.' });
		await one.get(`?view=message&id=${idOf(item)}`);
		await one.decide('saveAndApprove', { subject: '', body: 'Senza oggetto' });
		expect(one.reply.body).toContain('Senza oggetto');
		expect(await stateOf(item)).toBe('pending');
	});

	it('takes down what became of an uncertain message', async () => {
		const [item] = await waiting();
		await shop.store.db.updateTable('messages').set({ state: 'uncertain' }).execute();
		const browser = await staff();
		await browser.get();
		expect(browser.reply.body).toContain(item.customer.lastName);
		expect((await browser.post({ csrf: browser.csrf, action: 'arrived', uncertain: String(idOf(item)) })).headers.Location).toContain('done=arrived');
		expect(await stateOf(item)).toBe('sent');
	});
});

import { saveExams } from '../../../../lib/store/records/exams';
import { elementsOf } from '../../../lib/web/markup';
import { countStatements } from '../../../support/store';
import { NOW } from '../../support/shop';
import type { Visitor } from '../../support/visitor';
import { act, BOTH, detail, eachInItsOwnShop, flashOf, idOf, later, seen, shop, shownNames, staff, stateOf, waiting, YES } from './support';

eachInItsOwnShop();

describe('all that match', () => {
	const approveAll = async (browser: Visitor, changes = {}) => await act(browser, 'approveAll', { of: browser.field('of'), claim: browser.field('claim'), read: 'yes', ...changes });

	it('asks for a sample first, then approves all of the filter in one go', async () => {
		await waiting(25);
		const browser = await staff({ events: ['approved'] });
		expect(browser.reply.body).toContain('Approva tutti i 25 che corrispondono…');
		await browser.get('?view=sample&kind=birthday');
		const texts = elementsOf(browser.reply.body).filter(({ name }) => name === 'article');
		expect(texts).toHaveLength(3);
		let started: unknown[] = [];
		expect(await countStatements(async () => void (started = await approveAll(browser)))).toBeLessThanOrEqual(5);
		expect(started).toHaveLength(25);
		expect(flashOf(browser).get('n')).toBe('25');
	});

	it('leaves what came or was changed since, what does not match, and what a model has worded', async () => {
		const [one, two, three] = await waiting(3, { lastName: 'Bianchi' });
		const [other] = await waiting(1, { lastName: 'Neri' });
		await shop.store.db.updateTable('messages').set({ rewording: '{"original":"x","at":"2026-11-22T07:00:00.000Z"}' }).where('id', '=', idOf(three)).execute();
		const browser = await staff();
		await browser.get('?view=sample&q=bian');
		expect(browser.reply.body).toContain('1 messaggio riscritto dall’intelligenza artificiale');
		const form = { of: browser.field('of'), claim: browser.field('claim') };
		later(10);
		await act(await staff({}, 'marco'), 'save', { message: await seen(two), subject: 'Altro', body: 'Un altro testo.' });
		const [late] = await waiting(1, { lastName: 'Bianchi' });
		await approveAll(browser, form);
		expect(await Promise.all([one, two, three, other, late].map(stateOf))).toEqual(['approved', 'pending', 'pending', 'pending', 'pending']);
	});

	it('believes no claim that was made for another filter or session, is old, or is made up, and nobody who has not read', async () => {
		const [item] = await waiting();
		const browser = await staff();
		await browser.get('?view=sample&kind=birthday');
		const form = { csrf: browser.csrf, action: 'approveAll', of: browser.field('of'), claim: browser.field('claim'), read: 'yes' };
		const marco = await staff({}, 'marco');
		for (const [visitor, changes] of [
			[browser, { of: '?view=approve' }], [browser, { claim: form.claim.replace(/^\d+/, '99999') }], [browser, { claim: '' }], [browser, { read: '' }], [marco, { csrf: marco.csrf }],
		] as const) {
			const reply = await visitor.post({ ...form, ...changes });
			expect([400, 409]).toContain(reply.status);
		}
		// Somebody looks in meanwhile: the session lasts, the sample does not.
		later(50 * 60);
		await browser.get();
		later(70 * 60);
		expect((await browser.post(form)).status).toBe(409);
		expect(await stateOf(item)).toBe('pending');
	});

	it('approves nothing whose last day has passed', async () => {
		const [item] = await waiting();
		const browser = await staff();
		await browser.get('?view=sample');
		const form = { of: browser.field('of'), claim: browser.field('claim') };
		await shop.store.db.updateTable('messages').set({ expires_on: '2026-11-21' }).execute();
		await approveAll(browser, form);
		expect(flashOf(browser).get('done')).toBe('nothing');
		expect(await stateOf(item)).toBe('pending');
	});
});

describe('the list', () => {
	it('is searched by the beginnings of names, and narrowed by kind, channel and text', async () => {
		await waiting(1, { firstName: 'Zoë', lastName: 'D’Ambrosi' });
		await waiting(1, { firstName: 'Anna', lastName: 'Conti', contactPoints: [BOTH[1]], consents: [YES('sms')] }, ['sms']);
		const browser = await staff();
		for (const [query, names] of [
			['q=ambr', ['Zoë D’Ambrosi']], ['q=ZOE+d', ['Zoë D’Ambrosi']], ['q=brosi', []], ['q=%25', ['Zoë D’Ambrosi', 'Anna Conti']], ['channel=email', ['Zoë D’Ambrosi']], ['channel=sms', ['Anna Conti']], ['q=con&channel=email', []],
			['template=birthday', ['Zoë D’Ambrosi', 'Anna Conti']], ['template=x', []], ['kind=birthday', ['Zoë D’Ambrosi', 'Anna Conti']], ['kind=recall.vision', []],
		] as const) {
			await browser.get(`?view=approve&${query}`);
			expect([query, shownNames(browser)]).toEqual([query, names]);
		}
	});

	it('asks the database a handful of times, whatever waits', async () => {
		await waiting(30);
		const browser = await staff();
		expect(await countStatements(async () => await browser.get('?view=approve&page=2'))).toBeLessThanOrEqual(4);
		expect(shownNames(browser)).toHaveLength(10);
		expect(Buffer.byteLength(browser.reply.body)).toBeLessThan(100_000);
	});
});

describe('the reason and the story', () => {
	it('tell what made the occasion due, and what happened lately', async () => {
		const [item] = await waiting();
		await saveExams(shop.store, [{ customerId: item.customer.id, takenOn: '2024-11-14', kind: 'vision' }], NOW);
		await shop.store.db.updateTable('occasions').set({ kind: 'recall.vision', since: '2024-11-14' }).execute();
		const browser = await staff();
		expect(browser.reply.body).toContain('Ultimo controllo della vista il 14 novembre 2024; Consenso dato il 3 febbraio 2023');
		await browser.get(`?view=message&id=${idOf(item)}`);
		expect(browser.reply.body).toContain('<time datetime="2024-11-14">14 novembre 2024</time> Controllo della vista');
		expect(browser.reply.body).toContain(`?view=customer&amp;id=${item.customer.id}`);
	});
});

describe('their voice', () => {
	it('reaches the lead with the text and its version, beside what was edited most', async () => {
		const [one, two, three] = await waiting(3);
		const browser = await staff();
		await act(browser, 'complain', { message: await seen(one), about: 'sounds', note: 'troppo <b>finto</b>' });
		expect(flashOf(browser).get('done')).toBe('complained');
		expect(await stateOf(one)).toBe('pending');
		for (const item of [one, two]) {
			const { subject = '', body } = await detail(item);
			await act(browser, 'saveAndApprove', { message: await seen(item), subject, body: `${body}\n\nA presto da tutti noi!` });
		}
		await act(browser, 'reject', { message: await seen(three), reason: 'wording', note: 'suona male' });
		await browser.get('?view=texts');
		const page = browser.reply.body;
		for (const words of ['Suona male: troppo &lt;b&gt;finto&lt;/b&gt;', 'Il testo non va bene: suona male', 'Aggiunto «A presto da tutti noi!»', '2 volte', '{{']) expect(page).toContain(words);
		const figures = elementsOf(page).filter(({ name }) => name === 'dd').map(({ text }) => text);
		expect(figures).toEqual(['3', '0', '0', '2', '1', '1']);
	});

	it('is read by a lead only', async () => {
		await waiting();
		const browser = await staff({}, 'marco');
		expect((await browser.get('?view=texts')).status).toBe(403);
	});
});

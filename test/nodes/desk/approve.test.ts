import type { CrmItem } from '../../../lib/domain/item';
import { consentHistory } from '../../../lib/store/consents';
import { saveShop } from '../../../lib/store/shops';
import { endMessages } from '../../../lib/store/endMessages';
import { messageHistory } from '../../../lib/store/messageHistory';
import { messageDetail, messageStates, type ReviewMessageDetail } from '../../../lib/store/review';
import { takeApproved } from '../../../lib/store/sending';
import { saveExams } from '../../../lib/store/records/exams';
import { elementsOf } from '../../lib/web/markup';
import { ConsentCheck } from '../../../nodes/ConsentCheck/ConsentCheck.node';
import { runNode } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { setClock } from '../support/clock';
import { items, NOW, openShop, TODAY, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

// Whole ways through the nodes, on a machine that may be busy.
jest.setTimeout(30_000);

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: `${PASSWORD}-2` }] } };
const BOTH = [{ kind: 'email', value: 'giulia@posta.example' }, { kind: 'phone', value: '+393331234567', line: 'mobile' }] as const;
const YES = (channel: 'email' | 'sms') => ({ channel, purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }) as const;

let shop: TestShop;
beforeEach(async () => {
	shop = await openShop();
	await saveShop(shop.store.db, 'main', { smsAlias: 'OtticaProva' }, NOW);
});
afterEach(async () => await shop.close());

async function staff(parameters: Record<string, unknown> = {}, name = 'chiara'): Promise<Visitor> {
	const run = { credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS }, parameters: parameters as never };
	const browser = new Visitor(run);
	await browser.logIn(name, name === 'chiara' ? PASSWORD : `${PASSWORD}-2`);
	await browser.get('?view=approve');
	tokens.set(browser, browser.csrf);
	return browser;
}

/** Decides with the session's token, also after a page that has none. */
const tokens = new WeakMap<Visitor, string>();
const act = async (browser: Visitor, action: string, fields: Record<string, string> = {}) => await browser.decide(action, { csrf: tokens.get(browser) as string, ...fields });

async function waiting(count = 1, changes = {}, channels = ['email']): Promise<CrmItem[]> {
	await shop.customers(count, changes);
	const checked = await runNode(ConsentCheck, { credentials: shop.credentials, items: await shop.due(), parameters: { channels } });
	return await shop.queued(await shop.written(items(checked[0])));
}

const idOf = ({ message }: CrmItem) => message?.id as number;
const detail = async (item: CrmItem) => (await messageDetail(shop.store, idOf(item))) as ReviewMessageDetail;
const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
const seen = async (item: CrmItem) => `${idOf(item)}:${(await detail(item)).contentHash}`;
const later = (seconds: number) => setClock(new Date(Date.parse(NOW) + seconds * 1000).toISOString());
const lastOf = async (item: CrmItem) => (await messageHistory(shop.store.db, shop.store.shop.id, idOf(item))).at(-1);
const shownNames = ({ reply }: Visitor) => elementsOf(reply.body).filter(({ name, attributes }) => name === 'h3' && attributes.id?.startsWith('n')).map(({ text }) => text);
const flashOf = ({ reply }: Visitor) => new URLSearchParams(reply.headers.Location.split('#')[0]);

describe('taking back', () => {
	it('brings an approved message back as long as it has not begun to leave', async () => {
		const [item] = await waiting();
		const browser = await staff({ undoSeconds: 1 });
		const started = act(browser, 'approve');
		expect(await started).toHaveLength(1);
		const undo = flashOf(browser).get('undo') as string;
		expect(undo).toBe(String(Date.parse(NOW)));
		expect(await takeApproved(shop.store.db, shop.store, { channels: ['email'], limit: 5, today: TODAY, leaseMinutes: 2 }, NOW)).toEqual([]);
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
		await takeApproved(shop.store.db, shop.store, { channels: ['email'], limit: 5, today: TODAY, leaseMinutes: 2 }, new Date().toISOString());
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

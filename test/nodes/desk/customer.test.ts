import { deskLog } from '../../../lib/store/desk/deskLog';
import { mergeCustomers } from '../../../lib/store/merging/mergeCustomers';
import { openStore, onStatement } from '../../../lib/store/open';
import { recordConsents } from '../../../lib/store/recordConsents';
import { saveShop } from '../../../lib/store/shops';
import { consentHistory } from '../../../lib/store/consents';
import { consentDetails, withDetails } from '../../../lib/store/consentDetails';
import { buildHouseholds } from '../../../lib/store/customers/buildHouseholds';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { approved, HOME } from '../../support/approved';
import { customer, saved } from '../../support/store';
import { elementsOf } from '../../lib/web/markup';
import { setClock } from '../support/clock';
import { NOW, openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';
import { press, staff, textOf } from './support';

jest.setTimeout(60_000);

const LATER = '2026-11-22T08:05:00.000Z';
const MARIA = {
	firstName: 'Maria', lastName: 'Ròssi', birthDate: '1980-11-22', code: 'M1',
	contactPoints: [{ kind: 'email' as const, value: 'maria@posta.example' }, { kind: 'phone' as const, value: '+393331234567', line: 'mobile' as const }, { kind: 'address' as const, value: JSON.stringify(HOME) }],
};

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const lead = async () => {
	const visitor = new Visitor({ credentials: { ...shop.credentials, opticalCrmDeskApi: { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }] } } as never } });
	await visitor.logIn();
	await visitor.get();
	return visitor;
};
const maria = async (changes: object = {}) => (await shop.customers(1, { ...MARIA, ...changes }))[0];
const log = async () => (await deskLog(shop.store, { limit: 50, offset: 0 })).entries.filter(({ action }) => action !== 'loggedIn').map(({ who, action, subject }) => `${who} ${action} ${subject}`);
const chain = async (id: number) => withDetails((await consentHistory(shop.store, [id])).get(id) ?? [], await consentDetails(shop.store, [id]));
const said = { status: 'granted', channel: 'sms', purpose: 'recall', method: 'paper', day: '2026-11-22', evidence: 'raccoglitore 7', notice: '2024-01', guardian: '', note: '' };

describe('the search', () => {
	it('finds by name, number, e-mail, birth date and code, and lists nobody before it is asked', async () => {
		const id = await maria();
		await shop.customers(1, { firstName: 'Carlo', lastName: 'Verdi' });
		const visitor = await staff(shop);
		expect((await visitor.get('?view=customers')).body).not.toContain('Verdi');
		for (const q of ['rossi mar', 'MARIA', '333 123 45 67', '+39 333/1234567', 'Maria@Posta.example', '22/11/1980', '22.11.80', '1980-11-22', 'M1']) {
			const { body } = await visitor.get(`?view=customers&q=${encodeURIComponent(q)}`);
			expect([q, body.includes(`?view=customer&amp;id=${id}&amp;q=`), body.includes('Verdi')]).toEqual([q, true, q.includes('80')]);
		}
		const page = textOf(await visitor.get('?view=customers&q=rossi'));
		for (const words of ['1 cliente trovato', '22 novembre 1980 (46 anni)', '+39 333 123 4567', 'maria@posta.example', 'Firenze']) expect(page).toContain(words);
	});

	it('says what is too little, and what finds nobody', async () => {
		await maria();
		const visitor = await staff(shop);
		for (const q of ['r', '%', 'è']) expect(textOf(await visitor.get(`?view=customers&q=${encodeURIComponent(q)}`))).toContain('almeno 2 lettere');
		expect(textOf(await visitor.get('?view=customers&q=nessuno'))).toContain('Nessun cliente trovato');
		expect(textOf(await visitor.get('?view=customers&q=rossi&page=9'))).toContain('Questa pagina è vuota');
	});

	it('leads through its pages', async () => {
		await shop.customers(45, { lastName: 'Conti', firstName: 'Ada', birthDate: undefined });
		const visitor = await staff(shop);
		const page = await visitor.get('?view=customers&q=conti&page=2');
		expect(textOf(page)).toMatch(/45 clienti trovati.*Pagina 2 di 3/);
		expect(page.body).toContain('href="?view=customers&amp;page=3&amp;q=conti"');
	});
});

describe('the page of a customer', () => {
	it('shows who it is, what stands against each contact, the family, and everything from and to them', async () => {
		const id = await maria();
		await shop.customers(1, { firstName: 'Carlo', lastName: 'Rossi', birthDate: '1975-01-01', contactPoints: [MARIA.contactPoints[1]] });
		await buildHouseholds(shop.store, NOW);
		const [item] = await shop.queued();
		await receiveEvents(shop.store, [{ kind: 'reply', channel: 'email', eventId: 'e1', from: 'maria@posta.example', text: 'Avete lenti da sole?', at: NOW }] as Parameters<typeof receiveEvents>[1], NOW);
		await recordConsents(shop.store, [{ customerId: id, channel: 'sms', purpose: 'any', status: 'objected', legalBasis: 'consent', capturedAt: NOW, source: 'reply' }], NOW);
		await shop.store.db.insertInto('exams').values({ shop_id: shop.store.shop.id, customer_id: id, source_key: 'e', kind: 'vision', taken_on: '2024-05-06', created_at: NOW, updated_at: NOW }).execute();
		const visitor = await staff(shop);
		const reply = await visitor.get(`?view=customer&id=${id}`);
		const page = textOf(reply);
		for (const words of [
			'Maria Ròssi', '22 novembre 1980 (46 anni)', 'M1', 'Carlo Rossi', '+39 333 123 4567', 'Via Roma 1, 50123 Firenze FI, IT',
			'da non usare per tutto, tranne avvisi su acquisti e appuntamenti, dal 22 novembre 2026: lo ha chiesto il cliente',
			'Da noi: Compleanni', 'Ha scritto (E-mail)', 'Avete lenti da sole?', 'Controllo della vista', 'Consenso: Sì, auguri, novità e offerte, E-mail',
			'In data 22 novembre 2026 si è deciso di scrivere al cliente (compleanno',
		]) expect(page).toContain(words);
		expect(reply.body).toContain(`?view=message&amp;id=${item.message?.id}`);
		expect(reply.body).toContain('?view=ticket&amp;id=1');
		expect(await log()).toEqual([]);
	});

	it('takes a handful of statements, however long the story is', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		const count = async () => {
			const statements: string[] = [];
			const stop = onStatement((statement) => statements.push(statement));
			await visitor.get(`?view=customer&id=${id}`);
			stop();
			return statements.length;
		};
		const before = await count();
		const exam = { shop_id: shop.store.shop.id, customer_id: id, kind: 'vision', created_at: NOW, updated_at: NOW };
		await shop.store.db.insertInto('exams').values(Array.from({ length: 50 }, (_, index) => ({ ...exam, source_key: `${index}`, taken_on: `20${String(10 + (index % 10))}-05-06` }))).execute();
		expect(await count()).toBe(before);
		expect(before).toBeLessThanOrEqual(14);
		expect(textOf(await visitor.get(`?view=customer&id=${id}&page=3`))).toContain('Pagina 3 di 3');
		expect(textOf(await visitor.get(`?view=customer&id=${id}&page=9`))).toContain('Questa pagina è vuota');
	});

	it('of who was merged leads to who was kept; of nobody and of another shop there is none', async () => {
		const [keptId, mergedId] = await shop.customers(2);
		await mergeCustomers(shop.store, { keptId, mergedId, who: 'chiara' }, NOW);
		await saveShop(shop.store.db, 'other', { name: 'Ottica Altra' }, NOW);
		const other = await openStore({ ...shop.credentials.opticalCrmStoreApi, shop: 'other' });
		const [strangerId] = await saved(other, [customer()]);
		const visitor = await lead();
		expect(await visitor.get(`?view=customer&id=${mergedId}&q=ada`)).toMatchObject({ status: 303, headers: { Location: `?view=customer&id=${keptId}&q=ada` } });
		expect(textOf(await visitor.get(`?view=customer&id=${keptId}`))).toContain(`Unita la scheda del cliente ${mergedId}`);
		for (const id of [strangerId, 99_999]) {
			expect((await visitor.get(`?view=customer&id=${id}`)).status).toBe(404);
			await visitor.get();
			for (const [action, fields] of Object.entries({ savePreference: { channel: 'sms' }, recordConsent: said, exportCustomer: {}, eraseCustomer: { surname: 'Rossi' } })) {
				const reply = await press(visitor, action, { customer: String(id), ...(fields as Record<string, string>) });
				expect([action, reply.status]).toEqual([action, 404]);
			}
		}
		expect((await consentHistory(other, [strangerId])).get(strangerId)).toHaveLength(1);
	});

	it('is led to from a message, a call, a letter and a ticket', async () => {
		setClock('2026-11-24T10:00:00.000Z');
		const [call] = await approved(shop.store, 'call', [{ contactPoints: [{ kind: 'phone', value: '+393331112223', line: 'mobile' }] }], NOW);
		const [letter] = await approved(shop.store, 'letter', [{ contactPoints: [{ kind: 'address', value: JSON.stringify(HOME) }] }], NOW);
		const id = await maria();
		await receiveEvents(shop.store, [{ kind: 'reply', channel: 'email', eventId: 'e1', from: 'maria@posta.example', text: 'Avete lenti da sole?', at: NOW }] as Parameters<typeof receiveEvents>[1], NOW);
		const visitor = await staff(shop);
		for (const [view, customerId] of [[`?view=call&id=${call.id}`, call.customerId], ['?view=letters', letter.customerId], ['?view=ticket&id=1', id], [`?view=message&id=${letter.id}`, letter.customerId]] as const) {
			const { body } = await visitor.get(view);
			expect([view, body.includes(`href="?view=customer&amp;id=${customerId}"`)]).toEqual([view, true]);
		}
	});
});

describe('what is recorded', () => {
	it('a yes with its proof, in the name of who took it down', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		const reply = await press(visitor, 'recordConsent', { customer: String(id), ...said, note: 'allo sportello' }, `?view=customer&id=${id}`);
		expect(reply).toMatchObject({ status: 303, headers: { Location: `?view=customer&id=${id}&done=consentRecorded&n=1` } });
		expect((await chain(id)).at(-1)).toMatchObject({ channel: 'sms', purpose: 'recall', status: 'granted', method: 'paper', evidence: 'raccoglitore 7', noticeVersion: '2024-01', operator: 'chiara', source: 'desk', legalBasisNote: 'allo sportello', capturedAt: NOW });
		const page = textOf(await visitor.get(`?view=customer&id=${id}`));
		expect(page).toContain('richiami per i controlli · SMS');
		expect(page).toContain('registrato da chiara');
		expect(await log()).toEqual([`chiara consentGranted customer ${id}`]);
	});

	it.each([
		[{ evidence: '' }, 'Per un sì serve la prova'],
		[{ channel: 'any' }, 'un solo canale e un solo scopo'],
		[{ purpose: 'any' }, 'un solo canale e un solo scopo'],
		[{ notice: '1999' }, 'Questa informativa non c’è'],
		[{ day: '2026-11-23' }, 'La data è nel futuro'],
		[{ day: 'ieri' }, 'non è un giorno del calendario'],
	])('nothing where it cannot be right: %j; and nothing typed is lost', async (changes, words) => {
		const id = await maria();
		const visitor = await staff(shop);
		const reply = await press(visitor, 'recordConsent', { customer: String(id), ...said, note: 'una nota "lunga"', ...changes });
		expect([reply.status, textOf(reply)]).toEqual([422, expect.stringContaining(words)]);
		const values = elementsOf(reply.body).filter(({ name }) => name === 'input').map(({ attributes }) => attributes.value);
		expect(values).toContain('una nota "lunga"');
		if (!('evidence' in changes)) expect(values).toContain('raccoglitore 7');
		expect(await chain(id)).toHaveLength(1);
		expect(await log()).toEqual([]);
	});

	it('of a minor only with who said it for them', async () => {
		const id = await maria({ birthDate: '2012-01-01' });
		const visitor = await staff(shop);
		const reply = await press(visitor, 'recordConsent', { customer: String(id), ...said });
		expect(textOf(reply)).toContain('scrivi chi ha detto sì per lui o lei');
		await press(visitor, 'recordConsent', { customer: String(id), ...said, guardian: 'la madre' });
		expect((await chain(id)).at(-1)).toMatchObject({ status: 'granted', guardian: 'la madre' });
	});

	it('a withdrawal, a no to everything, and a later yes that lifts it', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		await visitor.get(`?view=customer&id=${id}`);
		await press(visitor, 'recordConsent', { customer: String(id), status: 'withdrawn', channel: 'email', purpose: 'marketing', method: 'call', day: '2026-11-21', evidence: 'telefonata' });
		expect((await chain(id)).at(-1)).toMatchObject({ status: 'withdrawn', withdrawnHow: 'call', operator: 'chiara', capturedAt: '2026-11-21T23:59:59.999Z' });
		expect(textOf(await visitor.get(`?view=customer&id=${id}`))).toContain('Detto il 21 novembre 2026 · al telefono · registrato da chiara');
		await press(visitor, 'recordConsent', { customer: String(id), status: 'objected', channel: 'any', purpose: 'any', method: 'told-staff', day: '2026-11-22', evidence: '' });
		expect(await shop.store.db.selectFrom('suppressions').select(['purpose', 'reason']).execute()).toHaveLength(3);
		setClock(LATER);
		await visitor.get();
		await press(visitor, 'recordConsent', { customer: String(id), ...said, channel: 'email', purpose: 'marketing' });
		const page = textOf(await visitor.get(`?view=customer&id=${id}`));
		expect(page).toMatch(/Sì auguri, novità e offerte · E-mail/);
		expect(page).toMatch(/Non vuole essere contattato tutto, tranne avvisi su acquisti e appuntamenti · tutti i canali/);
		expect(await log()).toEqual(['consentGranted', 'consentRefused', 'consentRefused'].map((deed) => `chiara ${deed} customer ${id}`));
	});

	it('the channel that was asked for, and that none was', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		const preferred = async () => (await shop.store.db.selectFrom('customers').select('preferred_channel').where('id', '=', id).executeTakeFirst())?.preferred_channel;
		await press(visitor, 'savePreference', { customer: String(id), channel: 'sms' });
		expect(await preferred()).toBe('sms');
		expect((await visitor.get(`?view=customer&id=${id}`)).body).toContain('<option value="sms" selected>');
		expect((await press(visitor, 'savePreference', { customer: String(id), channel: 'piccione' })).status).toBe(400);
		await visitor.get();
		await press(visitor, 'savePreference', { customer: String(id), channel: '' });
		expect(await preferred()).toBeNull();
		expect(await log()).toEqual(Array(2).fill(`chiara preferenceChanged customer ${id}`));
	});

	it('is nothing without the session’s token, and nothing by a GET', async () => {
		const id = await maria();
		const visitor = await lead();
		const before = await chain(id);
		const forms: Array<Record<string, string>> = [{ action: 'recordConsent', ...said }, { action: 'exportCustomer' }, { action: 'eraseCustomer', surname: 'Rossi' }, { action: 'savePreference', channel: 'sms' }];
		for (const fields of forms) {
			expect((await visitor.post({ csrf: 'x'.repeat(43), customer: String(id), back: '?', ...fields })).status).toBe(409);
			await visitor.get(`?${new URLSearchParams({ view: 'customer', id: String(id), customer: String(id), ...fields })}`);
		}
		expect(await chain(id)).toEqual(before);
		expect((await visitor.get(`?view=customer&id=${id}`)).status).toBe(200);
		expect(await log()).toEqual([]);
	});
});

describe('what a customer can ask for', () => {
	it('gives all data as a file, with the log of it', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		const reply = await press(visitor, 'exportCustomer', { customer: String(id) });
		expect(reply.headers).toMatchObject({ 'Content-Type': 'application/json', 'Content-Disposition': expect.stringContaining(`attachment; filename="customer-${id}.json"`), 'Cache-Control': expect.stringContaining('no-store') });
		const { sections } = JSON.parse(String(reply.body));
		expect(sections.customer).toMatchObject([{ id, firstName: 'Maria' }]);
		expect(sections.deskLog).toEqual([{ at: NOW, action: 'customerExported', subject: `customer ${id}` }]);
		expect(await log()).toEqual([`chiara customerExported customer ${id}`]);
	});

	it('erases for the lead who types the surname, and says what is kept', async () => {
		const id = await maria();
		const [item] = await shop.queued();
		const visitor = await lead();
		const wrong = await press(visitor, 'eraseCustomer', { customer: String(id), surname: 'Bianchi' });
		expect([wrong.status, textOf(wrong)]).toEqual([422, expect.stringContaining('Il cognome non corrisponde')]);
		await shop.store.db.updateTable('messages').set({ state: 'sending' }).where('id', '=', item.message?.id as number).execute();
		expect(textOf(await press(visitor, 'eraseCustomer', { customer: String(id), surname: 'rossi' }))).toContain('sta partendo proprio ora');
		await shop.store.db.updateTable('messages').set({ state: 'sent' }).execute();
		const reply = await press(visitor, 'eraseCustomer', { customer: String(id), surname: ' ROSSI ' });
		expect(textOf(reply)).toMatch(/Dati cancellati.*non è rimasto niente.*Recapiti.*un’impronta dei recapiti/);
		for (const word of ['Maria', 'Ròssi', 'posta.example', '333']) expect(reply.body).not.toContain(word);
		expect((await visitor.get(`?view=customer&id=${id}`)).status).toBe(404);
		expect(textOf(await visitor.get('?view=customers&q=rossi'))).toContain('Nessun cliente trovato');
		expect(await log()).toEqual([`chiara customerErased customer ${id}`]);
		expect(await shop.store.db.selectFrom('erasures').select(['reason', 'who']).execute()).toEqual([{ reason: 'request', who: 'chiara' }]);
	});

	it('of somebody without a name asks for the number', async () => {
		const id = await maria({ firstName: '', lastName: '?' });
		const visitor = await lead();
		expect(textOf(await visitor.get(`?view=customer&id=${id}`))).toContain(`scrivi il cognome: ${id}`);
		expect((await press(visitor, 'eraseCustomer', { customer: String(id), surname: '!' })).status).toBe(422);
		expect(textOf(await press(visitor, 'eraseCustomer', { customer: String(id), surname: String(id) }))).toContain('Dati cancellati');
	});

	it('does not let the staff erase', async () => {
		const id = await maria();
		const visitor = await staff(shop);
		expect((await visitor.get(`?view=customer&id=${id}`)).body).not.toContain('value="eraseCustomer"');
		expect((await press(visitor, 'eraseCustomer', { customer: String(id), surname: 'Rossi' })).status).toBe(403);
		expect((await visitor.get(`?view=customer&id=${id}`)).status).toBe(200);
	});
});

import { parseDeskAction } from '../../../../lib/desk/action';
import { PAGE_SIZE } from '../../../../lib/desk/state';
import { renderApprove } from '../../../../lib/desk/approve/approvePage';
import { elementsOf } from '../../web/markup';
import { approve, message } from '../states';

const textOf = (body: string) => elementsOf(body).find(({ name }) => name === 'body')?.text.replace(/\s+/g, ' ') ?? '';

/** What the browser posts when a button of the form with this id, or around this message, is pressed. */
function fieldsOf(body: string, formNumber: number): Map<string, string[]> {
	const form = body.split('<form ')[formNumber + 1].split('</form>')[0];
	const fields = new Map<string, string[]>();
	for (const { name, attributes } of elementsOf(`<form ${form}`)) {
		if (name === 'input') fields.set(attributes.name, [...(fields.get(attributes.name) ?? []), attributes.value ?? '']);
	}
	return fields;
}

describe('renderApprove', () => {
	const { body } = renderApprove(approve());
	const elements = elementsOf(body);

	it('says for each message who, why now, by which way, what, and why it is allowed', () => {
		const card = elements.find(({ attributes }) => attributes.id === 'm21')?.text.replace(/\s+/g, ' ');
		for (const part of ['Cliente 21', 'Compie 45 anni oggi', 'E-mail', 'Tanti auguri!', 'Gentile cliente, auguri.', 'Consenso dato il 3 febbraio 2023 (modulo cartaceo, dal programma del negozio)', 'Ultimo giorno utile']) {
			expect(card).toContain(part);
		}
	});

	it('shows counts, range, page, rehearsal, user and what was done', () => {
		for (const part of ['Da approvare', '21–23 di 45', 'Pagina 2 di 3', 'Prova generale: qui oggi è 22 novembre 2026', 'Chiara', '2 messaggi approvati', '1 messaggio non è stato toccato']) {
			expect(textOf(body).toLowerCase()).toContain(part.toLowerCase());
		}
	});

	it('shows on every page that the sending is rehearsed, and where it goes', () => {
		const words = (changes: object) => textOf(renderApprove({ ...approve(), ...changes }).body);
		expect(words({ rehearsal: false, rehearsedSending: { to: [] } })).toMatch(/non parte nessun messaggio/);
		expect(words({ rehearsal: false, rehearsedSending: { to: ['prova@ottica.example', '+393331234567'] } })).toMatch(/arrivano a prova@ottica\.example, \+393331234567 e a nessun altro/);
		expect(words({ rehearsal: true, rehearsedSending: { to: [] } })).toMatch(/qui oggi è .*2026\.\s*Prova generale degli invii/);
		expect(words({ rehearsal: true })).toMatch(/gli invii no/);
	});

	it('approves exactly the text that was shown, and goes on to the next card', () => {
		const forms = body.split('<form ').length - 1;
		const posts = Array.from({ length: forms }, (_, i) => fieldsOf(body, i)).filter((fields) => fields.get('message')?.[0] === '22:0123456789abcdef');
		const post = parseDeskAction(posts[0].set('action', ['approve']));
		expect(post).toEqual({
			action: { kind: 'approve', message: { id: 22, contentHash: '0123456789abcdef' } },
			csrf: 'token-of-the-session',
			back: { view: 'approve', place: { page: 2, kind: 'birthday', at: 23 } },
		});
	});

	it('sends the last card back to the one before', () => {
		const last = body.slice(body.indexOf('id="m23"'));
		expect(last.split('</form>')[0]).toContain('at=22');
	});

	it('offers all shown messages at once', () => {
		const many = fieldsOf(body, body.split('<form ').findIndex((part) => part.includes('id="many"')) - 1);
		expect(parseDeskAction(many.set('action', ['approveShown']))).toMatchObject({ action: { kind: 'approveMany', messages: [{ id: 21 }, { id: 22 }, { id: 23 }] } });
		const picks = elements.filter(({ attributes }) => attributes.name === 'pick');
		expect(picks.map(({ attributes }) => [attributes.form, attributes.value])).toEqual([21, 22, 23].map((id) => ['many', `${id}:0123456789abcdef`]));
	});

	it('lets Enter on a checkbox press a button that does nothing', () => {
		const first = elements.find(({ name, attributes }) => name === 'button' && attributes.form === 'many');
		expect(first?.attributes).toMatchObject({ formmethod: 'dialog' });
		expect(body.indexOf('formmethod')).toBeLessThan(body.indexOf('id="many"'));
	});

	it('says kindly that there is nothing to do', () => {
		const nothing = { ...approve(), flash: undefined, rehearsal: false, messages: [], total: 0 };
		const text = textOf(renderApprove({ ...nothing, place: { page: 1 }, kinds: [] }).body);
		expect(text).toContain('Tutto fatto!');
		for (const part of ['Prova generale', 'Pagina 2', 'Mostra solo']) expect(text).not.toContain(part);
		expect(textOf(renderApprove({ ...nothing, place: { page: 1, kind: 'birthday' } }).body)).toContain('Di questo tipo non c’è niente');
		expect(textOf(renderApprove({ ...nothing, total: 40, place: { page: 3 } }).body)).toContain('Questa pagina è vuota');
	});

	it('tells a click without a selection from a decision that came too late', () => {
		const said = (left?: number) => textOf(renderApprove({ ...approve(), flash: { code: 'nothing', count: 0, left } }).body);
		expect(said()).toContain('Non hai selezionato nessun messaggio.');
		expect(said(1)).not.toContain('Non hai selezionato');
		expect(said(1)).toContain('1 messaggio non è stato toccato');
	});

	it('claims no reason where none was recorded', () => {
		const text = textOf(renderApprove({ ...approve(), messages: [{ ...message(1), why: { code: '' } }] }).body);
		expect(text).not.toMatch(/Motivo|Perché possiamo/);
	});

	it('marks the page that is on show in the filter', () => {
		const current = elements.filter(({ attributes }) => attributes['aria-current'] === 'page');
		expect(current.map(({ text }) => text)).toEqual(['Da approvare', 'Compleanni (40)']);
	});

	it('speaks English too', () => {
		const text = textOf(renderApprove({ ...approve(), language: 'en' }).body);
		for (const part of ['To approve', 'Turns 45 today', 'Consent given on 3 February 2023']) expect(text).toContain(part);
	});

	it('stays light: a full page of long messages is under 95 kB before compression', () => {
		const messages = Array.from({ length: PAGE_SIZE }, (_, i) => ({ ...message(i + 1), body: 'parola '.repeat(100) }));
		expect(Buffer.byteLength(renderApprove({ ...approve(), messages, place: { page: 1 } }).body)).toBeLessThan(95_000);
	});
});

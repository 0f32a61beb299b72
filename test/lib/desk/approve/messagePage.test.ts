import { previewDocument } from '../../../../lib/desk/approve/mailDocument';
import { renderMessage } from '../../../../lib/desk/approve/messagePage';
import { MESSAGE_STATES } from '../../../../lib/domain/glossary';
import { elementsOf } from '../../web/markup';
import { messagePage } from '../states';

describe('renderMessage', () => {
	const { draft: _draft, fault: _fault, message: { rewording: _rewording, ...message }, ...rest } = messagePage();
	const fresh = { ...rest, message };
	const text = (body: string) => elementsOf(body).find(({ name }) => name === 'body')?.text.replace(/\s+/g, ' ');

	it('shows the mail in a frame without rights, and allows frames of its own origin only there', () => {
		const page = renderMessage(fresh);
		const frame = elementsOf(page.body).find(({ name }) => name === 'iframe');
		expect(frame?.attributes).toMatchObject({ sandbox: '', src: '?view=preview&id=21' });
		expect(page.headers['Content-Security-Policy']).toContain("frame-src 'self'");
	});

	it('shows a message without HTML as text', () => {
		const page = renderMessage({ ...fresh, message: { ...fresh.message, hasHtml: false, channel: 'sms', subject: undefined } });
		expect(elementsOf(page.body).filter(({ name, attributes }) => name === 'iframe' || attributes.name === 'subject')).toEqual([]);
		expect(text(page.body)).toContain('Testo intero');
		expect(page.headers['Content-Security-Policy']).toContain("frame-src 'none'");
	});

	it('calls the line above the text as its channel does', () => {
		const label = (channel: 'email' | 'letter' | 'push') => elementsOf(renderMessage({ ...fresh, message: { ...fresh.message, channel } }).body).find(({ attributes }) => attributes.for === 'subject')?.text;
		expect([label('email'), label('letter'), label('push')]).toEqual(['Oggetto', 'Oggetto', 'Titolo']);
	});

	it('shows what is asked in a call, and for how many SMS a text is paid', () => {
		const plain = { ...fresh.message, hasHtml: false, subject: undefined };
		const questions = [{ id: 'a', question: 'Tutto <bene>?', answers: ['Sì', 'No'] }];
		expect(text(renderMessage({ ...fresh, message: { ...plain, channel: 'call', questions } }).body)).toContain('Da chiedere e segnareTutto <bene>? Sì · No');
		expect(text(renderMessage({ ...fresh, message: { ...plain, channel: 'sms', sms: { segments: 1, units: 120, encoding: 'GSM-7' } } }).body)).toContain('Si paga come 1 SMS.');
		expect(text(renderMessage({ ...fresh, message: { ...plain, channel: 'sms', sms: { segments: 3, units: 400, encoding: 'GSM-7' } } }).body)).toContain('Si paga come 3 SMS.');
		expect(text(renderMessage({ ...fresh, message: plain }).body)).not.toMatch(/Da chiedere|SMS/);
	});

	describe('a text that a language model has worded anew', () => {
		const reworded = { ...fresh, message: { ...fresh.message, body: 'Gentile <b>cliente</b>,\n\nbuon compleanno.', rewording: { original: 'Gentile <b>cliente</b>,\n\ntanti <i>auguri</i>.', model: 'gpt-<x>', at: '2026-11-22T07:00:00.000Z' } } };
		const section = (body: string) => elementsOf(body).find(({ attributes }) => attributes['aria-labelledby'] === 'rewording');

		it('stands beside what it was, with the words of both, and by whom', () => {
			const { body } = renderMessage(reworded);
			const texts = (name: string) => elementsOf(body).filter((element) => element.name === name).map((element) => element.text);
			expect([texts('del'), texts('ins')]).toEqual([['tanti <i>auguri</i>.'], ['buon compleanno.']]);
			expect(section(body)?.text).toContain('Riscritto da gpt-<x>.');
			expect(section(body)?.text).toContain('Gentile <b>cliente</b>,');
			expect(elementsOf(body).filter(({ name }) => name === 'b' || name === 'i')).toEqual([]);
			expect(text(body)).toContain('Riscritto dall’AI');
		});

		it('can be taken back while nothing is decided', () => {
			const backButton = (state: 'pending' | 'approved') => elementsOf(renderMessage({ ...reworded, message: { ...reworded.message, state } }).body).filter(({ attributes }) => attributes.value === 'useOriginal');
			expect(backButton('pending')).toHaveLength(1);
			expect(backButton('approved')).toHaveLength(0);
			expect(section(renderMessage({ ...reworded, message: { ...reworded.message, state: 'approved' } }).body)).toBeDefined();
		});

		it('says nothing of a model where there was none, or it has no name', () => {
			expect(section(renderMessage(fresh).body)).toBeUndefined();
			expect(text(renderMessage(fresh).body)).not.toContain('AI');
			const { model: _model, ...nameless } = reworded.message.rewording;
			expect(section(renderMessage({ ...reworded, message: { ...reworded.message, rewording: nameless } }).body)?.text).not.toMatch(/Riscritto da|undefined/);
		});
	});

	it('offers no other words for a text that is fixed, and says why', () => {
		const { body } = renderMessage({ ...fresh, message: { ...fresh.message, channel: 'whatsapp', isFixed: true } });
		expect(elementsOf(body).filter(({ name }) => name === 'textarea')).toEqual([]);
		expect(text(body)).toContain('è stato approvato da WhatsApp');
		expect(elementsOf(body).filter(({ name }) => name === 'button').map(({ attributes }) => attributes.value)).toEqual(['logout', 'complain', 'approve', 'reject', 'never']);
	});

	it('offers the stored text for editing, or what had been typed', () => {
		const field = (body: string) => elementsOf(body).find(({ name }) => name === 'textarea')?.text;
		// The first line end after the tag is the one that a browser drops.
		expect(field(renderMessage(fresh).body)).toBe('\nGentile cliente,\n\nauguri.');
		expect(field(renderMessage(messagePage()).body)).toBe('\nMio testo');
		expect(text(renderMessage(messagePage()).body)).toContain('Intanto qualcun altro ha cambiato questo messaggio');
	});

	it('says what is wrong with a draft, and where', () => {
		const body = renderMessage({ ...messagePage(), fault: 'tooLong' }).body;
		expect(text(body)).toContain('l’oggetto può avere 200 caratteri, il testo 5000.');
		expect(elementsOf(body).find(({ name }) => name === 'textarea')?.attributes).toMatchObject({ 'aria-invalid': 'true', 'aria-describedby': 'fault' });
		expect(elementsOf(renderMessage(fresh).body).find(({ name }) => name === 'textarea')?.attributes).not.toHaveProperty('aria-invalid');
	});

	it.each(MESSAGE_STATES)('lets only a pending one be decided: %s', (state) => {
		const page = renderMessage({ ...fresh, message: { ...fresh.message, state } });
		const actions = elementsOf(page.body).filter(({ name }) => name === 'button').map(({ attributes }) => attributes.value);
		expect(actions).toEqual(state === 'pending' ? ['logout', 'complain', 'approve', 'reject', 'look', 'save', 'saveAndApprove', 'never'] : ['logout', 'complain']);
	});

	it('keeps what was typed while somebody else decided', () => {
		const page = renderMessage({ ...messagePage(), message: { ...fresh.message, state: 'approved' } });
		expect(elementsOf(page.body).find(({ name }) => name === 'textarea')).toMatchObject({ text: '\nMio oggetto\n\nMio testo', attributes: { readonly: '' } });
		expect(text(page.body)).toContain('il tuo testo non è stato salvato');
	});

	it('tells the history in words', () => {
		const history = renderMessage({
			...fresh,
			history: [
				{ at: '2026-11-22T07:00:00.000Z', state: 'pending', who: 'workflow' },
				{ at: '2026-11-22T08:00:00.000Z', state: 'rejected', who: 'Marco', why: 'timing: torna a maggio: forse' },
				{ at: '2026-11-22T09:00:00.000Z', state: 'failed', who: 'sender', why: 'a new code' },
			],
		});
		const rows = elementsOf(history.body.slice(history.body.indexOf('id="history"'))).filter(({ name }) => name === 'li').map((row) => row.text.trim());
		expect(rows).toEqual([
			'22 nov 2026, 08:00 Da approvare in automatico',
			'22 nov 2026, 09:00 Non inviato, scelta dello staff MarcoNon è il momento giusto: torna a maggio: forse',
			'22 nov 2026, 10:00 Non riuscito in automaticoa new code',
		]);
	});
});

describe('previewDocument', () => {
	it('gives the mail no right at all but its own style, and only our own page may frame it', () => {
		const page = previewDocument('<p style="color:red">ciao</p>');
		expect(page.body).toBe('<p style="color:red">ciao</p>');
		const policy = page.headers['Content-Security-Policy'].split('; ');
		expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:', "form-action 'none'", "frame-ancestors 'self'", 'sandbox']));
		expect(page.headers).toMatchObject({ 'X-Frame-Options': 'SAMEORIGIN', 'Cache-Control': 'no-store' });
	});

	it("shows the shop's logo in its place", () => {
		const mail = '<img src="cid:logo@shop" alt="Ottica">';
		const logo = { type: 'image/jpeg', width: 1, height: 1, data: '/9g=' } as const;
		expect([previewDocument(mail, logo).body, previewDocument(mail).body]).toEqual(['<img src="data:image/jpeg;base64,/9g=" alt="Ottica">', mail]);
	});
});

import { renderSample } from '../../../../lib/desk/approve/samplePage';
import { renderMessage } from '../../../../lib/desk/approve/messagePage';
import { renderApprove } from '../../../../lib/desk/approve/approvePage';
import { elementsOf } from '../../web/markup';
import { approve, messagePage, sample } from '../states';

const base = (() => {
	const { fault: _, draft: __, ...state } = messagePage();
	return { ...state, message: { ...state.message, rewording: undefined, subject: undefined, hasHtml: false } };
})();
const classes = (body: string, wanted: string) => elementsOf(body).filter(({ attributes }) => attributes.class?.split(' ').includes(wanted)).map(({ text }) => text);

it('shows an SMS and a WhatsApp message as bubbles', () => {
	const sms = renderMessage({ ...base, message: { ...base.message, channel: 'sms', text: 'Auguri', sms: { segments: 2, units: 187, encoding: 'GSM-7' } } }).body;
	expect(classes(sms, 'bubble')).toEqual(['Auguri']);
	expect(sms).toContain('Si paga come 2 SMS. 187 caratteri, GSM-7');
	const whatsApp = renderMessage({ ...base, message: { ...base.message, channel: 'whatsapp', body: 'Auguri', text: 'Ottica\n\nAuguri\n\nSTOP per non ricevere altro\n\n[Va bene] [Chiama]' } }).body;
	expect(classes(whatsApp, 'bubble').map((text) => text.trim())).toEqual(['OtticaAuguriSTOP per non ricevere altro', 'Va bene', 'Chiama']);
});

it('shows a letter on its sheet, a notification on its phone and a call as a script', () => {
	const sheet = { senderName: 'Ottica', senderLines: ['Via Roma 1', 'Tel. 055'], recipientLines: ['Ada Conti', 'Via Po 2'], placeAndDate: 'Firenze, 22 novembre 2026', paragraphs: ['Gentile Ada,', 'a presto'], foot: 'Scrive Ottica' };
	const letter = renderMessage({ ...base, message: { ...base.message, channel: 'letter', subject: 'Auguri', sheet } }).body;
	expect(classes(letter, 'a4')[0].replace(/\s*\n\s*/g, '|')).toBe('OtticaVia Roma 1Tel. 055|Ada ContiVia Po 2|Firenze, 22 novembre 2026|Auguri|Gentile Ada,a presto|Scrive Ottica');
	expect(classes(renderMessage({ ...base, message: { ...base.message, channel: 'push', subject: 'Pronto!' } }).body, 'push').at(-1)).toContain('Ottica LumièrePronto!Testo intero');
	expect(renderMessage({ ...base, message: { ...base.message, channel: 'call' } }).body).toContain('Da dire al telefono');
});

it('warns of what should be looked at, in what is stored and in what is typed', () => {
	const body = renderMessage({ ...base, message: { ...base.message, remarks: ['SMS_SEGMENTS', 'NOT_PERSONAL'] }, draft: { body: 'x' }, looked: { body: 'x', text: 'x', hasHtml: false, remarks: ['HEALTH_DETAIL'] } }).body;
	expect(elementsOf(body).filter(({ name }) => name === 'li').map(({ text }) => text).filter((text) => /paga|occhi/.test(text))).toEqual([
		'Parla degli occhi o della salute di chi legge: così com’è verrebbe fermato all’invio.', 'Si paga come più di un SMS: se puoi, accorcialo.',
	]);
});

it('offers no other day on the last one, and none after it', () => {
	const until = (expiresOn?: string) => elementsOf(renderMessage({ ...base, message: { ...base.message, expiresOn } }).body).find(({ attributes }) => attributes.name === 'until')?.attributes;
	expect(until('2026-11-22')).toBeUndefined();
	expect(until('2026-11-25')).toMatchObject({ min: '2026-11-23', max: '2026-11-25' });
	expect(until()).toMatchObject({ min: '2026-11-23', max: '2027-11-22' });
});

it('approves more than a page only by way of a sample that can be said yes to', () => {
	const link = (total: number) => renderApprove({ ...approve(), total }).body.includes('view=sample');
	expect([link(3), link(4)]).toEqual([false, true]);
	const yes = (state: ReturnType<typeof sample>) => elementsOf(renderSample(state).body).filter(({ attributes }) => attributes.value === 'approveAll');
	expect(yes(sample())).toHaveLength(1);
	expect(yes({ ...sample(), claim: undefined })).toEqual([]);
	expect(renderSample({ ...sample(), claim: undefined, texts: 30 }).body).toContain('Qui ci sono 30 testi diversi');
});

it('takes a decision back with what the address says of it, and nothing else', () => {
	const undo = (undo?: number) => elementsOf(renderApprove({ ...approve(), flash: { code: 'approved', count: 1, ...(undo && { undo }) } }).body).find(({ attributes }) => attributes.name === 'at')?.attributes.value;
	expect([undo(), undo(1764000000000)]).toEqual([undefined, '1764000000000']);
});

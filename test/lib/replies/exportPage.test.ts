import { CONSENT_STATUSES, OUTCOMES } from '../../../lib/domain/consent';
import { CHANNELS, CONTACT_POINT_KINDS, FORMALITIES, INTENTS, LANGUAGES, MESSAGE_CLASSES, MESSAGE_STATES, PURPOSES } from '../../../lib/domain/glossary';
import { APPOINTMENT_STATUSES, EQUIPMENT_KINDS, EXAM_KINDS, LENS_TYPES, QUOTE_STATUSES } from '../../../lib/domain/records';
import { renderExport } from '../../../lib/replies/exportPage';
import en from '../../../templates/en/export.json';
import it_ from '../../../templates/it/export.json';
import { elementsOf } from '../web/markup';

const shown = (sections: Record<string, Array<Record<string, unknown>>>, language: 'it' | 'en' = 'it') => {
	const page = renderExport({ language, shopName: 'Ottica Prova', timeZone: 'Europe/Rome', day: '2026-11-22', sections });
	return elementsOf(page.body).filter(({ name }) => name === 'dd').map(({ text }) => text);
};

it.each([['it', it_.values], ['en', en.values]] as const)('has a word for each code of the store, in %s', (_, values) => {
	const codes = [
		CHANNELS, PURPOSES, CONTACT_POINT_KINDS, FORMALITIES, INTENTS, LANGUAGES, MESSAGE_CLASSES, MESSAGE_STATES, CONSENT_STATUSES, OUTCOMES,
		EQUIPMENT_KINDS, LENS_TYPES, EXAM_KINDS, APPOINTMENT_STATUSES, QUOTE_STATUSES, ['any', 'valid', 'invalid', 'bounced', 'mobile', 'landline', 'listed', 'notListed'],
	].flat();
	expect(codes.filter((code) => !Object.hasOwn(values, code))).toEqual([]);
});

it('has the same codes in both languages', () => {
	expect(Object.keys(en.values)).toEqual(Object.keys(it_.values));
});

it('writes codes as words, and leaves free text as it is', () => {
	const sections = {
		contactPoints: [{ kind: 'email', value: 'open@posta.example', status: 'valid' }],
		quotes: [{ description: 'open', status: 'open' }],
		decisions: [{ outcome: 'block', reason: 'CONSENT_MISSING' }],
		messageHistory: [{ fromState: 'pending', toState: 'rejected', who: 'Chiara', why: 'campaign.spring' }],
	};
	expect(shown(sections)).toEqual(expect.arrayContaining(['E-mail', 'Valido', 'open', 'Aperto', 'open@posta.example', 'Non consentito', 'In attesa', 'Chiara', 'campaign.spring']));
	expect(shown(sections).join(' ')).not.toMatch(/valid\b|block|CONSENT_MISSING|pending|rejected/);
	expect(shown(sections, 'en')).toEqual(expect.arrayContaining(['Valid', 'Open', 'Not allowed', 'The customer has not agreed to this channel and purpose.']));
});

it('says in words what a message went by', () => {
	expect(shown({ messages: [{ uses: { health: true, purchaseOn: '2026-03-02', profiling: true } }], decisions: [{ uses: { purchaseOn: '2026-03-02' } }] })).toEqual(['dati sulla salute, un acquisto del 2 marzo 2026, abitudini di acquisto', 'un acquisto del 2 marzo 2026']);
	expect(shown({ messages: [{ uses: { health: true } }] }, 'en')).toEqual(['health data']);
});

it('writes an address on one line', () => {
	const value = JSON.stringify({ street: 'Via Roma 1', postalCode: '50100', town: 'Firenze', province: 'FI', country: 'IT' });
	expect(shown({ contactPoints: [{ kind: 'address', value }] })).toContain('Via Roma 1, 50100 Firenze FI, IT');
	expect(shown({ contactPoints: [{ kind: 'address', value: 'Via Roma 1' }] })).toContain('Via Roma 1');
});

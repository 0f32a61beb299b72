import { historyReason, historyWho, kindInWords, occasionInWords, whyInWords } from '../../../lib/desk/words';
import { dayInWords, momentInWords } from '../../../lib/web/dates';

const birthday = (dueOn: string, turns?: number) => ({ kind: 'birthday', dueOn, turns });

it.each([
	[birthday('2026-11-22', 45), 'Compie 45 anni oggi', 'Turns 45 today'],
	[birthday('2026-11-21', 45), 'Ha compiuto 45 anni ieri', 'Turned 45 yesterday'],
	[birthday('2026-11-19', 45), 'Ha compiuto 45 anni 3 giorni fa', 'Turned 45 3 days ago'],
	[birthday('2026-11-23', 45), 'Compie 45 anni domani', 'Turns 45 tomorrow'],
	[birthday('2026-11-25'), 'Compie gli anni tra 3 giorni', 'Birthday in 3 days'],
	[{ kind: 'campaign.sole', dueOn: '2026-06-01' }, 'campaign.sole, 1 giugno 2026', 'campaign.sole, 1 June 2026'],
])('says the occasion %j', (occasion, italian, english) => {
	expect(occasionInWords(occasion, '2026-11-22', 'it')).toBe(italian);
	expect(occasionInWords(occasion, '2026-11-22', 'en')).toBe(english);
});

it.each([
	[{ code: 'ALLOW_CONSENT', consent: { capturedAt: '2023-02-02T23:30:00.000Z', source: 'import', method: 'paper' } }, 'Consenso dato il 3 febbraio 2023 (modulo cartaceo, dal programma del negozio)'],
	[{ code: 'ALLOW_CONSENT', consent: { capturedAt: '2023-02-03T10:00:00.000Z', source: 'fiera di maggio' } }, 'Consenso dato il 3 febbraio 2023 (fiera di maggio)'],
	[{ code: 'ALLOW_CONSENT', consent: { capturedAt: '2023-02-03T10:00:00.000Z', source: '' } }, 'Consenso dato il 3 febbraio 2023'],
	[{ code: 'ALLOW_CONSENT' }, 'Ha dato il consenso'],
	[{ code: 'ALLOW_CONTRACT' }, 'Serve per un suo acquisto o appuntamento'],
	[{ code: 'toString' }, 'Motivo: toString'],
	[{ code: 'label' }, 'Motivo: label'],
])('says why it is allowed: %j', (why, words) => {
	expect(whyInWords(why, 'Europe/Rome', 'it')).toBe(words);
});

it('shows days and moments in the shop’s zone', () => {
	expect(dayInWords('2026-11-22', 'it', true)).toBe('domenica 22 novembre 2026');
	expect(dayInWords('2026-11-22', 'en')).toBe('22 November 2026');
	expect(momentInWords('2026-11-22T23:30:00.000Z', 'Europe/Rome', 'it')).toBe('23 nov 2026, 00:30');
});

it('names kinds, reasons and actors, and keeps what it does not know', () => {
	expect([kindInWords('birthday', 'it'), kindInWords('constructor', 'it')]).toEqual(['Compleanni', 'constructor']);
	expect([historyReason('EDITED', 'it'), historyReason('EDITED', 'en'), historyReason('x: y', 'it'), historyReason('wording: troppo: lungo', 'it')]).toEqual(['Testo modificato', 'Text edited', 'x: y', 'Il testo non va bene: troppo: lungo']);
	expect([historyWho('clock', 'it'), historyWho('Marco', 'it')]).toEqual(['in automatico', 'Marco']);
});

import { hoursInWords, proposedAnswer, questionsOf, type FrequentQuestion } from '../../../lib/replies/questions';
import type { Shop } from '../../../lib/domain/shop';

const shop = {
	street: 'Via Roma 1', postalCode: '20121', town: 'Milano', phone: '+39021234567',
	openingHours: { tuesday: [{ from: '09:00', to: '13:00' }, { from: '15:30', to: '19:30' }], wednesday: [{ from: '09:00', to: '13:00' }, { from: '15:30', to: '19:30' }], saturday: [{ from: '10:00', to: '19:00' }] },
} as unknown as Shop;
const ask = (text: string, own: FrequentQuestion[] = [], given: Partial<Shop> = {}) => proposedAnswer(text, questionsOf('it', own), { ...shop, ...given } as Shop, 'ready');

it('says the opening hours as people do', () => {
	expect(hoursInWords(shop.openingHours ?? {}, 'it')).toBe('lunedì chiuso; da martedì a mercoledì 9:00-13:00 e 15:30-19:30; da giovedì a venerdì chiuso; sabato 10:00-19:00; domenica chiuso');
	expect(hoursInWords({}, 'en')).toBe('Monday to Sunday closed');
});

test.each([
	['Scusate, a che ora chiudete oggi?', 'hours'], ['Qual è il vostro indirizzo?', 'address'], ['I miei occhiali sono pronti?', 'order'], ['Mi date il numero di telefono?', 'phone'],
])('%s', (text, name) => {
	expect(ask(text)?.name).toBe(name);
});

it('fills in what the shop is and where the order stands', () => {
	expect(ask('dove siete?')?.answer).toContain('Via Roma 1, 20121 Milano');
	expect(ask('sono pronti gli occhiali?')?.answer).toContain('è tutto pronto');
});

it('proposes nothing where no question fits, or the answer needs what is not known', () => {
	expect(ask('Quanto costa una montatura?')).toBeUndefined();
	expect(ask('avete un sito?')).toBeUndefined();
	expect(ask('a che ora aprite?', [], { openingHours: undefined })).toBeUndefined();
	// A word that only begins like one of the phrases.
	expect(ask('avete sitoweb')).toBeUndefined();
});

it("takes the shop's own answer in place of the package's, and its own questions", () => {
	const own: FrequentQuestion[] = [
		{ name: 'hours', language: 'it', phrases: ['a che ora'], answer: 'Sempre aperti' },
		{ name: 'parking', language: 'it', phrases: ['parcheggi*'], answer: 'Sì, nel cortile' },
		{ name: 'parking', language: 'en', phrases: ['parking'], answer: 'Yes' },
	];
	expect(ask('a che ora aprite?', own)?.answer).toBe('Sempre aperti');
	expect(ask('C\'è un parcheggio?', own)?.answer).toBe('Sì, nel cortile');
	expect(ask('parking', own)).toBeUndefined();
});

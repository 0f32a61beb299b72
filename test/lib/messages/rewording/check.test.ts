import fc from 'fast-check';
import type { NotRewordedReason } from '../../../../lib/domain/rewording';
import { refusalOf, tidyAnswer, type RewordingFrame } from '../../../../lib/messages/rewording/check';
import type { HiddenText } from '../../../../lib/messages/rewording/hidden';

const lei: RewordingFrame = { language: 'it', formality: 'lei', mayHoldOffer: false };
const tu: RewordingFrame = { ...lei, formality: 'tu' };
const english: RewordingFrame = { ...lei, language: 'en' };

function hidden(text: string, values: Record<string, string> = {}): HiddenText {
	const places = text.match(/\[\[[^\]]+\]\]/g) ?? [];
	return { text, values: new Map(places.map((place) => [place, values[place] ?? 'x'])) };
}

const original = hidden(
	'Gentile [[customer.name]],\n\noggi è il suo compleanno, e non volevamo lasciarlo passare senza farle gli auguri. Da [[occasion.turns]] anni ci fa piacere vederla.\n\nSe passa da queste parti, entri a salutarci: siamo aperti fino alle 19.30, www.ottica.example.\n\nUn caro saluto,',
);
/** The same in other words: what all bad answers are made from. */
const answer =
	'Gentile [[customer.name]],\n\noggi è il giorno del suo compleanno: come potevamo non farle gli auguri? È da [[occasion.turns]] anni che ci fa piacere rivederla.\n\nQuando le capita di passare di qui venga a salutarci, siamo aperti fino alle 19.30 (www.ottica.example).\n\nCon affetto,';

it('lets the same in other words pass', () => {
	expect(refusalOf(original, answer, lei)).toBeUndefined();
	expect(refusalOf(original, original.text, lei)).toBeUndefined();
	expect(refusalOf(hidden('Ciao [[customer.firstName]], ti scriviamo per il tuo controllo: quando vuoi, ci trovi qui.'), 'Ciao [[customer.firstName]]! Ti scriviamo per il tuo controllo, ci trovi qui quando vuoi.', tu)).toBeUndefined();
	expect(refusalOf(hidden('Dear [[customer.name]],\n\nit is time for your check-up, and we would be glad to see you.\n\nKind regards,'), 'Dear [[customer.name]],\n\nwe would be glad to see you again: your check-up is due, and it is time for it.\n\nWith kind regards,', english)).toBeUndefined();
});

const refused: Array<[NotRewordedReason, string, string]> = [
	['EMPTY_ANSWER', 'nothing', ''],
	['EMPTY_ANSWER', 'placeholders alone', '[[customer.name]] [[occasion.turns]]'],
	['PLACEHOLDERS', 'one is missing', answer.replace('[[customer.name]]', 'cliente')],
	['PLACEHOLDERS', 'one stands twice', answer.replace('come potevamo', '[[customer.name]], come potevamo')],
	['PLACEHOLDERS', 'one was made up', answer.replace('Con affetto', 'Con affetto, [[shop.signature]]')],
	['PLACEHOLDERS', 'one was changed', answer.replace('[[occasion.turns]]', '[[occasion.turns#2]]')],
	['PLACEHOLDERS', 'a template', answer.replace('affetto', '{{shop.name}}')],
	['PLACEHOLDERS', 'a broken one', answer.replace('affetto', 'affetto [[nome]]')],
	['PLACEHOLDERS', 'a digit joined to one', answer.replace('[[occasion.turns]]', '[[occasion.turns]]0')],
	['PLACEHOLDERS', 'a word joined to one', answer.replace('[[occasion.turns]]', 'cento[[occasion.turns]]')],
	['NUMBERS', 'a number', answer.replace('affetto', 'affetto dai suoi 4 ottici')],
	['NUMBERS', 'a number left out', answer.replace('fino alle 19.30 ', '')],
	['NUMBERS', 'a number changed', answer.replace('19.30', '20.30')],
	['NUMBERS', 'a number in words', answer.replace('affetto', 'affetto dai suoi quattro ottici')],
	['NUMBERS', 'an Arabic digit', answer.replace('affetto', 'affetto ٥')],
	['DATES', 'a day of the week', answer.replace('venga a salutarci', 'venga a salutarci sabato')],
	['DATES', 'a month', answer.replace('venga a salutarci', 'venga a salutarci a dicembre')],
	['DATES', 'tomorrow', answer.replace('venga a salutarci', 'venga a salutarci domani')],
	['ADDRESSES', 'a web address', answer.replace('affetto', 'affetto, https://altro.example/x')],
	['ADDRESSES', 'an address without its beginning', answer.replace('affetto', 'affetto, altro.it')],
	['ADDRESSES', 'an e-mail address', answer.replace('affetto', 'affetto, io@altro')],
	['ADDRESSES', 'an address changed', answer.replace('www.ottica.example', 'www.ottica.example.it')],
	['ADDRESSES', 'an address left out', answer.replace(' (www.ottica.example)', '')],
	['NAMES', 'a person', answer.replace('affetto', 'affetto da Chiara')],
	['NAMES', 'a brand in capitals at the beginning', answer.replace('Con affetto', 'VISIONIX è qui. Con affetto')],
	['NAMES', 'a name behind a placeholder', answer.replace('[[customer.name]],', '[[customer.name]] Rossi,')],
	['HEALTH_WORDS', 'eyesight', answer.replace('come potevamo', 'abbia cura della vista; come potevamo')],
	['HEALTH_WORDS', 'illness in general', answer.replace('come potevamo', 'anche un medico lo direbbe; come potevamo')],
	['HEALTH_DETAIL', 'a condition of the reader', answer.replace('come potevamo', 'con la sua miopia come potevamo')],
	['OFFER_WORDS', 'a gift', answer.replace('a salutarci', 'a ritirare un omaggio')],
	['OFFER_WORDS', 'a discount', answer.replace('a salutarci', 'a scoprire lo sconto')],
	['OFFER_WORDS', 'a sign of money', answer.replace('affetto', 'affetto €')],
	['OFFER_WORDS', 'with accents in between', answer.replace('a salutarci', 'a prendere un regàlo')],
	['FORM_OF_ADDRESS', 'tu', answer.replace('le capita', 'ti capita')],
	['LANGUAGE', 'Cyrillic letters', answer.replace('affetto', 'affettо')],
	['LANGUAGE', 'letters that look like others', answer.replace('affetto', '𝐬𝐜𝐨𝐧𝐭𝐨')],
	['MARKUP', 'bold', answer.replace('affetto', '*affetto*')],
	['MARKUP', 'a tag', answer.replace('affetto', '<b>affetto')],
	['MARKUP', 'emoji', answer.replace('affetto', 'affetto 🎂')],
	['MARKUP', 'a hidden hyphen', answer.replace('affetto', 'scon\u00adto')],
	['MARKUP', 'struck letters', answer.replace('affetto', 's\u0336conto')],
	['LENGTH', 'much more', answer.replace('affetto', `affetto ${'e con un sorriso che non finisce '.repeat(8)}`)],
	['LENGTH', 'much less', 'Gentile [[customer.name]], oggi auguri da [[occasion.turns]] anni: 19.30 www.ottica.example.'],
];

it.each(refused)('refuses with %s: %s', (reason, _, bad) => expect(refusalOf(original, tidyAnswer(bad), lei)).toBe(reason));

it('refuses another language, and lei where it is tu', () => {
	expect(refusalOf(hidden('Ciao [[customer.firstName]], ti scriviamo per il tuo controllo: quando vuoi, ci trovi qui.'), 'Hello [[customer.firstName]], we are writing to you for your check-up: you will find us here.', tu)).toBe('LANGUAGE');
	expect(refusalOf(hidden('Ciao [[customer.firstName]], ti scriviamo per il tuo controllo: quando vuoi, ci trovi qui.'), 'Ciao [[customer.firstName]], scriviamo per il suo controllo: quando vuole, ci trovi qui.', tu)).toBe('FORM_OF_ADDRESS');
});

it('lets an offer be named in other words only where there is one and may be one', () => {
	const offer = hidden('Ciao [[customer.firstName]], per te uno sconto di 20 euro sul secondo paio di occhiali da sole.');
	const other = 'Ciao [[customer.firstName]], sul secondo paio di occhiali da sole per te la promozione: 20 euro.';
	expect(refusalOf(offer, other, { ...tu, mayHoldOffer: true })).toBeUndefined();
	expect(refusalOf(offer, other, tu)).toBe('OFFER_WORDS');
	expect(refusalOf(hidden('Ciao [[customer.firstName]], ti aspettiamo per guardare gli occhiali da sole.'), 'Ciao [[customer.firstName]], ti aspettiamo per la promozione degli occhiali da sole.', { ...tu, mayHoldOffer: true })).toBe('OFFER_WORDS');
});

it('a sentence may begin behind a placeholder that hides the end of one', () => {
	const text = 'Le auguriamo una bella giornata. [[occasion.turns]] Da ottici aggiungiamo un augurio: cose belle da guardare.';
	const other = 'Le auguriamo una giornata bellissima. [[occasion.turns]] Aggiungiamo un augurio da ottici: cose belle da guardare, sempre.';
	expect(refusalOf(hidden(text, { '[[occasion.turns]]': 'È tondo.' }), other.replace('Aggiungiamo', 'Vogliamo aggiungere'), lei)).toBeUndefined();
	expect(refusalOf(hidden(text, { '[[occasion.turns]]': 'cinquanta' }), other.replace('Aggiungiamo', 'Vogliamo aggiungere'), lei)).toBe('NAMES');
});

it('takes the fence and the quotes off that models put around a text', () => {
	expect(tidyAnswer('```text\nCiao,\n\na presto.\n```')).toBe('Ciao,\n\na presto.');
	expect(tidyAnswer('"Ciao, a presto."')).toBe('Ciao, a presto.');
	expect(tidyAnswer('«Ciao»\r\n\r\n\r\n\r\n«a presto» \u202e')).toBe('«Ciao»\n\n«a presto»');
});

/** What no answer may bring in, wherever a model puts it between two words of a sentence. */
const foreign = fc.oneof(
	fc.integer({ min: 0, max: 99_999 }).map(String),
	fc.constantFrom('cento', 'mille', 'sabato', 'domani', 'gennaio', 'gratis', 'sconto', 'saldi', 'regalo', 'prezzo', '€', '%', 'miopia', 'glaucoma', 'diottrie', 'medico', 'vista', 'x@y', 'https://a.b', 'altro.it', 'Mario', 'Bellavista', '*', '<p>', '🎁', '[[a.b]]', '{{x}}', '[[customer.name]]', 'tuo', 'скидка'),
);

it('refuses whatever foreign thing is put anywhere into a good answer', () => {
	// Not at the beginning of a sentence, where a name looks like any other word.
	const gaps = [...answer.matchAll(/(?<=[\p{Ll}]) (?=[\p{Ll}])/gu)].map(({ index }) => index);
	fc.assert(
		fc.property(foreign, fc.constantFrom(...gaps), (thing, at) => {
			expect(refusalOf(original, tidyAnswer(`${answer.slice(0, at)} ${thing}${answer.slice(at)}`), lei)).toBeDefined();
		}),
		{ numRuns: 1000 },
	);
});

it('what passes holds the placeholders once each and the same digits, whatever a model answers', () => {
	const pieces = [...answer.split(' '), '[[customer.name]]', '[[', ']]', '[[occasion.turns]]', '4', '19.30', '', 'Rossi'];
	const shuffled = fc.oneof(fc.array(fc.constantFrom(...pieces), { maxLength: 70 }), fc.shuffledSubarray(pieces, { minLength: pieces.length - 6 }), fc.string({ unit: 'binary', maxLength: 300 }).map((text) => [text]));
	const sorted = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).sort();
	let passed = 0;
	fc.assert(
		fc.property(shuffled, (words) => {
			const text = tidyAnswer(words.join(' '));
			if (refusalOf(original, text, lei)) return;
			passed++;
			for (const pattern of [/\[\[[^\]]*\]\]/g, /\p{N}/gu, /www\.\S+/g]) expect(sorted(text, pattern).join().replace(/[,).]+$/, '')).toBe(sorted(original.text, pattern).join().replace(/[,).]+$/, ''));
		}),
		{ numRuns: 500, examples: [[answer.split(' ')]] },
	);
	expect(passed).toBeGreaterThan(0);
});

import { loadTemplate } from '../../../lib/messages/load';
import { parseTemplate } from '../../../lib/messages/parse';
import { readingEase } from '../../../lib/messages/readingEase';
import { isPersonal, remarksOn } from '../../../lib/messages/remarks';
import { variables } from './support';

const EMAIL = { channel: 'email', language: 'it', subject: 'Auguri', preheader: 'Un pensiero', body: 'Cara Giulia,\n\ntanti auguri.', text: 'Cara Giulia,\n\ntanti auguri.' } as const;
const codes = (changes: object, personal = true) => remarksOn({ ...EMAIL, ...changes }, personal).map(({ code }) => code);
const LONG_WORDS = 'Conformemente alle sopraindicate disposizioni concernenti la comunicazione commerciale personalizzata, comunichiamo cortesemente alla gentilissima clientela affezionata';

it.each([
	[{}, []],
	[{ subject: 'x'.repeat(61) }, ['SUBJECT_LONG']],
	[{ preheader: undefined }, ['PREHEADER_MISSING']],
	[{ preheader: 'x'.repeat(91) }, ['PREHEADER_LONG']],
	[{ body: LONG_WORDS }, ['HARD_TO_READ']],
	[{ text: 'La sua miopia è di -2,50 diottrie.' }, ['HEALTH_DETAIL']],
	[{ channel: 'sms', subject: undefined, preheader: undefined, text: 'x'.repeat(160) }, []],
	[{ channel: 'sms', subject: undefined, preheader: undefined, text: 'x'.repeat(161) }, ['SMS_SEGMENTS']],
	[{ channel: 'push', subject: 'x'.repeat(45), body: 'tanti auguri. '.repeat(10) }, []],
	[{ channel: 'push', subject: 'x'.repeat(46), body: 'tanti auguri. '.repeat(11) }, ['TITLE_LONG', 'PUSH_LONG']],
	[{ channel: 'letter', subject: 'x'.repeat(61), preheader: undefined }, []],
])('remarks on %j', (changes, expected) => {
	expect(codes(changes)).toEqual(expected);
});

it('says what a few signs cost in an SMS', () => {
	const [{ remark }] = remarksOn({ ...EMAIL, channel: 'sms', text: `“Auguri” ${'x'.repeat(100)}` }, true);
	expect(remark).toBe('It is paid as 2 messages (UCS-2). Without “ ” it would be 1.');
});

it('sees whether a text says anything of its reader', () => {
	const source = (body: string) => `---\nid: x\nversion: 1\nchannel: email\nclass: relational\npurpose: marketing\nintent: qualifying\nlocale: it\nmayHoldOffer: false\nsubject: Novità\nvariables:\n  customer.firstName: { type: text, required: true, example: Giulia }\n---\n${body}`;
	expect(isPersonal(parseTemplate(source('Ciao a tutti.'), 'x'), variables())).toBe(false);
	expect(isPersonal(parseTemplate(source('Ciao {{customer.firstName}}.'), 'x'), variables())).toBe(true);
	expect(isPersonal(loadTemplate('birthday', 'email', 'it'), variables())).toBe(true);
	expect(codes({}, false)).toEqual(['NOT_PERSONAL']);
});

describe('reading ease', () => {
	it('is the Gulpease index in Italian', () => {
		// 2 sentences, 8 words, 37 letters.
		expect(readingEase('Il gatto dorme sul divano. Fuori piove ancora.', 'it')).toBe(Math.min(100, Math.round(89 + (600 - 370) / 8)));
		expect(readingEase(LONG_WORDS, 'it')).toBeLessThan(40);
	});

	it('is Flesch\'s in English', () => {
		expect(readingEase('The cat sat on the mat.', 'en')).toBeGreaterThan(90);
		expect(readingEase('Notwithstanding considerable institutional complications, organisational communication necessitates comprehensibility.', 'en')).toBe(0);
	});

	it('of nothing is easy', () => expect(readingEase('  \n', 'it')).toBe(100));
});

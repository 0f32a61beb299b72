import { replyMeaning } from '../../../lib/consent/replyWords';
import { MEANINGS, readReply, type Meaning } from '../../../lib/replies/meaning';

/** [text, meaning, kind of the message that it answers]. */
const SAID: Array<[string, Meaning, string?]> = [
	['STOP', 'refusal'], ['basta!', 'refusal'], ['No, grazie.', 'refusal'], ['Unsubscribe', 'refusal'], ['Stop scrivermi per favore', 'refusal'],
	['Annulla', 'unclearRefusal'], ['vorrei che cancellaste, annulla tutto', 'unclearRefusal'],
	['Con gli occhiali nuovi vedo male da lontano', 'problem', 'progressive'], ['Mi fanno male dietro le orecchie', 'problem', 'progressive'], ['Grazie, ma ho mal di testa da quando li porto', 'problem', 'progressive'],
	['Si è rotta la stanghetta', 'problem'], ['non riesco a leggere al computer', 'problem', 'progressive'], ['Ho graffiato una lente: graffiata proprio al centro', 'problem'], ['Le lenti nuove non vanno bene', 'problem'],
	['I get a headache with them', 'problem', 'progressive'], ['Everything is blurry at a distance', 'problem'], ["They don't fit well", 'problem'], ['Basta, vedo sfocato e mi gira la testa', 'problem'],
	['Nessun problema, mi trovo benissimo', 'fine', 'progressive'], ['Tutto bene, grazie!', 'fine', 'progressive'], ['No problems at all, all good', 'fine', 'progressive'], ['Sì', 'fine', 'progressive'], ['Sono contentissima', 'fine'],
	['Mi chiami domani mattina per favore', 'callback'], ['potete richiamarmi?', 'callback'], ['Please call me after 5', 'callback'], ['Telefonatemi voi', 'callback'],
	['Vorrei prenotare per giovedì', 'booking', 'recall.vision'], ['Sì', 'booking', 'recall.vision'], ['ok grazie', 'booking', 'recall.eyewear'], ['Va bene lunedì alle 10', 'booking', 'recall.vision'], ['posso venire sabato?', 'booking'], ["I'd like to come on Friday", 'booking', 'recall.vision'],
	['Can I book an appointment?', 'booking'], ['Volentieri!', 'booking', 'recall.vision'], ['Devo disdire l\'appuntamento di domani', 'booking'],
	['A che ora chiudete?', 'question'], ['Dove siete', 'question'], ['quanto costano le lenti da sole', 'question'], ['Are my glasses ready?', 'question', 'order.ready'], ['Do you sell contact lenses', 'question'],
	['Grazie mille, che gentili!', 'thanks', 'birthday'], ['Grazie del pensiero 😊', 'thanks', 'birthday'], ['❤️', 'thanks', 'birthday'], ['👍🏻', 'thanks'], ['Thank you so much', 'thanks', 'birthday'], ['Auguri anche a voi', 'thanks', 'birthday'],
	['9', 'score', 'survey'], ['Direi 8', 'score', 'survey'], ['10/10', 'score', 'survey'], ['voto: 3', 'score', 'survey'],
	['9', 'other', 'birthday'], ['11', 'other', 'survey'], ['Sono la figlia, la mamma è in ospedale', 'other'], ['ok', 'other', 'birthday'], ['7/8', 'other', 'survey'],
];

test.each(SAID.map(([text, meaning, kind]) => ({ text, meaning, kind })))('$text: $meaning', ({ text, meaning, kind }) => {
	expect(readReply(text, { kind, refusal: replyMeaning(text) }).meaning).toBe(meaning);
});

it('every meaning is reached', () => {
	expect(new Set(SAID.map(([, meaning]) => meaning))).toEqual(new Set(MEANINGS));
});

it('a score is the number that was said', () => {
	expect(['9', 'Direi 8', '10 su 10', '0', 'un bel 7!'].map((text) => readReply(text, { kind: 'survey' }).score)).toEqual([9, 8, 10, 0, 7]);
});

it('does not hang on long or odd texts', () => {
	for (const text of ['', ' ', '?'.repeat(20_000), 'non vedo '.repeat(5_000), '\u0000\ud800', '1 '.repeat(10_000)]) {
		expect(MEANINGS).toContain(readReply(text, { kind: 'survey' }).meaning);
	}
});

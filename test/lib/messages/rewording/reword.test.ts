import { listTemplates } from '../../../../lib/messages/load';
import { fillIn, hiddenBody, type HiddenText } from '../../../../lib/messages/rewording/hidden';
import { nameOfModel, type LanguageModel, type Said } from '../../../../lib/messages/rewording/model';
import { rewordTexts, type RewordingSettings, type WantedRewording } from '../../../../lib/messages/rewording/reword';
import { MODEL_VARIABLES } from '../../../../lib/domain/modelMaySee';
import { variables } from '../support';

const settings: RewordingSettings = { atOnce: 2, patience: 5000, mostCalls: 100 };
const TEXT = 'Gentile [[customer.name]],\n\noggi è il suo compleanno, e non volevamo lasciarlo passare senza farle gli auguri.\n\nUn caro saluto,';
const OTHER = 'Gentile [[customer.name]],\n\nnon volevamo lasciar passare il suo compleanno, che è oggi, senza gli auguri.\n\nCon un caro saluto,';

const wanted = (changes: Partial<WantedRewording> = {}, name = 'Sig.ra Conti', text = TEXT): WantedRewording => ({
	hidden: { text, values: new Map(text.includes('[[customer.name]]') ? [['[[customer.name]]', name]] : []) } as HiddenText,
	language: 'it', formality: 'lei', mayHoldOffer: false, channel: 'email', isFixed: false, ...changes,
});

/** A model that gives these answers, and remembers what it was asked. */
function model(answer: (text: string, call: number) => unknown): LanguageModel & { asked: Said[][]; atOnce: number } {
	let now = 0;
	const self = {
		asked: [] as Said[][],
		atOnce: 0,
		async invoke(messages: Said[]) {
			self.asked.push(messages);
			self.atOnce = Math.max(self.atOnce, ++now);
			await new Promise((done) => setTimeout(done, 5));
			now--;
			return await answer(messages[1][1].split('\n\n').slice(1).join('\n\n'), self.asked.length);
		},
	};
	return self;
}

it('asks with the rules and the text, and fills the values in', async () => {
	const one = model(() => ({ content: OTHER }));
	const { texts, calls } = await rewordTexts([wanted()], one, settings);
	expect(texts).toEqual([{ body: fillIn(OTHER, wanted().hidden.values) }]);
	expect(calls).toBe(1);
	const [[[system, rules], [human, task]]] = one.asked;
	expect([system, human]).toEqual(['system', 'human']);
	expect(rules).toMatch(/italiano naturale[\s\S]*\[\[customer\.name\]\][\s\S]*dai? sempre del lei/i);
	expect(task).toContain(TEXT);
	expect(JSON.stringify(one.asked)).not.toContain('Conti');
});

it('asks once for texts that read the same, and lets each have its own values', async () => {
	const one = model(() => OTHER);
	const { texts, calls } = await rewordTexts([wanted({}, 'Sig.ra Conti'), wanted({}, 'Dott. Bo'), wanted({ channel: 'letter' })], one, settings);
	expect(calls).toBe(2);
	expect(texts.map((text) => ('body' in text ? text.body.split(',')[0] : text))).toEqual(['Gentile Sig.ra Conti', 'Gentile Dott. Bo', 'Gentile Sig.ra Conti']);
});

it('asks no more than may be asked, and few at the same time', async () => {
	const many = Array.from({ length: 8 }, (_, place) => wanted({}, 'Bo', TEXT.replace('auguri', `auguri${'!'.repeat(place)}`)));
	const one = model((text) => text);
	const { texts, calls } = await rewordTexts([...many, many[0]], one, { ...settings, mostCalls: 6 });
	expect([calls, one.asked.length, one.atOnce]).toEqual([6, 6, 2]);
	expect(texts.map((text) => ('reason' in text ? text.reason : 'worded'))).toEqual([...Array(6).fill('worded'), 'CALLS_USED_UP', 'CALLS_USED_UP', 'worded']);
});

describe('a text stays as it is', () => {
	const asked = model(() => OTHER);
	const kept: Array<[string, WantedRewording, LanguageModel | undefined, object]> = [
		['without a model', wanted(), undefined, { reason: 'NO_MODEL' }],
		['where Meta has approved it', wanted({ isFixed: true }), asked, { reason: 'FIXED_TEXT' }],
		['of a call', wanted({ channel: 'call' }), asked, { reason: 'SPOKEN' }],
		['where little is left', wanted({}, '', '[[customer.name]]\n\nUn caro saluto,'), asked, { reason: 'LITTLE_LEFT' }],
		['where it tells of the eyes', wanted({}, '', `${TEXT} La sua miopia è stabile, ci vediamo presto.`), asked, { reason: 'HEALTH_LEFT' }],
		['where it has brackets of its own', wanted({}, '', `${TEXT} [[nota]]`), asked, { reason: 'PLACEHOLDERS' }],
	];
	it.each(kept)('%s, and nothing is asked', async (_, text, one, expected) => {
		const { texts, calls } = await rewordTexts([text], one, settings);
		expect(texts).toEqual([expect.objectContaining({ ...expected, remark: expect.stringMatching(/template's own\. [A-Z].*\.$/) })]);
		expect(one && (one as typeof asked).asked).toEqual(one && []);
		if (one) expect(calls).toBe(0);
	});

	const failing: Array<[string, () => unknown, object]> = [
		['an error with a secret', () => Promise.reject(new Error('key sk-123 for Conti')), { reason: 'NO_ANSWER', remark: expect.stringMatching(/no answer\. \(Error\)/) }],
		['a refusal of the provider', () => Promise.reject(Object.assign(new Error('quota'), { status: 429 })), { reason: 'NO_ANSWER', remark: expect.stringContaining('(status 429)') }],
		['a refusal as n8n words it', () => Promise.reject(Object.assign(new Error('quota'), { httpCode: '401' })), { reason: 'NO_ANSWER', remark: expect.stringContaining('(status 401)') }],
		['nothing', () => undefined, { reason: 'EMPTY_ANSWER' }],
		['an empty message', () => ({ content: [] }), { reason: 'EMPTY_ANSWER' }],
		['something else', () => 'Certo, ecco il testo: [[customer.name]], auguri a lei!', { reason: 'LENGTH' }],
		['an error that is none', () => Promise.reject('no'), { reason: 'NO_ANSWER', remark: expect.stringContaining('(an error)') }],
	];
	it.each(failing)('when the model gives %s', async (_, answer, expected) => {
		const { texts } = await rewordTexts([wanted()], model(answer), settings);
		expect(texts).toEqual([expect.objectContaining(expected)]);
		expect(JSON.stringify(texts)).not.toMatch(/Conti|sk-123/);
	});

	it('when the model takes too long, whether it listens to the signal or not', async () => {
		const deaf: LanguageModel = { invoke: () => new Promise(() => undefined) };
		const { texts } = await rewordTexts([wanted()], deaf, { ...settings, patience: 30 });
		expect(texts).toEqual([expect.objectContaining({ reason: 'NO_ANSWER', remark: expect.stringContaining('(it took too long)') })]);
		const stopped = new AbortController();
		const listening: LanguageModel = { invoke: (_, options) => new Promise((__, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))) };
		setTimeout(() => stopped.abort(), 10);
		expect((await rewordTexts([wanted()], listening, { ...settings, signal: stopped.signal })).texts).toEqual([expect.objectContaining({ reason: 'NO_ANSWER' })]);
	});
});

it('reads answers in parts, and the name of a model under either name', async () => {
	const parts = { content: [{ type: 'reasoning', reasoning: 'hm' }, { type: 'text', text: OTHER.slice(0, 20) }, { type: 'text', text: OTHER.slice(20) }] };
	expect((await rewordTexts([wanted()], model(() => parts), settings)).texts).toEqual([{ body: fillIn(OTHER, wanted().hidden.values) }]);
	const invoke = async () => '';
	expect([nameOfModel({ invoke, model: 'a' }), nameOfModel({ invoke, modelName: 'b' }), nameOfModel({ invoke, model: 3 })]).toEqual(['a', 'b', undefined]);
});

it('every text of the package may be given back as it is, and says enough to be worded anew once the shop allows it', async () => {
	const all = listTemplates().filter(({ channel }) => channel !== 'whatsapp' && channel !== 'call');
	const given = { ...variables({}, { since: '2026-11-01' }), appointment: { kind: 'controllo', startsAt: '2026-11-30T09:30:00.000Z' }, order: { description: 'occhiali da sole', readyOn: '2026-11-20' }, quote: {}, offer: { title: 'Seconda coppia', text: 'Una seconda coppia a metà prezzo.', validUntil: '2026-12-31', time: '18:00', priceCents: 4900, code: 'ABC' }, link: { booking: 'https://shop.example/b', survey: 'https://shop.example/s', more: 'https://shop.example/m' } };
	const texts = all.flatMap((template) => (['lei', 'tu'] as const).map((formality): WantedRewording => ({
		hidden: hiddenBody(template, { ...given, customer: { ...given.customer, formality } }, [...MODEL_VARIABLES]),
		language: template.locale, formality, mayHoldOffer: template.mayHoldOffer, channel: template.channel, isFixed: false,
	})));
	const answers = await rewordTexts(texts, model((text) => text), { ...settings, atOnce: 20, mostCalls: 1000 });
	expect(answers.texts.flatMap((text, place) => ('reason' in text ? [[text.reason, texts[place].hidden.text]] : []))).toEqual([]);
	expect(texts.length).toBeGreaterThan(40);
}, 60_000);

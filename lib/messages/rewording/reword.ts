import type { Channel } from '../../domain/glossary';
import type { NotReworded } from '../../domain/rewording';
import { healthDetails } from '../healthLint';
import { refusalOf, tidyAnswer, type RewordingFrame } from './check';
import { fillIn, PLACEHOLDER, type HiddenText } from './hidden';
import { askEach, type Answer, type Asking, type LanguageModel } from './model';
import { promptFor } from './prompt';
import { notReworded } from './remarks';

/** A text to be worded anew. */
export interface WantedRewording extends RewordingFrame {
	hidden: HiddenText;
	channel: Channel;
	/** Nothing of it may change: a WhatsApp template. */
	isFixed: boolean;
}

export interface RewordingSettings extends Asking {
	/** Calls in one run: what it costs has an end. */
	mostCalls: number;
}

/** For each text, in the order given, the new words with all values filled in, or why there are none. */
export interface Reworded {
	texts: Array<{ body: string } | NotReworded>;
	/** How often the model was asked. */
	calls: number;
}

/** Fewer letters than these are no text to word anew. Ours. */
const FEW_LETTERS = 25;

/** Words texts anew. Only what is not hidden leaves; texts that read the same then are asked for once, and share the answer. Never throws. */
export async function rewordTexts(wanted: readonly WantedRewording[], model: LanguageModel | undefined, settings: RewordingSettings): Promise<Reworded> {
	const questions = new Map<string, WantedRewording>();
	const prepared = wanted.map((each) => {
		const kept = reasonNotToAsk(each, model);
		if (kept) return kept;
		const key = JSON.stringify([each.language, each.formality, each.channel, each.mayHoldOffer, each.hidden.text]);
		if (!questions.has(key) && questions.size >= settings.mostCalls) return notReworded('CALLS_USED_UP');
		questions.set(key, questions.get(key) ?? each);
		return key;
	});
	const asked = [...questions];
	const prompts = asked.map(([, { hidden, language, formality, channel }]) => promptFor(hidden.text, language, formality, channel));
	const given = model === undefined ? [] : await askEach(model, prompts, settings);
	const answers = new Map(asked.map(([key], place) => [key, given[place]]));
	const texts = prepared.map((each, place) => (typeof each === 'string' ? worded(wanted[place], answers.get(each) as Answer) : each));
	return { texts, calls: asked.length };
}

function reasonNotToAsk({ hidden: { text, values }, channel, isFixed }: WantedRewording, model: LanguageModel | undefined): NotReworded | undefined {
	if (isFixed) return notReworded('FIXED_TEXT');
	if (channel === 'call') return notReworded('SPOKEN');
	const brackets = text.match(/\[\[|\]\]/g)?.length ?? 0;
	// Brackets of the template's own could not be told from a placeholder.
	if (brackets !== 2 * values.size) return notReworded('PLACEHOLDERS');
	const seen = text.replace(PLACEHOLDER, ' ');
	if ((seen.match(/\p{L}/gu)?.length ?? 0) < FEW_LETTERS) return notReworded('LITTLE_LEFT');
	if (healthDetails(seen).length > 0) return notReworded('HEALTH_LEFT');
	return model === undefined ? notReworded('NO_MODEL') : undefined;
}

function worded(wanted: WantedRewording, answer: Answer): { body: string } | NotReworded {
	if ('failure' in answer) return notReworded('NO_ANSWER', answer.failure);
	const text = tidyAnswer(answer.text);
	const refusal = refusalOf(wanted.hidden, text, wanted);
	return refusal ? notReworded(refusal) : { body: fillIn(text, wanted.hidden.values) };
}

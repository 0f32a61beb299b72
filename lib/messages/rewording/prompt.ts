import type { Channel, Formality, Language } from '../../domain/glossary';
import { readTemplateFile } from '../files';
import type { Said } from './model';

/** The words with which a model is asked, `templates/<language>/rewording.json`. */
interface PromptTexts {
	/** The rules, for every text. */
	rules: string[];
	formality: Record<Formality, string>;
	/** What a channel wants besides; the others want nothing. */
	channels: Partial<Record<Channel, string>>;
	/** Before the text. */
	task: string;
}

const read = new Map<Language, PromptTexts>();

/** The question to a model: the rules, and the text with its placeholders. */
export function promptFor(text: string, language: Language, formality: Formality, channel: Channel): Said[] {
	let texts = read.get(language);
	if (!texts) read.set(language, (texts = JSON.parse(readTemplateFile(`${language}/rewording.json`)) as PromptTexts));
	const rules = [...texts.rules, texts.formality[formality], texts.channels[channel]].filter((rule) => rule !== undefined && rule !== '');
	return [['system', rules.join('\n')], ['human', `${texts.task}\n\n${text}`]];
}

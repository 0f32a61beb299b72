import type { NotReworded, NotRewordedReason } from '../../domain/rewording';

const REMARKS: Record<NotRewordedReason, string> = {
	NO_MODEL: 'No language model is connected, or it cannot be used.',
	FIXED_TEXT: 'Meta has approved this text as it is.',
	SPOKEN: 'What is said on the telephone is said in the words of whoever calls.',
	LITTLE_LEFT: 'With the values hidden that the shop does not let a model see, too little was left to word anew: see Optical CRM > Shop > Set Contact Rules > Language Model May See.',
	HEALTH_LEFT: 'The text tells something of the reader\'s eyes, which no model gets to see.',
	CALLS_USED_UP: 'The most calls of a run were used up.',
	NO_ANSWER: 'The model gave no answer.',
	EMPTY_ANSWER: 'The answer was empty.',
	PLACEHOLDERS: 'The answer did not hold the placeholders once each, or the text has double square brackets of its own.',
	NUMBERS: 'The answer held other numbers than the text.',
	DATES: 'The answer named a day or a time that the text does not.',
	ADDRESSES: 'The answer held other addresses than the text.',
	NAMES: 'The answer named somebody or something that the text does not.',
	HEALTH_WORDS: 'The answer spoke of eyes or health where the text does not.',
	OFFER_WORDS: 'The answer made an offer that the text does not make.',
	FORM_OF_ADDRESS: 'The answer changed between lei and tu.',
	LANGUAGE: 'The answer was in another language.',
	MARKUP: 'The answer held markup, emoji or signs that cannot be seen.',
	LENGTH: 'The answer was much longer or shorter than the text.',
	SMS_SEGMENTS: 'The answer would be paid as more SMS than the text.',
	CHANNEL_LIMIT: 'The channel cannot carry the answer.',
	INCOMPLETE: 'The answer left out what every message must say, such as how to refuse.',
	HEALTH_DETAIL: 'The answer told something of the reader\'s eyes (rule 14).',
};

/** @param detail what is known besides; never a word of the answer */
export function notReworded(reason: NotRewordedReason, detail?: string): NotReworded {
	return { reason, remark: `The text is the template's own. ${REMARKS[reason]}${detail === undefined ? '' : ` (${detail})`}` };
}

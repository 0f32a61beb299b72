import type { Language } from '../../domain/glossary';
import type { Criterion, CriterionName } from '../../domain/rolloutCriteria';
import { fill, loadTexts, numberInWords } from '../../web/texts';
import { reasonInWords } from '../reason';
import { kindInWords, deskTexts } from '../words';
import type { DeskHold } from './state';

/** The words of the page about the rollout. */
export type RolloutTexts = typeof import('../../../templates/it/desk-rollout.json');

/** The words of the page of the rollout, in one language. */
export function rolloutTexts(language: Language): RolloutTexts {
	return loadTexts<RolloutTexts>('desk-rollout', language);
}

/** Figures that are counted; the others are shares. */
const COUNTED: readonly CriterionName[] = ['weeks', 'decided', 'holds'];

/** What a criterion asks for and what there is: "at least 60 %", "72.5 %". */
export function criterionInWords({ name, value, threshold, must }: Criterion, language: Language): { name: string; there: string; wanted: string } {
	const texts = rolloutTexts(language);
	const figure = (one: number) => (COUNTED.includes(name) ? numberInWords(one, language) : shareInWords(one, language));
	return {
		name: texts.criteria[name],
		there: value === undefined ? texts.nothingYet : figure(value),
		wanted: fill(texts[must], { value: figure(threshold) }),
	};
}

/** The campaign and the channel on which it is held. */
export function heldInWords({ campaign, channel }: Pick<DeskHold, 'campaign' | 'channel'>, language: Language): string {
	return [kindInWords(campaign, language), channel && deskTexts(language).channels[channel]].filter(Boolean).join(' · ');
}

/** What the brake saw. */
export function figuresInWords({ reason, figures: { bad, of, threshold } }: DeskHold, language: Language): string {
	const why = reasonInWords(reason, language);
	if (bad === undefined || of === undefined || threshold === undefined) return why;
	return `${why} ${fill(rolloutTexts(language).seen, { bad: numberInWords(bad, language), of: numberInWords(of, language), share: shareInWords(of === 0 ? 0 : bad / of, language), threshold: shareInWords(threshold, language) })}`;
}

/** A share in percent, with one decimal at most. */
function shareInWords(share: number, language: Language): string {
	return `${numberInWords(Math.round(share * 1000) / 10, language)}\u00a0%`;
}

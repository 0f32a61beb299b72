import type { Language } from '../../domain/glossary';
import type { StoryEntry } from '../../domain/story';
import { dayInWords } from '../../web/dates';
import { fill, loadTexts } from '../../web/texts';
import type { DeskMessage } from '../state';
import { deskTexts, kindInWords, ownText } from '../words';

/** The words of approving; the Italian file is the model. */
export type ApproveTexts = typeof import('../../../templates/it/desk-approve.json');

/** The words of the pages on which texts are approved, in one language. */
export function approveTexts(language: Language): ApproveTexts {
	return loadTexts<ApproveTexts>('desk-approve', language);
}

/** The fact that made the occasion due: "Ultimo controllo della vista il 14 novembre 2024"; undefined where it comes from no fact. */
export function becauseInWords({ kind, since }: DeskMessage['occasion'], language: Language): string | undefined {
	if (since === undefined) return undefined;
	const { because } = approveTexts(language);
	const { label: _, other, ...forms } = because;
	return fill(ownText(forms as Record<string, string>, kind) ?? other, { date: dayInWords(since, language) });
}

/** What happened on a day, in a few words. */
export function storyInWords({ what, kind, details }: StoryEntry, language: Language): string {
	const { story } = approveTexts(language);
	const { channels } = deskTexts(language);
	const named = (names: Record<string, string>, other: string) => ownText(names, kind) ?? other;
	switch (what) {
		case 'exam':
			return named(story.exam, story.exam.other);
		case 'purchase':
			return [named(story.purchase, story.purchase.other), details].filter(Boolean).join(': ');
		case 'appointment':
			return [[story.appointment, ownText<string>(story.exam, kind) ?? kind].filter(Boolean).join(': '), ownText(story.appointments, details ?? '') ?? details].filter(Boolean).join(', ');
		case 'quote':
			return [named(story.quote, kind), details].filter(Boolean).join(': ');
		case 'message':
			return [fill(story.message, { kind: kindInWords(kind, language) }), ownText(channels, details ?? '') ?? details].filter(Boolean).join(', ');
		case 'reply':
			return [story.reply, ownText(channels, kind) ?? kind].join(', ');
	}
}

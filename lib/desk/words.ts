import { AUTOMATIC, type Language } from '../domain/glossary';
import { daysBetween, localDate, type LocalDate } from '../domain/time';
import { dayInWords } from '../web/dates';
import { fill, loadTexts } from '../web/texts';
import type { DeskMessage, Why } from './state';

/** Every word of the Desk. The Italian file is the model; a test holds the others to it. */
export type DeskTexts = typeof import('../../templates/it/desk.json');

/** The Desk's words in one language. */
export function deskTexts(language: Language): DeskTexts {
	return loadTexts<DeskTexts>('desk', language);
}

/** The occasion as one would say it on `today`: "Compie 45 anni oggi". */
export function occasionInWords({ kind, dueOn, turns }: DeskMessage['occasion'], today: LocalDate, language: Language): string {
	const texts = deskTexts(language).occasions;
	if (kind !== 'birthday') return fill(texts.other, { kind: kindInWords(kind, language), date: dayInWords(dueOn, language) });
	const days = daysBetween(dueOn, today);
	const near = days === 0 ? 'today' : days === 1 ? 'yesterday' : days === -1 ? 'tomorrow' : days > 0 ? 'past' : 'future';
	const forms = texts.birthday[near];
	return turns === undefined ? fill(forms.plain, { days: Math.abs(days) }) : fill(forms.turns, { days: Math.abs(days), turns });
}

/** The name of an occasion kind; kinds that have none, such as a shop's own campaigns, are shown as they are. */
export function kindInWords(kind: string, language: Language): string {
	return ownText(deskTexts(language).kinds, kind) ?? kind;
}

/** Why the shop may write, with date and source of the consent. */
export function whyInWords({ code, consent }: Why, zone: string, language: Language): string {
	const { why, methods, sources } = deskTexts(language);
	const { other, label, ...forms } = why;
	const form = ownText(forms, code);
	if (!form) return fill(other, { code });
	if (!consent) return form.plain;
	const date = dayInWords(localDate(consent.capturedAt, zone), language);
	const source = [consent.method && (ownText(methods, consent.method) ?? consent.method), ownText(sources, consent.source) ?? consent.source];
	const known = source.filter(Boolean).join(', ');
	return known ? fill(form.sourced, { date, source: known }) : fill(form.dated, { date });
}

/** The reason in a message's history: codes become words, the staff's own words stay. */
export function historyReason(why: string, language: Language): string {
	const { rejecting, history } = deskTexts(language);
	const [code, note] = why.split(/: (.*)/s);
	const words = ownText({ ...rejecting.reasons, ...history.reasons }, code);
	return words ? [words, note].filter(Boolean).join(': ') : why;
}

/** Who changed a message: a member of staff by name, every part of the machine as "automatic". */
export function historyWho(who: string, language: Language): string {
	return AUTOMATIC.includes(who) ? deskTexts(language).history.automatic : who;
}

/** The text under a key that came from data, where there is one. */
export function ownText<T>(texts: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

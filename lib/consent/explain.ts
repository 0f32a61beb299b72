import type { ChannelVerdict } from '../domain/consent';
import type { RecordedDecision } from '../domain/explanation';
import type { Language } from '../domain/glossary';
import { dayOfWord, type Instant } from '../domain/time';
import { usesInWords } from '../web/dataUse';
import { dayInWords, momentInWords } from '../web/dates';
import { fill, loadTexts } from '../web/texts';

type Texts = typeof import('../../templates/it/explain.json');

/** Told of the decision on paper: what the customer agreed to or refused is named with its day. */
const AGREED: readonly string[] = ['ALLOW_CONSENT', 'ALLOW_REQUEST', 'SOFT_SPAM'];

/**
 * Says in a few sentences why a customer was or was not written to, from what was recorded at the time and from nothing else: rules and settings
 * may have changed since. A reason code that this version has no words for is given as it is.
 * @param timeZone of the shop, in which days and moments are told
 */
export function explain(recorded: RecordedDecision, timeZone: string, language: Language): string {
	const texts = loadTexts<Texts>('explain', language);
	const told = recorded.decisionId === undefined ? [occasionTold(recorded, texts, language)] : decisionTold(recorded, texts, timeZone, language);
	return [...told, messageTold(recorded, texts, language)].filter(Boolean).join(' ');
}

function decisionTold(recorded: RecordedDecision, texts: Texts, timeZone: string, language: Language): string[] {
	const { decidedAt = '', moment = 'plan', outcome = 'block', reason = '', channel = '', retryAt, tried, uses } = recorded;
	const dayOf = (at: Instant) => dayInWords(dayOfWord(at, timeZone), language);
	const chosen = tried.find((verdict) => verdict.channel === channel && verdict.reason === reason);
	const others = tried.filter((verdict) => verdict !== chosen);
	return [
		fill(texts.outcomes[moment][outcome], {
			date: dayOf(decidedAt),
			occasion: occasionName(recorded, texts, language),
			channel: channelName(channel, texts),
			retry: retryAt ? momentInWords(retryAt, timeZone, language) : '',
		}),
		reasonTold(reason, texts, language),
		saidOn(reason, chosen, texts, dayOf),
		uses ? fill(texts.chosenBy, { list: usesInWords(uses, language) }) : '',
		others.length === 0 ? '' : fill(texts.others, { list: others.map((verdict) => otherTold(verdict, texts, language)).join('; ') }),
	];
}

function saidOn(reason: string, chosen: ChannelVerdict | undefined, texts: Texts, dayOf: (at: Instant) => string): string {
	const capturedAt = chosen?.facts.capturedAt;
	if (typeof capturedAt !== 'string' || Number.isNaN(Date.parse(capturedAt))) return '';
	if (AGREED.includes(reason)) return fill(texts.consent, { date: dayOf(capturedAt) });
	return reason === 'OBJECTED' ? fill(texts.refusal, { date: dayOf(capturedAt) }) : '';
}

function otherTold({ channel, reason }: ChannelVerdict, texts: Texts, language: Language): string {
	const sentence = reasonTold(reason, texts, language).replace(/\.$/, '');
	return `${channelName(channel, texts)}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** What became of the message; a decision of the past stands, whatever came later. */
function messageTold({ messageState, sentOn }: RecordedDecision, texts: Texts, language: Language): string {
	if (messageState === undefined) return '';
	return fill(texts.messages[messageState], { sent: sentOn === undefined ? '…' : dayInWords(sentOn, language) });
}

/** An occasion about which nothing was decided. */
function occasionTold(recorded: RecordedDecision, texts: Texts, language: Language): string {
	const outcome = own(texts.occasions, recorded.occasionOutcome ?? 'open') ?? texts.occasions.open;
	return fill(outcome, { occasion: occasionName(recorded, texts, language) });
}

function occasionName({ kind, dueOn }: RecordedDecision, texts: Texts, language: Language): string {
	return [kind && (own(texts.kinds, kind) ?? kind), dueOn && dayInWords(dueOn, language)].filter(Boolean).join(', ') || '–';
}

function channelName(channel: string, texts: Texts): string {
	return own(texts.channels, channel) ?? channel;
}

function reasonTold(code: string, texts: Texts, language: Language): string {
	return own(loadTexts<Record<string, string>>('reasons', language), code) ?? fill(texts.otherReason, { code });
}

function own(texts: Record<string, string>, key: string): string | undefined {
	return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

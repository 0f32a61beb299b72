import { RECORDED_BASES } from '../../lib/consent/basis';
import type { NewConsent } from '../../lib/domain/consent';
import { CrmError } from '../../lib/domain/errors';
import { CHANNELS, PURPOSES } from '../../lib/domain/glossary';
import type { Shop } from '../../lib/domain/shop';
import { isLocalDate, type Instant } from '../../lib/domain/time';
import { instantWithin } from '../../lib/store/consentChanges';
import type { Wording } from '../../lib/store/wordings';

/** What cannot be right about a consent that somebody gave in. */
export type ConsentFault = 'unknownWord' | 'notSpecific' | 'basis' | 'notice' | 'wording' | 'noMoment' | 'future';

/** A consent that the ledger does not take; `fault` is for pages that say it in their own words. */
export class ConsentRefused extends CrmError {
	constructor(
		readonly fault: ConsentFault,
		message: string,
		howToGoOn: string,
	) {
		super(message, howToGoOn);
	}
}

/** What a panel or a form says of a consent. */
export interface GivenConsent {
	status: string;
	channel: string;
	purpose: string;
	capturedAt: string;
	evidence?: string;
	guardian?: string;
	language?: string;
	legalBasis?: string;
	legalBasisNote?: string;
	method?: string;
	noticeVersion?: string;
	operator?: string;
	wordingVersion?: string;
}

/** A request is about recalls; soft spam (Codice privacy 130(4)) about offers. */
const PURPOSE_OF_BASIS: Record<string, string> = { request: 'recall', 'soft-spam': 'marketing' };
const STATUSES = ['granted', 'denied', 'withdrawn', 'objected'];

/**
 * A consent as the ledger takes it. The ledger is never corrected, so what it does not know is refused.
 * @param source who took it down, for example `staff` or `desk`
 * @throws ConsentRefused naming the field that cannot be right
 */
export function readConsent(customerId: number, given: GivenConsent, shop: Shop, wordings: readonly Wording[], now: Instant, source = 'staff'): NewConsent {
	const { status, channel, purpose } = given;
	oneOf('status', status, STATUSES);
	oneOf('channel', channel, [...CHANNELS, 'any']);
	oneOf('purpose', purpose, [...PURPOSES, 'any']);
	if (status === 'granted' && (channel === 'any' || purpose === 'any')) {
		throw new ConsentRefused('notSpecific', 'A consent names one channel and one purpose', 'Record one consent for each: a yes to everything is no specific consent. Only a no may be about everything.');
	}
	const legalBasis = given.legalBasis ?? 'consent';
	oneOf('legal basis', legalBasis, RECORDED_BASES);
	if (legalBasis !== 'consent' && (status !== 'granted' || purpose !== PURPOSE_OF_BASIS[legalBasis])) {
		throw new ConsentRefused('basis', `The legal basis ${legalBasis} goes with something granted for ${PURPOSE_OF_BASIS[legalBasis]}`, 'Correct status, purpose or legal basis.');
	}
	const text = (name: keyof GivenConsent) => given[name]?.trim() || undefined;
	const noticeVersion = text('noticeVersion');
	if (noticeVersion && !shop.privacyNotices.some(({ version }) => version === noticeVersion)) {
		throw new ConsentRefused('notice', `The shop has no privacy notice ${noticeVersion}`, 'Enter the notice with Optical CRM > Shop > Create or Update first, or correct its version.');
	}
	const wording = wordings.find(({ version }) => version === text('wordingVersion'));
	if (text('wordingVersion') && !wording) {
		throw new ConsentRefused('wording', `The shop has no wording ${text('wordingVersion')}`, 'Keep its text with Optical CRM > Consent > Add Wording first, or correct its version.');
	}
	const capturedAt = readMoment(given.capturedAt, status, now);
	const ends = status === 'withdrawn' || status === 'objected';
	return {
		customerId,
		channel: channel as NewConsent['channel'],
		purpose: purpose as NewConsent['purpose'],
		status: status as NewConsent['status'],
		legalBasis,
		legalBasisNote: text('legalBasisNote'),
		capturedAt,
		source,
		method: text('method'),
		operator: text('operator'),
		wordingVersion: wording?.version,
		wordingHash: wording?.hash,
		noticeVersion,
		language: text('language'),
		evidence: text('evidence'),
		guardian: text('guardian'),
		...(ends && { withdrawnAt: capturedAt, withdrawnHow: text('method') }),
	};
}

/** A day, or a moment with its zone; now where nothing is given. Of a day only, a yes counts from its beginning and a no to its end. */
function readMoment(given: string, status: string, now: Instant): Instant {
	const text = String(given ?? '').trim();
	if (!text) return now;
	const moment = isLocalDate(text) ? instantWithin(text, status, now) : readInstant(text);
	if (!moment) throw new ConsentRefused('noMoment', 'The time of the consent is neither a day nor a moment', 'Write 2026-11-22, or 2026-11-22T10:30:00+01:00 with its time zone; leave it empty for now.');
	if (moment > now) throw new ConsentRefused('future', 'The time of the consent lies in the future', 'Give the day on which the customer said it.');
	return moment;
}

function readInstant(text: string): Instant | undefined {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || Number.isNaN(Date.parse(text))) return undefined;
	return new Date(text).toISOString();
}

function oneOf(what: string, value: string, known: readonly string[]): void {
	if (!known.includes(value)) throw new ConsentRefused('unknownWord', `The ${what} of a consent is unknown`, `Use one of ${known.join(', ')}.`);
}

import type { StatedConsent } from '../domain/customer';
import type { Channel, Purpose } from '../domain/glossary';
import { consentDate } from './fields/consentDate';
import { yesNo } from './fields/yesNo';
import type { Field } from './headings';
import type { RowReader } from './rowReader';
import type { RowOptions } from './types';

/** Columns that name their channel; all of them are about marketing. */
const CHANNEL_COLUMNS: ReadonlyArray<[Field, Channel]> = [
	['consentEmail', 'email'], ['consentSms', 'sms'], ['consentWhatsapp', 'whatsapp'], ['consentCall', 'call'], ['consentLetter', 'letter'],
];
/** Columns that name no channel. */
const GENERAL_COLUMNS: ReadonlyArray<[Field, Purpose]> = [['consentMarketing', 'marketing'], ['consentRecall', 'recall']];

/**
 * What a row says of consents. Only a clear yes grants (RULES 18); an empty or unknown cell says nothing. A yes without a channel stands
 * for `generalConsentChannels`, a no without a channel for every channel, and where two columns contradict each other the no counts.
 */
export function statedConsents(row: RowReader, options: RowOptions): StatedConsent[] {
	const said: StatedConsent[] = [];
	for (const [field, channel] of CHANNEL_COLUMNS) {
		const status = statusOf(row, field);
		if (status) said.push({ channel, purpose: 'marketing', status });
	}
	for (const [field, purpose] of GENERAL_COLUMNS) {
		const status = statusOf(row, field);
		const specific = said.filter((consent) => consent.purpose === purpose);
		if (status === 'denied') {
			if (specific.some((consent) => consent.status === 'granted')) row.warn(field, 'CONSENT_CONTRADICTORY');
			for (const consent of specific) consent.status = 'denied';
			said.push({ channel: 'any', purpose, status });
		} else if (status === 'granted') {
			for (const channel of options.generalConsentChannels ?? ['email']) {
				const own = specific.find((consent) => consent.channel === channel);
				if (own?.status === 'denied') row.warn(field, 'CONSENT_CONTRADICTORY');
				if (!own) said.push({ channel, purpose, status });
			}
		}
	}
	const capturedOn = said.length > 0 ? capturedOnOf(row, options) : undefined;
	if (capturedOn) for (const consent of said) consent.capturedOn = capturedOn;
	return said;
}

function statusOf(row: RowReader, field: Field): 'granted' | 'denied' | undefined {
	const text = row.text(field);
	const said = text === '' ? undefined : yesNo(text);
	if (said === 'unclear') row.warn(field, 'CONSENT_UNCLEAR');
	return said === 'yes' ? 'granted' : said === 'no' ? 'denied' : undefined;
}

/** The day of the consents: their own column, else the day on which the privacy form, where they stand, was signed. */
function capturedOnOf(row: RowReader, options: RowOptions): string | undefined {
	return row.value('consentDate', (text) => consentDate(text, options)) ?? row.value('privacyDate', (text) => consentDate(text, options));
}

import { checkPolicy } from '../domain/checkPolicy';
import { CrmError } from '../domain/errors';
import { LANGUAGES } from '../domain/glossary';
import { checkRetention } from '../domain/retention';
import { checkRollout } from '../domain/rolloutSettings';
import { isLocalDate, localDate, type Instant } from '../domain/time';
import type { ShopChanges } from './shops';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * @param changes what is given of a shop
 * @throws CrmError naming the field that cannot be right
 */
export function checkShop({ timeZone, language, country, email, customerPageUrl, bookingUrl, emailFromName, smsAlias, patronSaint, policy, retention, rollout, rehearsal, prices }: ShopChanges, now: Instant): void {
	if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
		throw new CrmError("The shop's country is no country code", 'Give two capital letters, for example IT.');
	}
	if (email && !ADDRESS.test(email)) {
		throw new CrmError("The shop's e-mail is no address", 'Write it as in ciao@ottica.example, without a name.');
	}
	if (customerPageUrl && !/^https?:$/.test(URL.canParse(customerPageUrl) ? new URL(customerPageUrl).protocol : '')) {
		throw new CrmError("The address of the shop's customer page is no web address", 'Copy the Production URL of the Customer Reply Trigger; it begins with https://.');
	}
	if (bookingUrl && !/^https?:$/.test(URL.canParse(bookingUrl) ? new URL(bookingUrl).protocol : '')) {
		throw new CrmError("The address of the shop's booking page is no web address", 'Write the whole address; it begins with https://.');
	}
	if (timeZone !== undefined) {
		try {
			localDate(now, timeZone);
		} catch {
			throw new CrmError(`"${timeZone}" is no time zone`, 'Use a name of the IANA list, for example Europe/Rome.');
		}
	}
	if (language !== undefined && !LANGUAGES.includes(language)) {
		throw new CrmError(`There are no texts in the language "${language}"`, `Use one of: ${LANGUAGES.join(', ')}.`);
	}
	if (emailFromName && /[\r\n<>"]/.test(emailFromName)) {
		throw new CrmError("The shop's e-mail sender name has a line break, quotation marks or angle brackets", 'Write a plain name, for example Ottica Belvedere.');
	}
	if (smsAlias && !/^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/.test(smsAlias)) {
		throw new CrmError("The shop's SMS alias is no name of at most 11 letters, digits and spaces", 'Write the alias as it is registered with AGCOM, for example Belvedere.');
	}
	if (patronSaint && !(/^\d{2}-\d{2}$/.test(patronSaint) && isLocalDate(`2000-${patronSaint}`))) {
		throw new CrmError('The day of the patron saint is no day of the year', 'Write month and day, for example 06-24 for 24 June.');
	}
	if (rehearsal?.email && !ADDRESS.test(rehearsal.email)) {
		throw new CrmError('The e-mail address of the rehearsal is none', 'Write it as in prova@ottica.example, without a name.');
	}
	if (rehearsal?.phone && !/^\+[1-9]\d{6,14}$/.test(rehearsal.phone)) {
		throw new CrmError('The number of the rehearsal is no international number', 'Write it with its prefix and without spaces, for example +393331234567.');
	}
	for (const [name, price] of Object.entries(prices ?? {})) {
		if (!(Number.isSafeInteger(price) && price >= 0 && price <= 100_000)) throw new CrmError(`The price "${name}" is no amount from 0 to 100 euro`, 'Write it in euro, for example 0.065.');
	}
	if (policy) checkPolicy(policy);
	if (retention) checkRetention(retention);
	if (rollout) checkRollout(rollout);
}

import { checkPolicy } from '../domain/checkPolicy';
import { CrmError } from '../domain/errors';
import { LANGUAGES } from '../domain/glossary';
import { checkRetention } from '../domain/retention';
import { isLocalDate, localDate, type Instant } from '../domain/time';
import type { ShopChanges } from './shops';

/**
 * @param changes what is given of a shop
 * @throws CrmError naming the field that cannot be right
 */
export function checkShop({ timeZone, language, country, email, customerPageUrl, bookingUrl, emailFromName, smsAlias, patronSaint, policy, retention }: ShopChanges, now: Instant): void {
	if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
		throw new CrmError("The shop's country is no country code", 'Give two capital letters, for example IT.');
	}
	if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
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
	if (policy) checkPolicy(policy);
	if (retention) checkRetention(retention);
}

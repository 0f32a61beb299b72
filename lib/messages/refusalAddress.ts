import { CrmError } from '../domain/errors';
import type { MessageClass } from '../domain/glossary';
import { webAddress } from './paragraphs';

/**
 * The link of a draft with which its customer refuses further messages of this purpose; a service message can do without. Source: RULES 4.
 * @throws CrmError where it is missing or no web address
 */
export function checkedRefusalUrl({ class: cls, refusalUrl }: { class: MessageClass; refusalUrl?: string }): string | undefined {
	if (refusalUrl === undefined && cls === 'service') return undefined;
	if (refusalUrl === undefined) {
		throw new CrmError(
			`A ${cls} message needs a link with which the customer can refuse further messages (rule 4), and there is none.`,
			"Enter the public address of the customers' page in the shop's settings, and start the workflow with the Customer Reply Trigger.",
		);
	}
	if (webAddress(refusalUrl) === undefined || /\s/.test(refusalUrl)) {
		throw new CrmError(
			'The link with which the customer can refuse further messages is no web address.',
			"Correct the public address of the customers' page in the shop's settings; it begins with https://.",
		);
	}
	return refusalUrl;
}

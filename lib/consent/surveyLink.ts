import { CrmError } from '../domain/errors';
import { customerPageLink } from './customerPage';
import { LONGEST_TOKEN, readToken, signToken } from './signedToken';

/** Who is asked how satisfied they are, as the link in a message says it. Ids only. */
export interface SurveyClaim {
	shopCode: string;
	customerId: number;
	/** The occasion of the survey: it has one message. */
	occasionId: number;
}

const KEY_USE = 'survey-link';

/**
 * The address that a survey holds: the shop's page for customers, with a token of its own.
 * @param pageUrl the shop's page for customers
 * @throws CrmError when the claim is no valid one or too long, or the page is no http or https address
 */
export function surveyUrl(pageUrl: string, { shopCode, customerId, occasionId }: SurveyClaim, secret: string): string {
	const fields = [shopCode, customerId, occasionId];
	const token = signToken(fields, KEY_USE, secret);
	if (toClaim(fields) && token.length <= LONGEST_TOKEN) return customerPageLink(pageUrl, 's', token);
	throw new CrmError(
		`No survey link can be made for customer ${customerId}: the occasion has no id, or the shop's code is too long`,
		'Let the items go through the Consent Check before the text is written, and keep the shop code below 30 characters.',
	);
}

/** The claim of a token that this shop's secret signed; undefined for anything else. Never throws. */
export function verifySurvey(token: unknown, secret: string): SurveyClaim | undefined {
	return toClaim(readToken(token, KEY_USE, secret));
}

function toClaim(fields: unknown): SurveyClaim | undefined {
	if (!Array.isArray(fields) || fields.length !== 3) return undefined;
	const [shopCode, customerId, occasionId] = fields;
	const valid = typeof shopCode === 'string' && shopCode !== '' && [customerId, occasionId].every((id) => Number.isSafeInteger(id) && id > 0);
	return valid ? { shopCode, customerId, occasionId } : undefined;
}

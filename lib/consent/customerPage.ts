import { CrmError } from '../domain/errors';

/**
 * The address of a link to the shop's page for customers.
 * @param pageUrl where the Customer Reply Trigger serves it
 * @param parameter which of the page's links it is
 * @throws CrmError when it is no http or https address
 */
export function customerPageLink(pageUrl: string, parameter: string, token: string): string {
	const url = URL.canParse(pageUrl) ? new URL(pageUrl) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new CrmError(
			"The address of the shop's page for customers is no http or https address",
			'Enter the full address of the Customer Reply Trigger, for example https://n8n.example.it/webhook/…',
		);
	}
	url.searchParams.set(parameter, token);
	return url.href;
}

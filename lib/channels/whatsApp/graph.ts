import { CrmError } from '../../domain/errors';
import { NoAnswer, type Http, type HttpRequest } from '../http';
import { fields, text } from './inboundText';

/** What to do about an error, by Meta's code. */
const HOW_TO_GO_ON: Record<string, string> = {
	0: 'Make a new access token of a system user, and enter it in the credential.',
	190: 'Make a new access token of a system user, and enter it in the credential.',
	10: 'Give the system user the permissions whatsapp_business_messaging and whatsapp_business_management.',
	100: 'Check phone number ID, WhatsApp Business account ID and Graph version in the credential, and what the error says.',
	33: 'Check phone number ID and WhatsApp Business account ID in the credential.',
};

/**
 * Asks the Graph API for something that is no message.
 * @param what for the error text, such as `The templates could not be fetched`
 * @throws CrmError with Meta's own words
 */
export async function askGraph(http: Http, what: string, request: HttpRequest): Promise<Record<string, unknown>> {
	const { status, body } = await http(request).catch((error: unknown) => {
		// n8n puts words of its own in place of a message that holds such a code.
		throw error instanceof NoAnswer ? new CrmError(`${what}: Meta gave no answer`, `${error.code}: check the base URL in the credential and the connection, and run it again.`) : error;
	});
	const error = fields(fields(body).error);
	if (status < 300 && error.code === undefined) return fields(body);
	const said = [text(error.error_user_title), text(error.error_user_msg), text(fields(error.error_data).details), text(error.message)].filter((part) => part !== '');
	const code = text(error.error_subcode) || text(error.code);
	throw new CrmError(
		`${what}: ${said.join('; ') || `status ${status}`}${code ? ` (${code})` : ''}`,
		HOW_TO_GO_ON[text(error.code)] ?? 'See the code at https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes.',
	);
}

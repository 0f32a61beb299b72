/** An answer of the stand-in. */
export interface Answer {
	status: number;
	body: object;
}

/** Titles and details as Meta's page has them. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const ERRORS: Record<number, [status: number, title: string, details: string]> = {
	0: [401, 'AuthException', 'We were unable to authenticate the app user.'],
	100: [400, 'Invalid parameter', 'The request included one or more unsupported or misspelled parameters.'],
	190: [401, 'Access token has expired', 'Your access token has expired.'],
	368: [403, 'Temporarily blocked for policies violations', 'The WhatsApp Business Account associated with the app has been restricted or disabled for violating a platform policy.'],
	80007: [400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.'],
	130429: [429, 'Rate limit hit', 'Cloud API message throughput has been reached.'],
	131008: [400, 'Required parameter is missing', 'The request is missing a required parameter.'],
	131026: [400, 'Message undeliverable', 'Unable to deliver message.'],
	131047: [400, 'Re-engagement message', 'More than 24 hours have passed since the recipient last replied to the sender number.'],
	131048: [400, 'Spam rate limit hit', 'Message failed to send because there are restrictions on how many messages can be sent from this phone number.'],
	131049: [400, 'This message was not delivered to maintain healthy ecosystem engagement.', 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.'],
	131050: [400, 'User has stopped marketing messages', 'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.'],
	131051: [400, 'Unsupported message type', 'Unsupported message type.'],
	131056: [400, '(Business Account, Consumer Account) pair rate limit hit', 'Too many messages sent from the sender phone number to the same recipient phone number in a short period of time.'],
	132000: [400, 'Template param count mismatch', 'The number of variable parameter values included in the request did not match the number of variable parameters defined in the template.'],
	132001: [404, 'Template does not exist', 'The template does not exist in the specified language or the template has not been approved.'],
	132012: [400, 'Template parameter format mismatch', 'Variable parameter values formatted incorrectly.'],
	132015: [400, 'Template is paused', 'Template is paused due to low quality so it cannot be sent in a template message.'],
	132016: [400, 'Template is disabled', 'Template has been paused too many times due to low quality and is now permanently disabled.'],
	132018: [400, 'Template validation error', 'There\'s an issue with the parameters in your template.'],
};

export function titleOf(code: number): string {
	return ERRORS[code]?.[1] ?? 'Something went wrong';
}

export function detailsOf(code: number): string {
	return ERRORS[code]?.[2] ?? 'Message failed to send.';
}

/** An error as the Graph API answers it. */
export function graphError(code: number, details = detailsOf(code), more: object = {}): Answer {
	return {
		status: ERRORS[code]?.[0] ?? 400,
		body: { error: { message: `(#${code}) ${titleOf(code)}`, type: 'OAuthException', code, error_data: { messaging_product: 'whatsapp', details }, fbtrace_id: 'AStandinTrace', ...more } },
	};
}

import type { SmsSettings } from './settings';

/** The headers by which a provider knows the account, for a call of this address. */
export function loginHeaders(settings: SmsSettings, url: string): Record<string, string> {
	switch (settings.provider) {
		case 'twilio':
			return basic(settings.accountSid, settings.authToken);
		case 'smshosting':
			return basic(settings.authKey, settings.authSecret);
		case 'skebby':
			// Only the log-in takes user and password; it gives the keys that the other calls carry.
			return /\/login\/?$/.test(url) ? basic(settings.user, settings.password) : {};
		case 'brevo':
			return { 'api-key': settings.apiKey };
		case 'generic':
			return settings.headerName ? { [settings.headerName]: settings.headerValue ?? '' } : {};
	}
}

function basic(user: string, password: string): Record<string, string> {
	return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

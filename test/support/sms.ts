import { smsChannel } from '../../lib/channels/sms';
import type { Channel, Outgoing } from '../../lib/channels/channel';
import { loginHeaders } from '../../lib/channels/sms/login';
import type { BrevoSettings, GenericSmsSettings, SkebbySettings, SmshostingSettings, SmsSettings, TwilioSettings } from '../../lib/channels/sms/settings';
import { smsLength } from '../../lib/messages/sms';
import { BREVO_ACCOUNT } from '../../demo/standins/smsProviders/brevo';
import { GENERIC_DESCRIPTION } from '../../demo/standins/smsProviders/generic';
import { SKEBBY_ACCOUNT } from '../../demo/standins/smsProviders/skebby';
import { SMSHOSTING_ACCOUNT } from '../../demo/standins/smsProviders/smshosting';
import { TWILIO_ACCOUNT } from '../../demo/standins/smsProviders/twilio';
import { fetchHttp } from './fetchHttp';

const COMMON = { webhookUrl: 'https://n8n.ottica.example/webhook/sms', webhookSecret: 'a-secret-of-the-shop', centsPerSegment: 4.5 };

export const SMS_SETTINGS: { twilio: TwilioSettings; skebby: SkebbySettings; smshosting: SmshostingSettings; brevo: BrevoSettings; generic: GenericSmsSettings } = {
	twilio: { provider: 'twilio', ...TWILIO_ACCOUNT, ...COMMON },
	skebby: { provider: 'skebby', ...SKEBBY_ACCOUNT, quality: 'GP', ...COMMON },
	smshosting: { provider: 'smshosting', ...SMSHOSTING_ACCOUNT, ...COMMON },
	brevo: { provider: 'brevo', ...BREVO_ACCOUNT, ...COMMON },
	generic: { provider: 'generic', ...GENERIC_DESCRIPTION, url: 'https://sms.example/generic/messages', testUrl: 'https://sms.example/generic/account', ...COMMON },
};

export function sampleSms(changes: Partial<Outgoing> = {}): Outgoing {
	return {
		id: 7,
		attempt: 1,
		class: 'recall',
		recipient: '+393331234567',
		recipientName: 'Anna Bianchi',
		text: 'Gentile Anna, è ora di un controllo. Ottica Sole, 0294750000',
		sender: { name: 'OtticaSole', address: 'ottica@example.it' },
		...changes,
	};
}

/** The channel over a real HTTP client that logs in as the credential does. */
export function channelOf(settings: SmsSettings, timeoutMs?: number): Channel {
	return smsChannel(settings, fetchHttp((url) => loginHeaders(settings, url), timeoutMs), smsLength);
}

import { brevoWebhook } from './brevoWebhook';
import { genericWebhook } from './genericWebhook';
import type { SmsSettings } from './settings';
import { skebbyWebhook } from './skebbyWebhook';
import { smshostingWebhook } from './smshostingWebhook';
import { twilioWebhook } from './twilioWebhook';
import type { SmsWebhookRequest, SmsWebhookResult } from './webhookRequest';

/** What a call of the SMS provider tells: reports on messages, and answers of customers. Checked before anything in it is believed. */
export function smsWebhook(settings: SmsSettings, request: SmsWebhookRequest): SmsWebhookResult {
	switch (settings.provider) {
		case 'twilio':
			return twilioWebhook(settings, request);
		case 'skebby':
			return skebbyWebhook(settings, request);
		case 'smshosting':
			return smshostingWebhook(settings, request);
		case 'brevo':
			return brevoWebhook(settings, request);
		case 'generic':
			return genericWebhook(settings, request);
	}
}

import type { Instant } from '../../domain/time';
import type { Channel } from '../channel';
import type { Http } from '../http';
import { fcmChannel } from './fcm';
import type { PushSettings } from './settings';
import { webhookChannel } from './webhook';

/**
 * App messages by the provider of the credential.
 * @param clock tells the present instant
 * @throws CrmError when the settings cannot be used
 */
export function pushChannel(settings: PushSettings, http: Http, clock: () => Instant): Channel {
	return settings.provider === 'fcm' ? fcmChannel(settings, http, clock) : webhookChannel(settings, http, clock);
}

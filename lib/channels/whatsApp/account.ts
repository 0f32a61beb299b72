import type { Instant } from '../../domain/time';
import { limitOf, type WhatsAppAccount } from '../../domain/whatsApp';
import type { Http } from '../http';
import { askGraph } from './graph';
import { text } from './inboundText';
import { graphUrl, type WhatsAppSettings } from './settings';

const FIELDS = 'display_phone_number,verified_name,quality_rating,status,whatsapp_business_manager_messaging_limit';

/** How the shop's number stands at Meta, and who it says that it is. */
export interface FetchedAccount extends WhatsAppAccount {
	/** As Meta writes it. */
	phoneNumber: string;
	verifiedName: string;
}

/**
 * Asks how the shop's number and its business portfolio stand.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits ("Via API") and
 * .../reference/whatsapp-business-phone-number/whatsapp-business-account-phone-number-api
 * @throws CrmError with Meta's own words
 */
export async function fetchAccount(settings: WhatsAppSettings, http: Http, now: Instant): Promise<FetchedAccount> {
	const body = await askGraph(http, 'The state of the number could not be fetched', { method: 'GET', url: graphUrl(settings, settings.phoneNumberId), query: { fields: FIELDS } });
	const quality = text(body.quality_rating);
	const limit = limitOf(body.whatsapp_business_manager_messaging_limit);
	return {
		wabaId: settings.wabaId,
		phoneNumberId: settings.phoneNumberId,
		...(limit !== undefined && { limit }),
		quality: quality === '' || quality === 'NA' ? 'UNKNOWN' : quality,
		state: text(body.status) || 'UNKNOWN',
		fetchedAt: now,
		phoneNumber: text(body.display_phone_number),
		verifiedName: text(body.verified_name),
	};
}

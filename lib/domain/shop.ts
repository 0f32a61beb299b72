import type { ConsentPolicy } from './consent';
import { CONTACT_POINT_OF_CHANNEL, type Channel, type Formality, type Language, type Purpose } from './glossary';
import type { OpeningHours } from './openingHours';
import type { Prices } from './prices';
import type { RetentionPeriods } from './retention';
import type { RolloutSettings } from './rolloutSettings';
import type { ShopLogo } from './shopLogo';
import { localDate, type Instant, type LocalDate } from './time';

/** A privacy notice that the shop has shown to its customers, and the purposes it explains (GDPR 13/14). */
export interface PrivacyNotice {
	version: string;
	purposes: Purpose[];
	publishedOn: LocalDate;
}

/** The shop as its customers see it, and the settings that its rules follow. */
export interface Shop {
	id: number;
	/** Short name that credentials refer to, for example `main`. */
	code: string;
	name: string;
	street?: string;
	postalCode?: string;
	town?: string;
	/** Two-letter Italian province. */
	province?: string;
	/** ISO 3166 alpha-2; also the country of phone numbers without a prefix. */
	country: string;
	/** E.164. */
	phone?: string;
	/** Sender and reply address of e-mails. */
	email?: string;
	/** Who e-mails come from, where it is not the shop's name. */
	emailFromName?: string;
	/** Who SMS come from: a name that is registered with AGCOM, at most 11 characters (RULES 40). */
	smsAlias?: string;
	website?: string;
	/** Where customers book an appointment by themselves. */
	bookingUrl?: string;
	/** Shown at the top of e-mails in place of the name. */
	logo?: ShopLogo;
	/** IANA time zone; all local dates of the store are dates of this zone. */
	timeZone: string;
	language: Language;
	/** How customers are addressed unless their own record says otherwise. */
	formality: Formality;
	/** First name (or names) that sign the messages, for example "Chiara e Marco". */
	signature?: string;
	/** Public address of the Customer Reply Trigger's page, where refusal links lead. */
	customerPageUrl?: string;
	privacyNotices: PrivacyNotice[];
	policy: ConsentPolicy;
	/** Counts the changes of the policy; a decision names the one it was taken under. */
	policyVersion?: number;
	retention: RetentionPeriods;
	rollout: RolloutSettings;
	openingHours?: OpeningHours;
	/** Day of the town's patron saint, a holiday there: `MM-DD` (RULES 22). */
	patronSaint?: string;
	/** When set, the shop lives on this day instead of today: for rehearsals and the demo, never in daily use. */
	rehearsalDate?: LocalDate;
	/** When set, no customer gets anything. Independent of the date. */
	rehearsal?: Rehearsal;
	/** What the shop's contracts say; the rest costs what is usual. */
	prices?: Partial<Prices>;
}

/**
 * A rehearsal of the sending: everything goes as in earnest, save that no message reaches a customer. What has an address here for its kind goes there; the rest goes
 * nowhere.
 */
export interface Rehearsal {
	/** Nothing goes anywhere, whatever addresses there are. */
	sendNothing?: boolean;
	/** Where all e-mails go. */
	email?: string;
	/** Where all SMS and WhatsApp messages go. E.164. */
	phone?: string;
}

/** Where a message on this channel goes in the shop's rehearsal; null: nowhere. Undefined where there is no rehearsal. */
export function rehearsalAddress({ rehearsal }: Pick<Shop, 'rehearsal'>, channel: Channel): string | null | undefined {
	if (!rehearsal) return undefined;
	if (rehearsal.sendNothing) return null;
	const kind = CONTACT_POINT_OF_CHANNEL[channel];
	return (kind === 'email' ? rehearsal.email : kind === 'phone' ? rehearsal.phone : undefined) ?? null;
}

/** The day on which the shop lives at `now`: its rehearsal date where one is set, else the calendar day of its time zone. */
export function shopToday(shop: Pick<Shop, 'timeZone' | 'rehearsalDate'>, now: Instant): LocalDate {
	return shop.rehearsalDate ?? localDate(now, shop.timeZone);
}

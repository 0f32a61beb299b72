import { CrmError } from '../../../../lib/domain/errors';
import { openingHours, type OpeningSpan, type Weekday } from '../../../../lib/domain/openingHours';
import type { Prices } from '../../../../lib/domain/prices';
import type { RetentionPeriods } from '../../../../lib/domain/retention';
import type { PrivacyNotice } from '../../../../lib/domain/shop';
import { isLocalDate } from '../../../../lib/domain/time';
import type { ShopChanges } from '../../../../lib/store/shops';

type Policy = NonNullable<ShopChanges['policy']>;

/** What the panel gives of a shop: settings of the rules and periods beside its other fields, and groups as n8n wraps them. */
export type GivenShop = Omit<ShopChanges, 'privacyNotices' | 'openingHours' | 'policy' | 'retention' | 'rehearsal' | 'prices' | 'logo'> &
	Policy &
	Partial<RetentionPeriods> &
	Partial<Record<`price_${keyof Prices}`, number>> & {
		rehearsalEmail?: string;
		rehearsalPhone?: string;
		rehearsalSendsNothing?: boolean;
		privacyNotices?: { notice?: PrivacyNotice[] };
		openingHours?: { span?: Array<OpeningSpan & { days: Weekday[] }> };
	};

/**
 * A shop's changes; what is not given stays as it is.
 * @throws CrmError naming a day or a time that is none
 */
export function readShop({ privacyNotices, openingHours: hours, adultAge, birthdayIsMarketing, prospectMonths, customerMonths, purchaseMonths, profilingMonths, ...given }: GivenShop): ShopChanges {
	const { rehearsalEmail, rehearsalPhone, rehearsalSendsNothing, ...others } = given;
	const { prices, plain } = readPrices(others);
	const notices = privacyNotices?.notice ?? [];
	for (const day of [plain.rehearsalDate, ...notices.map(({ publishedOn }) => publishedOn)]) {
		if (day && !isLocalDate(day)) throw new CrmError(`"${day}" is no calendar day`, 'Write days as YYYY-MM-DD, for example 2026-11-22.');
	}
	const spans = (hours?.span ?? []).flatMap(({ days, ...span }) => days.map((day) => ({ day, ...span })));
	return {
		...plain,
		...(privacyNotices && { privacyNotices: notices }),
		...(hours && { openingHours: openingHours(spans) }),
		policy: { ...numbers({ adultAge }), ...(birthdayIsMarketing !== undefined && { birthdayIsMarketing }) },
		rehearsal: { email: rehearsalEmail?.trim().toLowerCase(), phone: rehearsalPhone?.replaceAll(/[\s./-]/g, ''), sendNothing: rehearsalSendsNothing },
		prices,
		retention: numbers({ prospectMonths, customerMonths, purchaseMonths, profilingMonths }),
	};
}

/** Prices in thousandths, apart from the other fields. */
function readPrices<Given extends object>(given: Given): { prices: Partial<Prices>; plain: Omit<Given, `price_${keyof Prices}`> } {
	const isPrice = (name: string) => name.startsWith('price_');
	const entries = Object.entries(given);
	const prices = entries.filter(([name]) => isPrice(name)).map(([name, euro]) => [name.slice('price_'.length), Math.round(Number(euro) * 1000)]);
	return { prices: Object.fromEntries(prices) as Partial<Prices>, plain: Object.fromEntries(entries.filter(([name]) => !isPrice(name))) as Omit<Given, `price_${keyof Prices}`> };
}

/** The numbers that are given; an expression may give one as text. */
function numbers<Name extends string>(given: Record<Name, number | undefined>): Partial<Record<Name, number>> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)])) as Partial<Record<Name, number>>;
}

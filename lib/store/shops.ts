import { CrmError } from '../domain/errors';
import { STRICT_POLICY, type ConsentPolicy } from '../domain/consent';
import { LANGUAGES } from '../domain/glossary';
import type { Formality, Language } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { localDate, type Instant } from '../domain/time';
import type { Database } from './open';
import type { Row } from './schema';

/** What may be said of a shop when it is set up or changed; what is absent stays as it is. */
export type ShopChanges = Partial<Omit<Shop, 'id' | 'code' | 'policy'>> & { policy?: Partial<ConsentPolicy> };

/** The shop with this code, if the store knows it. */
export async function findShop(db: Database, code: string): Promise<Shop | undefined> {
	const row = await db.selectFrom('shops').selectAll().where('code', '=', code).executeTakeFirst();
	return row && toShop(row);
}

/**
 * Creates the shop or changes what is given.
 * @throws CrmError when the name is missing on creation, or a field cannot be right
 */
export async function saveShop(db: Database, code: string, changes: ShopChanges, now: Instant): Promise<Shop> {
	check(changes, now);
	return await db.transaction().execute(async (transaction) => {
		const known = await findShop(transaction, code);
		const before = known ?? newShop(code);
		const shop = { ...before, ...withoutUndefined(changes), policy: { ...before.policy, ...changes.policy } };
		if (!shop.name) throw new CrmError(`The shop "${code}" has no name`, 'Give the name that customers know the shop by.');
		const row = toRow(shop, now);
		if (known) await transaction.updateTable('shops').set(row).where('id', '=', known.id).execute();
		else await transaction.insertInto('shops').values(row).execute();
		return (await findShop(transaction, code)) as Shop;
	});
}

function newShop(code: string): Omit<Shop, 'id'> {
	return {
		code,
		name: '',
		country: 'IT',
		timeZone: 'Europe/Rome',
		language: 'it',
		formality: 'lei',
		privacyNotices: [],
		policy: STRICT_POLICY,
	};
}

function check({ timeZone, language, country, email, customerPageUrl }: ShopChanges, now: Instant): void {
	if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
		throw new CrmError("The shop's country is no country code", 'Give two capital letters, for example IT.');
	}
	if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
		throw new CrmError("The shop's e-mail is no address", 'Write it as in ciao@ottica.example, without a name.');
	}
	if (customerPageUrl && !/^https?:$/.test(URL.canParse(customerPageUrl) ? new URL(customerPageUrl).protocol : '')) {
		throw new CrmError("The address of the shop's customer page is no web address", 'Copy the Production URL of the Customer Reply Trigger; it begins with https://.');
	}
	if (timeZone !== undefined) {
		try {
			localDate(now, timeZone);
		} catch {
			throw new CrmError(`"${timeZone}" is no time zone`, 'Use a name of the IANA list, for example Europe/Rome.');
		}
	}
	if (language !== undefined && !LANGUAGES.includes(language)) {
		throw new CrmError(`There are no texts in the language "${language}"`, `Use one of: ${LANGUAGES.join(', ')}.`);
	}
}

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
	return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<Value>;
}

function toRow(shop: Omit<Shop, 'id'>, now: Instant): Omit<Row<'shops'>, 'id'> {
	return {
		code: shop.code,
		name: shop.name,
		street: shop.street || null,
		postal_code: shop.postalCode || null,
		town: shop.town || null,
		province: shop.province || null,
		country: shop.country,
		phone: shop.phone || null,
		email: shop.email || null,
		website: shop.website || null,
		time_zone: shop.timeZone,
		language: shop.language,
		formality: shop.formality,
		signature: shop.signature || null,
		customer_page_url: shop.customerPageUrl || null,
		privacy_notices: JSON.stringify(shop.privacyNotices),
		policy: JSON.stringify(shop.policy),
		rehearsal_date: shop.rehearsalDate || null,
		updated_at: now,
	};
}

function toShop(row: Row<'shops'>): Shop {
	return {
		id: row.id,
		code: row.code,
		name: row.name,
		street: row.street ?? undefined,
		postalCode: row.postal_code ?? undefined,
		town: row.town ?? undefined,
		province: row.province ?? undefined,
		country: row.country,
		phone: row.phone ?? undefined,
		email: row.email ?? undefined,
		website: row.website ?? undefined,
		timeZone: row.time_zone,
		language: row.language as Language,
		formality: row.formality as Formality,
		signature: row.signature ?? undefined,
		customerPageUrl: row.customer_page_url ?? undefined,
		privacyNotices: JSON.parse(row.privacy_notices),
		// A setting that a newer version added takes its strict default.
		policy: { ...STRICT_POLICY, ...JSON.parse(row.policy) },
		rehearsalDate: row.rehearsal_date ?? undefined,
	};
}

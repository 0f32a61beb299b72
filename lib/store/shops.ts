import { sql } from 'kysely';
import { CrmError } from '../domain/errors';
import { STRICT_POLICY, type ConsentPolicy } from '../domain/consent';
import type { Formality, Language } from '../domain/glossary';
import { USUAL_RETENTION, type RetentionPeriods } from '../domain/retention';
import { USUAL_ROLLOUT, type RolloutSettings } from '../domain/rolloutSettings';
import type { Shop } from '../domain/shop';
import type { ShopLogo } from '../domain/shopLogo';
import type { Instant } from '../domain/time';
import { checkShop } from './checkShop';
import { refuseNewer } from './migrate';
import type { Database } from './open';
import { keepPolicy } from './policyVersions';
import type { Row } from './schema';

/** What may be said of a shop when it is set up or changed; what is absent stays as it is. */
export type ShopChanges = Partial<Omit<Shop, 'id' | 'code' | 'policy' | 'policyVersion' | 'retention' | 'rollout' | 'logo'>> & {
	policy?: Partial<ConsentPolicy>;
	retention?: Partial<RetentionPeriods>;
	rollout?: Partial<RolloutSettings>;
	/** `null` takes it away. */
	logo?: ShopLogo | null;
};

/** A setting that is emptied is none any more. */
const EMPTY: ReadonlySet<unknown> = new Set([undefined, null, '', false]);

/**
 * The shop with this code, if the store knows it. In the same statement it is seen whether another n8n has brought the store up to date meanwhile: every node begins here.
 * @throws CrmError when a newer package has, or the store was moved away
 */
export async function findShop(db: Database, code: string): Promise<Shop | undefined> {
	const { rows } = await sql<Row<'shops'> & { schema_version: number }>`
		select shops.*, (select max(version) from schema_migrations) as schema_version from shops where code = ${code}`.execute(db);
	if (rows.length === 0) return undefined;
	refuseNewer(rows[0].schema_version);
	return toShop(rows[0]);
}

/**
 * Creates the shop or changes what is given.
 * @throws CrmError when the name is missing on creation, or a field cannot be right
 */
export async function saveShop(db: Database, code: string, changes: ShopChanges, now: Instant): Promise<Shop> {
	checkShop(changes, now);
	return await db.transaction().execute(async (transaction) => {
		const known = await findShop(transaction, code);
		const before = known ?? newShop(code);
		const { policy, retention, rollout, rehearsal, prices, logo, ...others } = changes;
		const shop = {
			...before, ...withoutUndefined(others), policy: { ...before.policy, ...policy }, retention: { ...before.retention, ...retention },
			rollout: { ...before.rollout, ...rollout },
			rehearsal: whatIsSet({ ...before.rehearsal, ...withoutUndefined(rehearsal ?? {}) }), prices: whatIsSet({ ...before.prices, ...withoutUndefined(prices ?? {}) }),
			logo: logo === undefined ? before.logo : (logo ?? undefined),
		};
		if (!shop.name) throw new CrmError(`The shop "${code}" has no name`, 'Give the name that customers know the shop by.');
		const row = toRow(shop, now);
		if (known) await transaction.updateTable('shops').set(row).where('id', '=', known.id).execute();
		else await transaction.insertInto('shops').values(row).execute();
		await keepPolicy(transaction, code, now);
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
		retention: USUAL_RETENTION,
		rollout: USUAL_ROLLOUT,
	};
}

function whatIsSet<Value extends object>(value: Value): Value | undefined {
	const set = Object.entries(value).filter(([, field]) => !EMPTY.has(field));
	return set.length > 0 ? (Object.fromEntries(set) as Value) : undefined;
}

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
	return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<Value>;
}

function toRow(shop: Omit<Shop, 'id'>, now: Instant): Omit<Row<'shops'>, 'id' | 'policy_version'> {
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
		opening_hours: shop.openingHours ? JSON.stringify(shop.openingHours) : null,
		patron_saint: shop.patronSaint || null,
		email_from_name: shop.emailFromName || null,
		sms_alias: shop.smsAlias || null,
		retention: JSON.stringify(shop.retention),
		rehearsal: shop.rehearsal ? JSON.stringify(shop.rehearsal) : null,
		prices: shop.prices ? JSON.stringify(shop.prices) : null,
		booking_url: shop.bookingUrl || null,
		logo: shop.logo ? JSON.stringify(shop.logo) : null,
		rollout: JSON.stringify(shop.rollout),
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
		policyVersion: row.policy_version,
		rehearsalDate: row.rehearsal_date ?? undefined,
		openingHours: row.opening_hours ? JSON.parse(row.opening_hours) : undefined,
		patronSaint: row.patron_saint ?? undefined,
		emailFromName: row.email_from_name ?? undefined,
		smsAlias: row.sms_alias ?? undefined,
		bookingUrl: row.booking_url ?? undefined,
		retention: { ...USUAL_RETENTION, ...JSON.parse(row.retention ?? '{}') },
		rehearsal: row.rehearsal ? JSON.parse(row.rehearsal) : undefined,
		prices: row.prices ? JSON.parse(row.prices) : undefined,
		logo: row.logo ? JSON.parse(row.logo) : undefined,
		rollout: { ...USUAL_ROLLOUT, ...JSON.parse(row.rollout ?? '{}') },
	};
}

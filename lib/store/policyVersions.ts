import { sql } from 'kysely';
import { STRICT_POLICY, type ConsentPolicy } from '../domain/consentPolicy';
import type { Instant } from '../domain/time';
import type { Database, Store } from './open';

/** The settings of the contact rules from one moment on. */
export interface PolicyVersion {
	version: number;
	policy: ConsentPolicy;
	changedAt: Instant;
}

/** Keeps the shop's settings as a new version where they differ from the last one; inside the transaction that saves the shop. */
export async function keepPolicy(transaction: Database, shopCode: string, now: Instant): Promise<void> {
	const last = sql`(select kept.policy from policy_versions as kept where kept.shop_id = shops.id order by kept.version desc limit 1)`;
	const written = await sql<{ shop_id: number; version: number }>`
		insert into policy_versions (shop_id, version, policy, changed_at)
		select id, coalesce((select max(version) from policy_versions where shop_id = shops.id), 0) + 1, policy, ${now} from shops
		where code = ${shopCode} and policy is distinct from ${last}
		returning shop_id, version`.execute(transaction);
	for (const { shop_id, version } of written.rows) await transaction.updateTable('shops').set({ policy_version: version }).where('id', '=', shop_id).execute();
}

/** All versions of the shop's settings, the oldest first. */
export async function policyVersions({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<PolicyVersion[]> {
	const rows = await db.selectFrom('policy_versions').selectAll().where('shop_id', '=', shop.id).orderBy('version').execute();
	// A setting that a later version of the package added was strict before.
	return rows.map(({ version, policy, changed_at: changedAt }) => ({ version, policy: { ...STRICT_POLICY, ...JSON.parse(policy) }, changedAt }));
}

import { createHash } from 'node:crypto';
import type { NewConsent } from '../domain/consent';
import { CrmError } from '../domain/errors';
import type { Channel, Language, Purpose } from '../domain/glossary';
import type { Instant } from '../domain/time';
import { consentHistory, insertConsents } from './consents';
import type { Store } from './open';
import type { Row } from './schema';
import { findWording } from './wordings';

/** A question to a customer that is to be answered through a link. */
export interface OptInRequest {
	customerId: number;
	contactPointId: number;
	channel: Channel;
	purpose: Purpose;
	noticeVersion: string;
	wordingVersion: string;
	expiresAt: Instant;
}

type Shop = Pick<Store, 'db' | 'shop'>;

/**
 * Keeps a request under the hash of its link, and notes in the ledger that an answer is awaited; both in one transaction.
 * @throws CrmError where the address is none of a customer of this shop
 * @param pending false where a consent is in force already: what is merely asked must not take its place
 */
export async function saveOptInRequest({ db, shop }: Shop, token: string, request: OptInRequest, pending: boolean, now: Instant): Promise<void> {
	await db.transaction().execute(async (transaction) => {
		const { customerId, contactPointId, channel, purpose, noticeVersion, wordingVersion, expiresAt } = request;
		const point = await transaction.selectFrom('contact_points').select('id').where('id', '=', contactPointId).where('customer_id', '=', customerId).where('shop_id', '=', shop.id).executeTakeFirst();
		if (!point) throw new CrmError(`Customer ${customerId} has no such address in this shop`, 'Take the customer from Optical CRM > Customer > Get, with the same credential.');
		const { numInsertedOrUpdatedRows: created } = await transaction
			.insertInto('opt_in_requests')
			.values({
				token_hash: hashOf(token), shop_id: shop.id, customer_id: customerId, contact_point_id: contactPointId, channel, purpose,
				notice_version: noticeVersion, wording_version: wordingVersion, requested_at: now, expires_at: expiresAt, confirmed_at: null,
			})
			.onConflict((conflict) => conflict.column('token_hash').doNothing())
			.executeTakeFirst();
		if (!created || !pending) return;
		const store = { db: transaction, shop };
		await append(store, await recordOf(store, request, { status: 'pending', capturedAt: now, source: 'opt-in-request', method: 'double-opt-in' }), now);
	});
}

/** The request behind a link; undefined where there is none, or the customer was erased since. */
export async function findOptInRequest({ db, shop }: Shop, token: string): Promise<Row<'opt_in_requests'> | undefined> {
	return await db.selectFrom('opt_in_requests').selectAll().where('token_hash', '=', hashOf(token)).where('shop_id', '=', shop.id).executeTakeFirst();
}

/**
 * Grants what was asked, in one transaction: pressed twice, also at the same time, it stands in the ledger once.
 * @param language in which the customer was asked
 * @returns whether it was granted now; false where it was already, or the request has expired or is unknown
 */
export async function confirmOptIn({ db, shop }: Shop, token: string, language: Language, now: Instant): Promise<boolean> {
	return await db.transaction().execute(async (transaction) => {
		const store = { db: transaction, shop };
		const { numUpdatedRows: confirmed } = await transaction
			.updateTable('opt_in_requests')
			.set({ confirmed_at: now })
			.where('token_hash', '=', hashOf(token))
			.where('shop_id', '=', shop.id)
			.where('confirmed_at', 'is', null)
			.where('expires_at', '>', now)
			.executeTakeFirst();
		if (!confirmed) return false;
		const row = (await findOptInRequest(store, token)) as Row<'opt_in_requests'>;
		const evidence = `opt-in request ${row.token_hash.slice(0, 16)} of ${row.requested_at}`;
		const said = { status: 'granted', capturedAt: now, doubleOptInAt: now, source: 'opt-in-link', method: 'double-opt-in', language, evidence } as const;
		await append(store, await recordOf(store, requestOf(row), said), now);
		return true;
	});
}

function requestOf(row: Row<'opt_in_requests'>): OptInRequest {
	return {
		customerId: row.customer_id,
		contactPointId: row.contact_point_id,
		channel: row.channel as Channel,
		purpose: row.purpose as Purpose,
		noticeVersion: row.notice_version ?? '',
		wordingVersion: row.wording_version ?? '',
		expiresAt: row.expires_at,
	};
}

type Said = Pick<NewConsent, 'status' | 'capturedAt' | 'source' | 'method' | 'doubleOptInAt' | 'language' | 'evidence'>;

async function recordOf(store: Shop, request: OptInRequest, said: Said): Promise<NewConsent> {
	const { customerId, contactPointId, channel, purpose, noticeVersion, wordingVersion } = request;
	const { hash: wordingHash } = (await findWording(store, wordingVersion)) ?? {};
	return { customerId, contactPointId, channel, purpose, legalBasis: 'consent', noticeVersion, wordingVersion, wordingHash, ...said };
}

async function append({ db, shop }: Shop, record: NewConsent, now: Instant): Promise<void> {
	const head = (await consentHistory({ db, shop }, [record.customerId])).get(record.customerId)?.at(-1);
	await insertConsents(db, shop.id, [record], new Map(head && [[record.customerId, head]]), now);
}

/** The link itself is not kept: who reads the store cannot answer for the customer. */
function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

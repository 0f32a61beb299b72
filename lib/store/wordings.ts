import { createHash } from 'node:crypto';
import { CrmError } from '../domain/errors';
import type { Instant } from '../domain/time';
import type { Store } from './open';

/** The words that customers were shown when they were asked for a consent. Kept for ever: a consent is worth what was asked. */
export interface Wording {
	version: string;
	text: string;
	/** SHA-256 of the text, in hex. */
	hash: string;
	createdAt: Instant;
}

/**
 * Keeps a wording. The same again changes nothing.
 * @throws CrmError when the version is known with another text
 */
export async function saveWording({ db, shop }: Pick<Store, 'db' | 'shop'>, version: string, text: string, now: Instant): Promise<Wording & { status: 'created' | 'unchanged' }> {
	if (!version || !text) throw new CrmError('A wording needs a version and a text', 'Give a short version, for example 2026-01, and the text that customers are shown.');
	const hash = hashOf(text);
	const { numInsertedOrUpdatedRows: created } = await db
		.insertInto('wordings')
		.values({ shop_id: shop.id, version, text, hash, created_at: now })
		.onConflict((conflict) => conflict.columns(['shop_id', 'version']).doNothing())
		.executeTakeFirst();
	const known = (await findWording({ db, shop }, version)) as Wording;
	if (known.hash !== hash) {
		throw new CrmError(`The wording ${version} is known with another text`, 'Customers agreed to the text that is stored: give the new one a version of its own.');
	}
	return { ...known, status: created ? 'created' : 'unchanged' };
}

/** The wording of this version, if the shop has kept it. */
export async function findWording(store: Pick<Store, 'db' | 'shop'>, version: string): Promise<Wording | undefined> {
	const row = await rowsOf(store).where('version', '=', version).executeTakeFirst();
	return row && toWording(row);
}

/** All wordings of the shop, oldest first. */
export async function listWordings(store: Pick<Store, 'db' | 'shop'>): Promise<Wording[]> {
	return (await rowsOf(store).orderBy('id').execute()).map(toWording);
}

/** The versions whose text does not give the hash that is stored with it. */
export async function changedWordings(store: Pick<Store, 'db' | 'shop'>): Promise<string[]> {
	return (await listWordings(store)).filter(({ text, hash }) => hashOf(text) !== hash).map(({ version }) => version);
}

function rowsOf({ db, shop }: Pick<Store, 'db' | 'shop'>) {
	return db.selectFrom('wordings').select(['version', 'text', 'hash', 'created_at']).where('shop_id', '=', shop.id);
}

function toWording({ version, text, hash, created_at: createdAt }: { version: string; text: string; hash: string; created_at: string }): Wording {
	return { version, text, hash, createdAt };
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/time';
import type { Store } from '../open';
import type { Row } from '../schema';

type Scope = Pick<Store, 'db' | 'shop'>;

/** An account of the Desk that the lead keeps in the store. */
export interface StoredAccount {
	id: number;
	user: string;
	role: 'staff' | 'lead';
	/** As hashPassword() made it. */
	passwordHash: string;
	/** Until when a password that the lead has given opens the Desk; absent where the person has chosen it. */
	oneTimeUntil?: Instant;
	/** Since when nobody gets in with it. */
	disabledAt?: Instant;
}

/** What of an account can be changed. */
export type AccountChange = Partial<{ role: StoredAccount['role']; passwordHash: string; oneTimeUntil: Instant | null; disabledAt: Instant | null }>;

/** What the store knows of a name: its account, and the language that was chosen, which accounts of the credential have too. */
export interface StoredPerson {
	account?: StoredAccount;
	language?: string;
}

/** A row with the columns of an account, all null where there is none, and of a language. */
export type PersonRow = { [Column in keyof Row<'desk_accounts'>]: Row<'desk_accounts'>[Column] | null } & { language: string | null };

/** Account and language of the name that `asked.name_key` holds. */
export function joinPerson({ shop }: Pick<Store, 'shop'>): RawBuilder<unknown> {
	return sql`left join desk_accounts as account on account.shop_id = ${shop.id} and account.name_key = asked.name_key
		left join desk_languages as chosen on chosen.shop_id = ${shop.id} and chosen.name_key = asked.name_key`;
}

/** What the row of a statement with joinPerson() says. */
export function toPerson({ language, ...row }: PersonRow): StoredPerson {
	return { ...(row.id !== null && { account: toAccount(row as Row<'desk_accounts'>) }), ...(language && { language }) };
}

/** Who logs in under a name. */
export async function deskPerson(scope: Scope, nameKey: string): Promise<StoredPerson> {
	const { rows } = await sql<PersonRow>`select account.*, chosen.language from (select ${nameKey} as name_key) as asked ${joinPerson(scope)}`.execute(scope.db);
	return toPerson(rows[0]);
}

/** All accounts in the store, by name. */
export async function storedAccounts({ db, shop }: Scope): Promise<StoredAccount[]> {
	const rows = await db.selectFrom('desk_accounts').selectAll().where('shop_id', '=', shop.id).orderBy('name_key').execute();
	return rows.map(toAccount);
}

/** One account in the store. */
export async function storedAccount({ db, shop }: Scope, id: number): Promise<StoredAccount | undefined> {
	const row = await db.selectFrom('desk_accounts').selectAll().where('shop_id', '=', shop.id).where('id', '=', id).executeTakeFirst();
	return row && toAccount(row);
}

/** Adds an account. @returns its id; undefined where there is one of this name, whoever else added it a moment ago */
export async function addAccount({ db, shop }: Scope, { user, nameKey, role, passwordHash, oneTimeUntil }: Pick<StoredAccount, 'user' | 'role' | 'passwordHash' | 'oneTimeUntil'> & { nameKey: string }, now: Instant): Promise<number | undefined> {
	const added = await db.insertInto('desk_accounts')
		.values({ shop_id: shop.id, name: user, name_key: nameKey, role, password_hash: passwordHash, one_time_until: oneTimeUntil ?? null, created_at: now, changed_at: now })
		.onConflict((conflict) => conflict.columns(['shop_id', 'name_key']).doNothing()).returning('id').executeTakeFirst();
	return added?.id;
}

/** Changes an account. @param seenHash changes nothing where the password is another by now */
export async function changeAccount({ db, shop }: Scope, id: number, { role, passwordHash, oneTimeUntil, disabledAt }: AccountChange, now: Instant, seenHash?: string): Promise<boolean> {
	const { numUpdatedRows } = await db.updateTable('desk_accounts')
		.set({ ...(role && { role }), ...(passwordHash && { password_hash: passwordHash }), ...(oneTimeUntil !== undefined && { one_time_until: oneTimeUntil }), ...(disabledAt !== undefined && { disabled_at: disabledAt }), changed_at: now })
		.where('shop_id', '=', shop.id).where('id', '=', id).$if(seenHash !== undefined, (query) => query.where('password_hash', '=', seenHash as string)).executeTakeFirst();
	return Number(numUpdatedRows) === 1;
}

/** Keeps the language in which somebody reads the Desk. */
export async function chooseLanguage({ db, shop }: Scope, nameKey: string, language: string): Promise<void> {
	await db.insertInto('desk_languages').values({ shop_id: shop.id, name_key: nameKey, language })
		.onConflict((conflict) => conflict.columns(['shop_id', 'name_key']).doUpdateSet({ language })).execute();
}

function toAccount(row: Row<'desk_accounts'>): StoredAccount {
	return {
		id: row.id, user: row.name, role: row.role === 'lead' ? 'lead' : 'staff', passwordHash: row.password_hash,
		...(row.one_time_until && { oneTimeUntil: row.one_time_until }),
		...(row.disabled_at && { disabledAt: row.disabled_at }),
	};
}

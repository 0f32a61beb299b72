import { sql } from 'kysely';
import { CrmError } from '../../domain/errors';
import type { KeyShelf } from '../../domain/keyShelf';
import { LostHold } from '../../domain/linkedDevice';
import { HELD } from '../dialect';
import type { Store } from '../open';
import { sendingTransaction } from '../senders';
import { rowSet, textSet } from '../sets';
import { Seal } from './seal';

/**
 * The session's keys in the store, encrypted with the credential's secret.
 * @param holder the process that may write; once another has the session, it may not
 */
export function keyShelf(store: Pick<Store, 'db' | 'shop'>, secret: string, holder: string): KeyShelf {
	const { db, shop } = store;
	const seal = new Seal(secret, 'linked device');
	const place = (kind: string, name: string) => `${shop.code}\n${kind}\n${name}`;
	return {
		read: async (kind, names) => {
			const wanted = new Map(names.map((name) => [seal.name(kind, name), name]));
			const { rows } = await sql<{ name: string; value: string }>`
				select name, value from linked_device_keys where shop_id = ${shop.id} and kind = ${kind} and name in ${textSet([...wanted.keys()])}`.execute(db);
			return new Map(rows.map(({ name, value }) => {
				const opened = seal.open(value, place(kind, name));
				if (opened === undefined) {
					throw new CrmError('A key of the linked phone was changed in the store', 'Unlink the phone on the Desk and link it again.');
				}
				return [wanted.get(name) as string, opened];
			}));
		},
		write: async (rows) => {
			const named = rows.map(({ kind, name, value }) => ({ kind, name: seal.name(kind, name), value }));
			const kept = named.flatMap(({ kind, name, value }) => (value === null ? [] : [{ kind, name, value: seal.close(value, place(kind, name)) }]));
			const gone = named.filter(({ value }) => value === null).map(({ kind, name }) => ({ kind, name }));
			await sendingTransaction(store, async (transaction) => {
				const held = await sql`select shop_id from linked_devices where shop_id = ${shop.id} and holder = ${holder} ${HELD}`.execute(transaction);
				if (held.rows.length === 0) throw new LostHold();
				if (kept.length > 0) {
					await sql`
						insert into linked_device_keys (shop_id, kind, name, value)
						select ${shop.id}, kind, name, value from ${rowSet(kept, { kind: 'text', name: 'text', value: 'text' })} as given where true
						on conflict (shop_id, kind, name) do update set value = excluded.value`.execute(transaction);
				}
				if (gone.length > 0) {
					await sql`
						delete from linked_device_keys where shop_id = ${shop.id}
							and (kind, name) in (select kind, name from ${rowSet(gone, { kind: 'text', name: 'text' })} as given)`.execute(transaction);
				}
			});
		},
	};
}

/** Takes all keys of the session away: it is over. */
export async function forgetKeys({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<void> {
	await sql`delete from linked_device_keys where shop_id = ${shop.id}`.execute(db);
}

import { sql } from 'kysely';
import type { SignKind, SignOfLife } from '../domain/health';
import type { Instant } from '../domain/time';
import type { Store } from './open';
import type { Row } from './schema';
import { rowSet } from './sets';

type Scope = Pick<Store, 'db'> & { shop: Pick<Store['shop'], 'id'> };

/** Something that was done just now. */
export interface NewSign extends Pick<SignOfLife, 'what' | 'name' | 'code' | 'everyMinutes'> {
	/** How many; 1 unless told. */
	things?: number;
}

/** Notes what was done, one statement for all of it. Of several alike one row is kept, with the sum of their things. */
export async function noteSigns({ db, shop }: Scope, signs: readonly NewSign[], now: Instant): Promise<void> {
	if (signs.length === 0) return;
	// Always in the same order, so that two processes that note the same never wait for each other crosswise.
	const rows = [...Map.groupBy(signs, ({ what, name }) => `${what} ${name}`)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, alike]) => ({
		what: alike[0].what, name: alike[0].name, things: alike.reduce((sum, { things = 1 }) => sum + things, 0), code: alike[alike.length - 1].code, every_minutes: alike[0].everyMinutes,
	}));
	await sql`
		insert into signs_of_life (shop_id, what, name, last_at, times, things, code, every_minutes)
		select ${shop.id}, what, name, ${now}, 1, things, code, every_minutes
		from ${rowSet(rows, { what: 'text', name: 'text', things: 'integer', code: 'text', every_minutes: 'integer' })} as sign where true
		on conflict (shop_id, what, name) do update set last_at = excluded.last_at, times = signs_of_life.times + 1, things = signs_of_life.things + excluded.things,
			code = excluded.code, every_minutes = excluded.every_minutes`.execute(db);
}

/** All that the shop's system has noted: some dozens of rows. */
export async function listSigns({ db, shop }: Scope): Promise<SignOfLife[]> {
	const rows = await db.selectFrom('signs_of_life').selectAll().where('shop_id', '=', shop.id).orderBy('what').orderBy('name').execute();
	return rows.map(toSign);
}

function toSign({ what, name, last_at: lastAt, times, things, code, every_minutes: everyMinutes }: Row<'signs_of_life'>): SignOfLife {
	return { what: what as SignKind, name, lastAt, times, things, ...(code !== null && { code }), ...(everyMinutes !== null && { everyMinutes }) };
}

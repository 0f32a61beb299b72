import { sql } from 'kysely';
import type { LinkedDevice, LinkedState, LinkedWish } from '../../domain/linkedDevice';
import type { Instant } from '../../domain/time';
import { IS_OF_THIS_VERSION } from '../migrate';
import type { Store } from '../open';
import type { Row } from '../schema';
import { Seal } from './seal';

type Scope = Pick<Store, 'db' | 'shop' | 'secret'>;

/** What a sealed code belongs to. */
const PAIRING = 'pairing';

/** What the holder of the session changes; null takes it away. */
export interface LinkedChange {
	state?: LinkedState;
	connected?: boolean;
	number?: string;
	linkedAt?: Instant | null;
	/** QR text or pairing code, and until when they are good. */
	qr?: string | null;
	code?: string | null;
	shownUntil?: Instant | null;
}

/** The shop's phone, as it stands; undefined where nothing was ever tried. */
export async function findLinkedDevice({ db, shop, secret }: Scope, now: Instant): Promise<LinkedDevice | undefined> {
	const row = await db.selectFrom('linked_devices').selectAll().where('shop_id', '=', shop.id).executeTakeFirst();
	return row && toDevice(row, secret, now);
}

/**
 * Takes the session for this process, or keeps it: one process at a time has it, and the next one may as soon as it has not said so for long enough.
 * @returns the phone, or undefined where another process has it, or has brought the store up to date for a newer package
 */
export async function holdLinkedDevice({ db, shop, secret }: Scope, holder: string, until: Instant, now: Instant): Promise<LinkedDevice | undefined> {
	await sql`insert into linked_devices (shop_id, state, updated_at) values (${shop.id}, 'pairing', ${now}) on conflict (shop_id) do nothing`.execute(db);
	const { rows } = await sql<Row<'linked_devices'>>`
		update linked_devices set holder = ${holder}, held_until = ${until},
			connected = case when holder = ${holder} then connected else 0 end
		where shop_id = ${shop.id} and (holder is null or holder = ${holder} or held_until <= ${now}) and ${IS_OF_THIS_VERSION} returning *`.execute(db);
	return rows.length === 1 ? toDevice(rows[0], secret, now) : undefined;
}

/** Lets the session go, so that the next process need not wait. */
export async function releaseLinkedDevice({ db, shop }: Scope, holder: string, now: Instant): Promise<void> {
	await sql`update linked_devices set holder = null, held_until = null, connected = 0, qr = null, code = null, shown_until = null, updated_at = ${now}
		where shop_id = ${shop.id} and holder = ${holder}`.execute(db);
}

/** Notes what has become of the session. False where this process does not hold it any more; nothing is noted then. */
export async function changeLinkedDevice({ db, shop, secret }: Scope, holder: string, change: LinkedChange, now: Instant): Promise<boolean> {
	const seal = pairingSeal(secret);
	const { state, connected, number, linkedAt, qr, code, shownUntil } = change;
	const row = {
		...(state !== undefined && { state }),
		...(connected !== undefined && { connected: connected ? 1 : 0 }),
		...(number !== undefined && { number }),
		...(linkedAt !== undefined && { linked_at: linkedAt }),
		...(qr !== undefined && { qr: qr && seal.close(qr, PAIRING) }),
		...(code !== undefined && { code: code && seal.close(code, PAIRING) }),
		...(shownUntil !== undefined && { shown_until: shownUntil }),
		updated_at: now,
	};
	const { numUpdatedRows } = await db.updateTable('linked_devices').set(row).where('shop_id', '=', shop.id).where('holder', '=', holder).executeTakeFirst();
	return numUpdatedRows === 1n;
}

/** Nothing leaves by the phone until a person says so; what stops it already stands. */
export async function stopLinkedDevice({ db, shop }: Scope, code: string, now: Instant): Promise<void> {
	await sql`update linked_devices set stopped_code = ${code}, stopped_at = ${now}, updated_at = ${now} where shop_id = ${shop.id} and stopped_code is null`.execute(db);
}

/** A person says that sending may go on. False where nothing was stopped. */
export async function resumeLinkedDevice({ db, shop }: Scope, now: Instant): Promise<boolean> {
	const { rows } = await sql`update linked_devices set stopped_code = null, stopped_at = null, updated_at = ${now} where shop_id = ${shop.id} and stopped_code is not null returning shop_id`.execute(db);
	return rows.length === 1;
}

/** A person asks the holder of the session for something; a later wish takes the place of an earlier one. False where the node never ran. */
export async function wishOfLinkedDevice({ db, shop }: Scope, wish: LinkedWish, now: Instant): Promise<boolean> {
	const { rows } = await sql`update linked_devices set wish = ${JSON.stringify(wish)}, updated_at = ${now} where shop_id = ${shop.id} returning shop_id`.execute(db);
	return rows.length === 1;
}

/** The holder has done what was wished, unless something else was wished meanwhile. */
export async function wishIsDone({ db, shop }: Scope, wish: LinkedWish, now: Instant): Promise<void> {
	await sql`update linked_devices set wish = null, updated_at = ${now} where shop_id = ${shop.id} and wish = ${JSON.stringify(wish)}`.execute(db);
}

/** The Desk shows the codes and has no other secret than the store's. */
function pairingSeal(secret: string): Seal {
	return new Seal(secret, 'linked device pairing');
}

function toDevice(row: Row<'linked_devices'>, secret: string, now: Instant): LinkedDevice {
	const seal = pairingSeal(secret);
	const isHeld = row.holder !== null && row.held_until !== null && row.held_until > now;
	const isShown = row.shown_until !== null && row.shown_until > now;
	const [qr, code] = [row.qr, row.code].map((sealed) => (sealed !== null && isShown ? seal.open(sealed, PAIRING) : undefined));
	return {
		state: row.state as LinkedState,
		connected: isHeld && row.connected === 1,
		isHeld,
		...(row.number !== null && { number: row.number }),
		...(row.linked_at !== null && { linkedAt: row.linked_at }),
		...(row.stopped_code !== null && { stoppedCode: row.stopped_code }),
		...(row.stopped_at !== null && { stoppedAt: row.stopped_at }),
		...(qr !== undefined && { qr }),
		...(code !== undefined && { code }),
		...(row.wish !== null && { wish: JSON.parse(row.wish) as LinkedWish }),
	};
}

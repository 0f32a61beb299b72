import { sql } from 'kysely';
import type { Database } from '../open';
import type { Row } from '../schema';
import { columnList, rowSet } from '../sets';

/** The phone's session as it is now: its keys move on with every message, and those of a backup would open nothing any more. */
export interface OutlivingPhones {
	devices: Array<Row<'linked_devices'>>;
	keys: Array<Row<'linked_device_keys'>>;
}

/** What the store knows of phones before a backup takes its place. */
export async function readOutlivingPhones(connection: Database): Promise<OutlivingPhones> {
	return { devices: await connection.selectFrom('linked_devices').selectAll().execute(), keys: await connection.selectFrom('linked_device_keys').selectAll().execute() };
}

/** Puts it in the place of what the backup had; the process that holds the session begins anew with it. */
export async function writeOutlivingPhones(connection: Database, { devices, keys }: OutlivingPhones): Promise<void> {
	await connection.deleteFrom('linked_device_keys').execute();
	await connection.deleteFrom('linked_devices').execute();
	const fields = { shop_id: 'integer', state: 'text', number: 'text', linked_at: 'text', stopped_code: 'text', stopped_at: 'text', updated_at: 'text' } as const;
	const columns = columnList(fields);
	await sql`insert into linked_devices (${columns}) select ${columns} from ${rowSet(devices, fields)} as present where shop_id in (select id from shops)`.execute(connection);
	await sql`
		insert into linked_device_keys (shop_id, kind, name, value)
		select shop_id, kind, name, value from ${rowSet(keys, { shop_id: 'integer', kind: 'text', name: 'text', value: 'text' })} as present where shop_id in (select id from shops)`.execute(connection);
}

import { sql } from 'kysely';
import type { RecordOwner } from '../../domain/records';
import { customerMatchKey } from '../../domain/text';
import type { Store } from '../open';
import type { Row } from '../schema';
import { idSet, rowSet } from '../sets';

/** A customer's id; or why there is none; or undefined where nobody was named. */
export type FoundOwner = number | 'CUSTOMER_UNKNOWN' | 'AMBIGUOUS_CUSTOMER' | undefined;

/** `id` is the customer's, or that of the one into whom she was merged; `own_id` her own. */
type Known = Pick<Row<'customers'>, 'id' | 'code' | 'match_key'> & { own_id: number };

/**
 * The customers that records belong to, in at most three queries: by id, else by code, else by name and birth date among those that do not carry
 * another code. Whoever was merged stands for the one who was kept. A name without a birth date finds nobody: a record with the wrong person is worse than one that is reported.
 */
export async function findOwners({ db, shop }: Store, owners: readonly RecordOwner[]): Promise<FoundOwner[]> {
	const wanted = owners.map((owner) => ({ id: owner.customerId, code: owner.customerCode || undefined, match_key: matchKey(owner) }));
	const [ids, codes, keys] = [wanted.flatMap(({ id }) => id ?? []), wanted.filter(({ code }) => code !== undefined), wanted.filter(({ match_key }) => match_key !== undefined)];
	const columns = sql.raw('coalesce(customer.merged_into, customer.id) as id, customer.id as own_id, customer.code, customer.match_key');
	const byId = ids.length === 0 ? [] : (await sql<Known>`
		select ${columns} from customers as customer
		where customer.id in ${idSet(ids)} and +customer.shop_id = ${shop.id} and customer.erased_at is null`.execute(db)).rows;
	const byCode = codes.length === 0 ? [] : (await sql<Known>`
		select distinct ${columns} from ${rowSet(codes, { code: 'text' })} as wanted
		cross join customers as customer on customer.shop_id = ${shop.id} and customer.code = wanted.code and customer.erased_at is null`.execute(db)).rows;
	const byName = keys.length === 0 ? [] : (await sql<Known>`
		select distinct ${columns} from ${rowSet(keys, { match_key: 'text' })} as wanted
		cross join customers as customer on customer.shop_id = ${shop.id} and customer.match_key = wanted.match_key and customer.erased_at is null`.execute(db)).rows;
	const ownIds = new Map(byId.map(({ own_id, id }) => [own_id, id]));
	const ownCodes = new Map(byCode.map(({ code, id }) => [code, id]));
	const names = Map.groupBy(byName, ({ match_key }) => match_key);
	return wanted.map(({ id, code, match_key }) => {
		if (id !== undefined) return ownIds.get(id) ?? 'CUSTOMER_UNKNOWN';
		if (code === undefined && match_key === undefined) return undefined;
		const coded = code === undefined ? undefined : ownCodes.get(code);
		if (coded !== undefined) return coded;
		const namesakes = (names.get(match_key ?? '') ?? []).filter((row) => code === undefined || row.code === null);
		const [first, ...others] = new Set(namesakes.map((row) => row.id));
		return others.length > 0 ? 'AMBIGUOUS_CUSTOMER' : (first ?? 'CUSTOMER_UNKNOWN');
	});
}

function matchKey({ firstName = '', lastName = '', birthDate }: RecordOwner): string | undefined {
	return (firstName || lastName) && birthDate ? customerMatchKey({ firstName, lastName, birthDate }) : undefined;
}

import { sql, type RawBuilder } from 'kysely';
import type { ItemCustomer } from '../domain/item';
import type { Formality, Language } from '../domain/glossary';
import type { Shop } from '../domain/shop';
import { plusDays, plusMinutes, type Instant, type LocalDate } from '../domain/time';
import type { Database, Store } from './open';
import { idSet, rowSet } from './sets';

/** Customers born on these days (`MM-DD`) are due on that day, and may be written to until the last one. */
export interface DueBirthdays {
	dueOn: LocalDate;
	monthDays: readonly string[];
	expiresOn: LocalDate;
	/** Birth dates before this day are mistakes, not ages. */
	bornFrom: LocalDate;
	/** A birthday occasion of the same customer between these days is the same birthday. */
	sameFrom: LocalDate;
	sameTo: LocalDate;
}

/** How occasions are handed to a workflow. */
export interface ClaimSettings {
	/** At most this many at once; the rest comes with the next call. */
	limit: number;
	/** How long the workflow may take before an occasion that it did not settle is handed out again. */
	leaseMinutes: number;
	/** The shop's today. */
	today: LocalDate;
}

/** An occasion together with the customer whom it is about. */
export interface ClaimedOccasion {
	occasionId?: number;
	kind: string;
	dueOn: LocalDate;
	stage: number;
	expiresOn?: LocalDate;
	customer: ItemCustomer & { birthDate?: LocalDate };
}

/** How often an occasion is handed to a workflow before it counts as dropped by it. */
export const CLAIMS_AT_MOST = 3;
/** No window is longer; keeps the search for expired messages short. Days. */
const LONGEST_WINDOW_DAYS = 120;

/**
 * Claims birthdays that nobody has claimed yet, those whose lease ran out, and those whose message expired while their window is still
 * open, to be written anew; those whose window ends first before the others.
 * Two processes that call at once never get the same one: reading and leasing are one transaction.
 */
export async function claimBirthdays(store: Store, due: readonly DueBirthdays[], settings: ClaimSettings, now: Instant): Promise<ClaimedOccasion[]> {
	const leasedUntil = plusMinutes(now, settings.leaseMinutes);
	const occasion = sql`${store.shop.id}, customer.id, 'birthday', day.due_on, 1, day.expires_on, 'leased', 1, ${leasedUntil}, ${now}`;
	return await store.db.transaction().execute(async (transaction) => {
		const again = await takeBack(transaction, store.shop.id, { kinds: ['birthday'], today: settings.today, leasedUntil, limit: settings.limit }, now);
		const fresh = await sql<{ id: number }>`
			insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, claims, leased_until, created_at)
			${dueBirthdays(store.shop.id, due, settings.limit - again.length, occasion)}
			on conflict (customer_id, kind, due_on, stage) do nothing
			returning id`.execute(transaction);
		return await readClaimed(transaction, store.shop, [...again, ...fresh.rows.map(({ id }) => id)]);
	});
}

/** The birthdays that `claimBirthdays` would claim for the first time, without claiming any. */
export async function previewBirthdays(store: Store, due: readonly DueBirthdays[], limit: number): Promise<ClaimedOccasion[]> {
	const columns = sql`null as occasion_id, 'birthday' as kind, day.due_on, 1 as stage, day.expires_on, ${CUSTOMER_COLUMNS}`;
	const { rows } = await sql<CustomerOccasionRow>`${dueBirthdays(store.shop.id, due, limit, columns)}`.execute(store.db);
	return rows.map((row) => toClaimed(row, store.shop));
}

/** Customers due inside the window who have no occasion for this birthday yet. The dead are left out here already. */
function dueBirthdays(shopId: number, due: readonly DueBirthdays[], limit: number, columns: RawBuilder<unknown>): RawBuilder<unknown> {
	const days = due.flatMap(({ monthDays, ...day }) =>
		monthDays.map((month_day) => ({
			due_on: day.dueOn,
			month_day,
			expires_on: day.expiresOn,
			born_from: day.bornFrom,
			same_from: day.sameFrom,
			same_to: day.sameTo,
		})),
	);
	const set = rowSet(days, { due_on: 'text', month_day: 'text', expires_on: 'text', born_from: 'text', same_from: 'text', same_to: 'text' });
	// Materialized: else the days are read out of their parameter again for every customer.
	return sql`
		with day as materialized ${set}
		select ${columns} from day cross join customers as customer on customer.shop_id = ${shopId} and customer.birth_md = day.month_day
		where customer.deceased = 0 and customer.merged_into is null and customer.birth_date < day.due_on and customer.birth_date >= day.born_from
			and not exists (select 1 from occasions as earlier
				where earlier.customer_id = customer.id and earlier.kind = 'birthday'
					and earlier.due_on between day.same_from and day.same_to)
		order by day.due_on, customer.id
		limit ${limit}`;
}

/** What is taken back, and until when it is leased anew. */
interface TakeBack {
	kinds: readonly string[];
	/** The shop's today. */
	today: LocalDate;
	leasedUntil: Instant;
	limit: number;
}

/**
 * Leases again what a workflow did not settle in time and what expired unapproved; settles what was handed out too often, or whose window
 * closed meanwhile, so that nothing stays open for ever. Returns the ids of what is leased again.
 */
export async function takeBack(transaction: Database, shopId: number, { kinds, today, leasedUntil, limit }: TakeBack, now: Instant): Promise<number[]> {
	const { rows } = await sql<{ id: number; state: string }>`
		update occasions set
			state = case when back.dropped is null then 'leased' else 'settled' end,
			outcome = case when back.dropped is null then null else 'dropped' end,
			reason = back.dropped,
			settled_at = case when back.dropped is null then null else ${now} end,
			leased_until = case when back.dropped is null then ${leasedUntil} else null end,
			claims = case when back.dropped is not null then occasions.claims when occasions.state = 'leased' then occasions.claims + 1 else 1 end
		from (select id, case
				when coalesce(expires_on, due_on) < ${today} then 'WINDOW_CLOSED'
				when state = 'leased' and claims >= ${CLAIMS_AT_MOST} then 'DROPPED_BY_WORKFLOW' end as dropped
			from occasions
			where shop_id = ${shopId} and kind in (${sql.join(kinds.map((kind) => sql.lit(kind)))}) and (
				(state = 'leased' and leased_until <= ${now})
				or (state = 'settled' and outcome = 'message' and expires_on >= ${today}
					and id in (select occasion_id from messages where shop_id = ${shopId} and state = 'expired' and expires_on < ${today}
						and expires_on >= ${plusDays(today, -LONGEST_WINDOW_DAYS)})))
			order by expires_on, id limit ${limit}) as back
		where occasions.id = back.id
		returning occasions.id, occasions.state`.execute(transaction);
	return rows.filter(({ state }) => state === 'leased').map(({ id }) => id);
}

interface CustomerOccasionRow {
	occasion_id: number | null;
	kind: string;
	due_on: string;
	stage: number;
	expires_on: string | null;
	customer_id: number;
	code: string | null;
	first_name: string;
	last_name: string;
	title: string | null;
	sex: string | null;
	birth_date: string | null;
	language: string | null;
	formality: string | null;
}

const CUSTOMER_COLUMNS = sql`customer.id as customer_id, customer.code, customer.first_name, customer.last_name, customer.title,
	customer.sex, customer.birth_date, customer.language, customer.formality`;

/** Reads occasions with their customers; what is due first comes first. */
export async function readClaimed(transaction: Database, shop: Shop, ids: number[]): Promise<ClaimedOccasion[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<CustomerOccasionRow>`
		select occasion.id as occasion_id, occasion.kind, occasion.due_on, occasion.stage, occasion.expires_on, ${CUSTOMER_COLUMNS}
		from occasions as occasion join customers as customer on customer.id = occasion.customer_id
		where occasion.id in ${idSet(ids)} and +occasion.shop_id = ${shop.id}
		order by occasion.due_on, occasion.id`.execute(transaction);
	return rows.map((row) => toClaimed(row, shop));
}

function toClaimed(row: CustomerOccasionRow, shop: Shop): ClaimedOccasion {
	return {
		occasionId: row.occasion_id ?? undefined,
		kind: row.kind,
		dueOn: row.due_on,
		stage: row.stage,
		expiresOn: row.expires_on ?? undefined,
		customer: {
			id: row.customer_id,
			code: row.code ?? undefined,
			firstName: row.first_name,
			lastName: row.last_name,
			title: row.title ?? undefined,
			sex: (row.sex ?? undefined) as ItemCustomer['sex'],
			birthDate: row.birth_date ?? undefined,
			language: (row.language ?? shop.language) as Language,
			formality: (row.formality ?? shop.formality) as Formality,
		},
	};
}

import { sql } from 'kysely';
import type { ConsentRecord, NewConsent } from '../../domain/consent';
import type { NewCustomer } from '../../domain/customer';
import { shopToday } from '../../domain/shop';
import { customerMatchKey, fold } from '../../domain/text';
import type { Instant, LocalDate } from '../../domain/time';
import { newlyStated, type ConsentOrigin } from '../consentChanges';
import { consentHistory, insertConsents } from '../consents';
import { nextId } from '../ids';
import { inTransaction, type Store } from '../open';
import type { Row } from '../schema';
import { columnList, rowSet } from '../sets';
import { saveWords } from './customerWords';
import { saveContactPoints } from './saveContactPoints';

/** What became of one customer that was to be saved. */
export type SaveResult =
	| { status: 'created' | 'updated' | 'unchanged'; id: number }
	/** Nothing was stored, because more than one customer fits. */
	| { status: 'rejected'; reason: 'AMBIGUOUS_CUSTOMER' };

/**
 * Creates customers or changes what differs, in one transaction (the caller's, if it holds one) and a number of statements that does not grow with theirs. Somebody is
 * found by code, else by name and birth date. What is absent stays; a row without a code only fills the gaps of a customer who has one, so
 * that two rows of an export never take turns in changing her; consents are appended to the ledger only where they say something new.
 * @param now when it is saved
 * @returns for each customer, in the order given, what became of it
 */
export async function saveCustomers(store: Store, customers: readonly NewCustomer[], origin: ConsentOrigin, now: Instant): Promise<SaveResult[]> {
	const results = new Array<SaveResult>(customers.length);
	if (customers.length === 0) return results;
	await inTransaction(store.db, async (transaction) => {
		const fresh = { id: await nextId(transaction, 'customers') };
		const today = shopToday(store.shop, now);
		const wanted = customers.map((customer) => ({ ...customer, matchKey: customerMatchKey(customer) }));
		const pending = waves(wanted);
		for (let wave = pending.shift(); wave; wave = pending.shift()) {
			const saved = await saveWave({ ...store, db: transaction }, wave.map((position) => wanted[position]), fresh, origin, { now, today });
			wave.forEach((position, index) => {
				const result = saved[index];
				if (result !== 'later') results[position] = result;
			});
			const later = wave.filter((_, index) => saved[index] === 'later');
			if (later.length > 0) pending.unshift(later);
		}
	});
	return results;
}

/** A customer to be saved, with what she is found by where there is no code: made once, for it is asked for several times. */
type Wanted = NewCustomer & { matchKey: string };

/** Splits rows so that nobody comes twice in a wave: the second row of a person must find what the first one stored. */
function waves(customers: readonly Wanted[]): number[][] {
	const split: Array<{ names: Set<string>; codes: Set<string>; positions: number[] }> = [];
	customers.forEach(({ matchKey, code }, position) => {
		// From the last wave that knows this person on, so that the order of a person's rows is kept.
		let index = split.length;
		while (index > 0 && !split[index - 1].names.has(matchKey) && !(code && split[index - 1].codes.has(code))) index--;
		const wave = (split[index] ??= { names: new Set(), codes: new Set(), positions: [] });
		wave.names.add(matchKey);
		if (code) wave.codes.add(code);
		wave.positions.push(position);
	});
	return split.map(({ positions }) => positions);
}

type Known = Pick<Row<'customers'>, keyof typeof COLUMNS>;
/** The instant of the saving, and the day on which the shop lives then. */
type Clock = { now: Instant; today: LocalDate };

async function saveWave(
	store: Store,
	customers: readonly Wanted[],
	fresh: { id: number },
	origin: ConsentOrigin,
	{ now, today }: Clock,
): Promise<Array<SaveResult | 'later'>> {
	const found = await findKnown(store, customers);
	const met = new Set<number>();
	const rows = customers.map((customer, index) => {
		const known = found[index];
		if (known === 'ambiguous') return undefined;
		// Two codes or names may lead to one customer, since they were merged: the second row must find what the first one stored.
		if (known && met.size === met.add(known.id).size) return 'later';
		return { known, row: merged(store, customer, known, known?.id ?? fresh.id++, { now, today }) };
	});
	const created = rows.flatMap((entry) => (isTaken(entry) && !entry.known ? [entry.row] : []));
	const updated = rows.flatMap((entry) => (isTaken(entry) && entry.known && differs(entry.known, entry.row) ? [entry.row] : []));
	await writeCustomers(store, [...created, ...updated]);
	await saveWords(store, rows.flatMap((entry) => (isTaken(entry) ? [{ id: entry.row.id, was: entry.known?.search_name ?? '', is: entry.row.search_name }] : [])));

	const saved = rows.flatMap((entry, index) => {
		if (!isTaken(entry)) return [];
		const { contactPoints, consents: stated } = customers[index];
		return [{ id: entry.row.id, known: entry.known !== undefined, gapsOnly: fillsGapsOnly(customers[index], entry.known), contactPoints, stated }];
	});
	const touched = await saveContactPoints(store, saved, now);
	const chains = await consentHistory(store, saved.filter(({ known }) => known).map(({ id }) => id));
	const consents: NewConsent[] = saved.flatMap((customer) => newlyStated(customer.id, customer.stated, chains.get(customer.id) ?? [], origin, now));
	await insertConsents(store.db, store.shop.id, consents, headsOf(chains), now);

	const changed = new Set([...updated.map(({ id }) => id), ...touched, ...consents.map(({ customerId }) => customerId)]);
	return rows.map((entry) => {
		if (entry === 'later') return entry;
		if (!entry) return { status: 'rejected', reason: 'AMBIGUOUS_CUSTOMER' };
		if (!entry.known) return { status: 'created', id: entry.row.id };
		return { status: changed.has(entry.row.id) ? 'updated' : 'unchanged', id: entry.row.id };
	});
}

function isTaken<Entry extends object>(entry: Entry | 'later' | undefined): entry is Entry {
	return typeof entry === 'object';
}

/**
 * The customer that each row means: by code, else by name and birth date among those that do not carry another code. Code and name of
 * somebody who was merged mean the one who was kept.
 */
async function findKnown({ db, shop }: Store, customers: readonly Wanted[]): Promise<Array<Known | 'ambiguous' | undefined>> {
	const wanted = customers.map(({ code, matchKey }) => ({ code: code ?? null, match_key: matchKey }));
	const { rows } = await sql<Known & { own_key: string; own_code: string | null }>`
		select kept.*, customer.match_key as own_key, customer.code as own_code
		from ${rowSet(wanted.filter(({ code }) => code !== null), { code: 'text' })} as wanted
		cross join customers as customer on customer.shop_id = ${shop.id} and customer.code = wanted.code
		cross join customers as kept on kept.id = coalesce(customer.merged_into, customer.id)
		union
		select kept.*, customer.match_key as own_key, customer.code as own_code
		from ${rowSet(wanted, { match_key: 'text' })} as wanted
		cross join customers as customer on customer.shop_id = ${shop.id} and customer.match_key = wanted.match_key
		cross join customers as kept on kept.id = coalesce(customer.merged_into, customer.id)`.execute(db);
	const codes = new Map(rows.map(({ own_code, ...row }) => [own_code, row as Known]));
	const names = Map.groupBy(rows, (row) => row.own_key);
	return wanted.map(({ code, match_key }) => {
		const known = code === null ? undefined : codes.get(code);
		if (known) return known;
		const namesakes = new Map((names.get(match_key) ?? []).filter((row) => code === null || row.own_code === null).map((row) => [row.id, row as Known]));
		return namesakes.size > 1 ? 'ambiguous' : [...namesakes.values()][0];
	});
}

const COLUMNS = {
	id: 'integer', shop_id: 'integer', code: 'text', first_name: 'text', last_name: 'text', title: 'text', sex: 'text', birth_date: 'text',
	birth_md: 'text', language: 'text', formality: 'text', time_zone: 'text', deceased: 'integer', match_key: 'text', search_name: 'text', entered_by: 'text',
	entered_on: 'text', created_at: 'text', updated_at: 'text',
} as const;

function merged({ shop }: Store, customer: Wanted, known: Known | undefined, id: number, { now, today }: Clock): Known {
	const given = fieldsOf(customer);
	const fields = !known ? given : fillsGapsOnly(customer, known) ? overlaid(given, known) : overlaid(known, given);
	const { first_name: firstName, last_name: lastName, birth_date: birthDate } = fields;
	return {
		...fields,
		id,
		shop_id: shop.id,
		birth_md: birthDate?.slice(5) ?? null,
		deceased: fields.deceased ?? 0,
		match_key: known ? customerMatchKey({ firstName, lastName, birthDate: birthDate ?? undefined }) : customer.matchKey,
		search_name: fold(`${lastName} ${firstName}`),
		// Where the shop program does not say, the day on which the customer came to the store.
		entered_on: fields.entered_on ?? known?.entered_on ?? today,
		created_at: known?.created_at ?? now,
		updated_at: now,
	};
}

function fillsGapsOnly({ code }: NewCustomer, known: Known | undefined): boolean {
	return known !== undefined && known.code !== null && code !== known.code;
}

type Fields = Pick<Known, 'code' | 'first_name' | 'last_name' | 'title' | 'sex' | 'birth_date' | 'language' | 'formality' | 'time_zone' | 'entered_by' | 'entered_on'> & { deceased: number | null };

function fieldsOf({ code, firstName, lastName, title, sex, birthDate, language, formality, timeZone, deceased, enteredBy, enteredOn }: NewCustomer): Fields {
	return {
		code: code ?? null,
		first_name: firstName,
		last_name: lastName,
		title: title ?? null,
		sex: sex ?? null,
		birth_date: birthDate ?? null,
		language: language ?? null,
		formality: formality ?? null,
		time_zone: timeZone ?? null,
		deceased: deceased === undefined ? null : Number(deceased),
		entered_by: enteredBy ?? null,
		entered_on: enteredOn ?? null,
	};
}

/** The fields of `upper`, and those of `lower` where it has none. */
function overlaid(lower: Fields, upper: Fields): Fields {
	const names = ['code', 'first_name', 'last_name', 'title', 'sex', 'birth_date', 'language', 'formality', 'time_zone', 'deceased', 'entered_by', 'entered_on'] as const;
	return Object.fromEntries(names.map((name) => [name, upper[name] ?? lower[name]])) as unknown as Fields;
}

function differs(known: Known, row: Known): boolean {
	return (Object.keys(COLUMNS) as Array<keyof typeof COLUMNS>).some((column) => column !== 'updated_at' && known[column] !== row[column]);
}

const NAMES = columnList(COLUMNS);
const CHANGED = sql.raw(Object.keys(COLUMNS).filter((column) => !['id', 'shop_id', 'created_at'].includes(column)).map((column) => `${column} = excluded.${column}`).join(', '));

/** Writes customers, new and changed ones alike. */
async function writeCustomers({ db }: Store, rows: Known[]): Promise<void> {
	if (rows.length === 0) return;
	await sql`
		insert into customers (${NAMES}) select ${NAMES} from ${rowSet(rows, COLUMNS)} as given where true
		on conflict (id) do update set ${CHANGED}`.execute(db);
}

function headsOf(chains: ReadonlyMap<number, ConsentRecord[]>): Map<number, { sequence: number; hash: string }> {
	return new Map([...chains].map(([id, chain]) => [id, chain[chain.length - 1]]));
}

import { DatabaseSync } from 'node:sqlite';
import { fold } from '../../lib/domain/text';
import { openTestStore, type TestStore } from '../support/store';
import { NOW, TODAY } from './shopOfSize';

const LAST_NAMES = ['Conti', "D'Amico", 'De Santis', 'Forlì', 'Müller', 'Russo Bianchi', 'Ferrari', 'Galli', 'Moretti', 'Barbieri', 'Lombardi', 'Giordano', 'Rizzo', 'Zanetti', 'Quaglia'];
const FIRST_NAMES = ['Giulia', 'Marco', 'Niccolò', 'Maria Teresa', 'José', 'Anna', 'Luca', 'Chiara', 'Sofia', 'Paolo', 'Francesca', 'Andrea', 'Elena', 'Davide', 'Marta', 'Pietro', 'Olga'];
const OPERATORS = ['Anna', 'Luca', 'Chiara', 'Marco', 'Sara'];
/** Channels and purposes that the shop's forms asked for over the years. */
const FORMS = [
	[['email', 'marketing'], ['email', 'recall']],
	[['email', 'marketing'], ['sms', 'marketing'], ['whatsapp', 'marketing'], ['email', 'recall']],
	[['email', 'marketing'], ['sms', 'marketing'], ['letter', 'marketing'], ['call', 'recall']],
];
const HASH = '0123456789abcdef'.repeat(4);

const shops = new Map<number, Promise<TestStore>>();

/**
 * A store with so many customers and what a shop knows of them (about 2.3 contact points, 3 consent records, 1.5 exams and 1.5 pieces of
 * equipment each), written straight into the tables, the same for the same size; made once in a run. Hashes are of the right length only.
 */
export function bulkShop(size: number): Promise<TestStore> {
	let shop = shops.get(size);
	if (!shop) shops.set(size, (shop = fill(size)));
	return shop;
}

/** Closes and deletes the stores of this run. */
export async function closeBulkShops(): Promise<void> {
	for (const shop of shops.values()) await (await shop).close();
	shops.clear();
}

async function fill(size: number): Promise<TestStore> {
	process.stderr.write(`Making a shop of ${size} customers with all that belongs to them ...\n`);
	const test = await openTestStore(NOW);
	const database = new DatabaseSync(test.settings.file);
	try {
		database.exec('pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -500000; pragma temp_store = memory');
		insertNames(database);
		database.exec('begin');
		const indexes = dropIndexes(database);
		for (const statement of rowsOf(size)) database.exec(statement);
		for (const index of indexes) database.exec(index);
		database.exec('commit; pragma wal_checkpoint(truncate)');
	} finally {
		database.close();
	}
	return test;
}

function insertNames(database: DatabaseSync): void {
	database.exec('create temp table last_names (number integer primary key, name text, folded text); create temp table first_names (number integer primary key, name text, folded text)');
	for (const [table, names] of Object.entries({ last_names: LAST_NAMES, first_names: FIRST_NAMES })) {
		const insert = database.prepare(`insert into ${table} values (?, ?, ?)`);
		names.forEach((name, number) => insert.run(number, name, fold(name)));
	}
}

/** Indexes are made faster from all rows at once than row by row. Returns the statements that make them again. */
function dropIndexes(database: DatabaseSync): string[] {
	const found = database.prepare("select name, sql from sqlite_schema where type = 'index' and sql is not null and tbl_name in ('customers', 'contact_points', 'consents', 'exams', 'equipment')");
	return (found.all() as Array<{ name: string; sql: string }>).map(({ name, sql }) => {
		database.exec(`drop index ${name}`);
		return sql;
	});
}

/** A number from 0 to `sides - 1` that looks random: for the same row always the same, with another salt another one. */
function dice(row: string, salt: number, sides: number): string {
	return `(((${row} * ${2654435761 + salt * 40503 * 2} + ${salt}) & 4294967295) >> 9) % ${sides}`;
}

/** A day so many days before today, at most. */
function daysAgo(row: string, salt: number, most: number): string {
	return `date('${TODAY}', '-' || (${dice(row, salt, most)}) || ' days')`;
}

function oneOf(values: readonly string[], chosen: string): string {
	return `case ${chosen} ${values.map((value, index) => `when ${index} then '${value}'`).join(' ')} end`;
}

/** How somebody answers a form: from 0 on yes to all, from 11 no to all, from 15 each on its own, from 18 not at all. */
const ANSWER = dice('id', 18, 20);

function rowsOf(size: number): string[] {
	const born = `case when ${dice('i', 1, 100)} < 88 then ${daysAgo('i', 2, 33_000)} when ${dice('i', 1, 1000)} = 990 then '2031-05-05' when ${dice('i', 1, 1000)} = 991 then '1871-01-01' end`;
	const series = `with recursive number (i) as (select 1 union all select i + 1 from number where i < ${size})`;
	const point = (where: string, kind: string, value: string, line: string, salt: number) => `
		select id as customer_id, '${kind}' as kind, ${value} as value, ${line} as line, case ${dice('id', salt, 50)} when 0 then 'bounced' when 1 then 'invalid' else 'valid' end as status, 1 as preferred
		from customers where ${where}`;
	const mobile = `'+3933' || (10000000 + id)`;
	return [
		`${series}, person as (select i, ${born} as birth_date, ${daysAgo('i', 3, 2000)} as entered_on from number)
		insert into customers (id, shop_id, code, first_name, last_name, sex, birth_date, birth_md, deceased, match_key, search_name, created_at, updated_at, entered_by, entered_on)
		select i, 1, 'C' || i, first.name, last.name, iif(${dice('i', 4, 2)} = 0, 'F', 'M'), birth_date, substr(birth_date, 6), ${dice('i', 5, 100)} = 0,
			last.folded || '|' || first.folded || '|' || coalesce(birth_date, ''), last.folded || ' ' || first.folded || iif(${dice('i', 30, 1000)} = 0, ' junior', ''),
			entered_on || 'T08:00:00.000Z', entered_on || 'T09:00:00.000Z', ${oneOf(OPERATORS, dice('i', 6, 6))}, entered_on
		from person cross join last_names as last on last.number = ${dice('i', 7, LAST_NAMES.length)} cross join first_names as first on first.number = ${dice('i', 8, FIRST_NAMES.length)}`,
		`insert into contact_points (shop_id, customer_id, kind, value, line, status, preferred, address_hash, created_at)
		select 1, customer_id, kind, value, line, status, preferred, printf('%064x', customer_id * 32 + length(kind) + coalesce(length(line), 0)), '${NOW}' from (
			${[
				point(`${dice('id', 9, 100)} < 70`, 'email', `'cliente.' || id || '@posta.example'`, 'null', 10),
				point(`${dice('id', 11, 100)} < 80`, 'phone', mobile, `'mobile'`, 12),
				point(`${dice('id', 13, 100)} < 25`, 'phone', `'+39055' || (1000000 + id)`, `'landline'`, 14),
				point(`${dice('id', 15, 100)} < 60`, 'address', `'Via Roma ' || id || ', 50100 Firenze'`, 'null', 16),
			].join(' union all ')}
		) order by customer_id`,
		// A form asks for some channels on one day; most say yes or no to all of it, and one customer in eight says something else later.
		`insert into consents (shop_id, customer_id, sequence, contact_point_id, channel, purpose, status, legal_basis, captured_at, source, method, notice_version, recorded_at, previous_hash, hash)
		select 1, customer_id, row_number() over (partition by customer_id order by place), null, channel, purpose, status, 'consent', captured_on || 'T00:00:00.000Z', 'import', 'paper',
			iif(status = 'granted' and ${dice('customer_id', 17, 20)} > 0, '2024-01', null), '${NOW}', '${HASH}', '${HASH}'
		from (
			${FORMS.flatMap((form, number) => form.map(([channel, purpose], place) => `select id as customer_id, ${place} as place, '${channel}' as channel, '${purpose}' as purpose,
				case when ${ANSWER} < 11 then 'granted' when ${ANSWER} < 15 then 'denied' else ${oneOf(['granted', 'denied', 'unknown'], dice('id', 20 + place, 3))} end as status, ${daysAgo('id', 24, 2500)} as captured_on
				from customers where ${ANSWER} < 18 and ${dice('id', 19, FORMS.length)} = ${number}`)).join(' union all ')}
			union all select id, 9, iif(${dice('id', 25, 4)} = 0, 'any', 'email'), iif(${dice('id', 26, 4)} = 0, 'any', 'marketing'), ${oneOf(['withdrawn', 'objected', 'granted'], dice('id', 27, 3))}, ${daysAgo('id', 28, 800)}
			from customers where ${dice('id', 29, 8)} = 0
		) order by customer_id, place`,
		`insert into exams (shop_id, customer_id, source_key, kind, taken_on, created_at, updated_at)
		select 1, customer_id, taken_on || '|vision#' || customer_id || ':' || place, 'vision', taken_on, '${NOW}', '${NOW}' from (
			${[31, 32].map((salt) => `select id as customer_id, ${salt} as place, case when ${dice('id', salt + 10, 2000)} = 0 then '2029-02-03' else ${daysAgo('id', salt + 20, 3000)} end as taken_on from customers where ${dice('id', salt, 100)} < 75`).join(' union all ')}
		) order by customer_id`,
		`insert into equipment (shop_id, customer_id, source_key, kind, lens_type, amount_cents, ordered_on, delivered_on, supply_days, created_at, updated_at)
		select 1, customer_id, ordered_on || '|' || lens_type || '#' || customer_id || ':' || place, iif(lens_type = 'contact-lenses', 'contact-lenses', 'spectacles'), lens_type, amount, ordered_on,
			iif(${dice('customer_id', 33, 1000)} = 0, date(ordered_on, '-3 days'), nullif(min('${TODAY}', date(ordered_on, '+8 days')), '${TODAY}')),
			iif(lens_type = 'contact-lenses', 30 * (${dice('customer_id', 34, 7)}), null), '${NOW}', '${NOW}' from (
			${[35, 36].map((salt) => `select id as customer_id, ${salt} as place, ${oneOf(['single-vision', 'progressive', 'sun', 'contact-lenses'], dice('id', salt + 10, 4))} as lens_type,
				3000 + ${dice('id', salt + 20, 60_000)} as amount, ${daysAgo('id', salt + 30, 3000)} as ordered_on from customers where ${dice('id', salt, 100)} < 75`).join(' union all ')}
		) order by customer_id`,
		`insert into suppressions (shop_id, address_hash, purpose, reason, created_at)
		select 1, address_hash, 'any', 'objected', '${NOW}' from contact_points where kind = 'email' and ${dice('customer_id', 37, 200)} = 0`,
	];
}

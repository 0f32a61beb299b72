import { sql } from 'kysely';
import { plusDays, plusMonths, type LocalDate } from '../../../lib/domain/time';
import { closeDatabase, openDatabase, openStore, type Database, type Store, type StoreSettings } from '../../../lib/store/open';
import { openAllSteps } from '../../../lib/store/rollout/changes';
import { saveShop } from '../../../lib/store/shops';
import { usualTriggers } from '../../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import type { PostgresServer } from '../../support/postgresServer';
import { NOW, TODAY } from '../shopOfSize';

/** Customers of each shop. */
export const CUSTOMERS = 5000;
/** One in so many is due for something tonight. */
const DUE_EACH = 50;
/** Which fact makes each of them due: one after the other. */
const FACTS = ['birthday', 'vision', 'eyewear', 'lenses', 'dormant', 'order', 'appointment', 'quote', 'welcome', 'progressive'] as const;
/** Customers of a shop whose ids follow each other: shops of a chain import their files in turns. */
const STRETCH = 250;
const SECRET = 'a-secret-for-the-bench-0123456789abcdef';

/** A store of a chain: its shops hold the same customers, under ids that lie between each other's. */
export interface ChainStore {
	settings: StoreSettings;
	shops: number;
	rows: number;
	shop(number: number): Promise<Store>;
	close(): Promise<void>;
}

/** Makes a store with so many shops of 5,000 customers each, in a schema of its own. */
export async function chainStore(place: PostgresServer['place'], schema: string, shops: number): Promise<ChainStore> {
	const settings: StoreSettings = { ...place, database: 'postgres', tls: 'off', schema, shop: codeOf(1), secret: SECRET };
	const db = await openDatabase(settings);
	for (let number = 1; number <= shops; number++) {
		await saveShop(db, codeOf(number), { ...SHOP, name: `Ottica ${number}` }, `${plusMonths(TODAY, -30)}T08:00:00.000Z`);
		await openAllSteps(await openStore({ ...settings, shop: codeOf(number) }), 'chiara', `${plusMonths(TODAY, -30)}T08:00:00.000Z`);
	}
	const rows = await fill(db, shops);
	return { settings, shops, rows, shop: async (number) => await openStore({ ...settings, shop: codeOf(number) }), close: async () => await closeDatabase(settings) };
}

const codeOf = (number: number) => `shop-${number}`;

const SHOP = {
	street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara', customerPageUrl: 'https://crm.example/webhook/ottica/customer', rehearsalDate: TODAY,
	privacyNotices: [{ version: '2024-01', purposes: ['marketing' as const, 'recall' as const, 'service' as const], publishedOn: '2018-05-25' }],
	policy: { sendOnWorkdays: '00:00-24:00', sendOnSaturdays: '00:00-24:00', sendOnHolidays: '00:00-24:00' },
};

/** Writes all rows set by set, without the indexes and the checks that a row-by-row import needs. */
async function fill(db: Database, shops: number): Promise<number> {
	let rows = 0;
	await db.transaction().execute(async (transaction) => {
		await sql`set local session_replication_role = replica`.execute(transaction);
		await sql`set local work_mem = '256MB'`.execute(transaction);
		await sql`set local maintenance_work_mem = '512MB'`.execute(transaction);
		const indexes = await dropIndexes(transaction);
		for (const statement of statementsFor(shops)) rows += Number((await sql.raw(statement).execute(transaction)).numAffectedRows ?? 0);
		for (const index of indexes) await sql.raw(index).execute(transaction);
		for (const table of [...new Set(FILLED)]) {
			if (!['consent_heads', 'visit_rhythms', 'customer_words', 'occasion_starts'].includes(table)) await sql.raw(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`).execute(transaction);
		}
	});
	await sql`analyze`.execute(db);
	return rows;
}

const FILLED = ['customers', 'contact_points', 'consents', 'consent_heads', 'exams', 'equipment', 'appointments', 'quotes', 'visit_rhythms', 'customer_words', 'occasions', 'messages'];

/** Indexes are made faster from all rows at once than row by row. Returns the statements that make them again. */
async function dropIndexes(db: Database): Promise<string[]> {
	const { rows } = await sql<{ name: string; statement: string }>`select indexname as name, indexdef as statement from pg_indexes where schemaname = current_schema()
		and tablename in (${sql.join(FILLED)}) and indexname not like '%\_pkey' and indexname not like '%\_key'`.execute(db);
	for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
	return rows.map(({ statement }) => statement);
}

const text = (day: LocalDate) => `'${day}'`;
const ago = (days: string) => `to_char(date '${TODAY}' - (${days})::int, 'YYYY-MM-DD')`;
/** A number from 0 to `sides - 1` that looks random, the same for the same customer of each shop. */
const dice = (salt: number, sides: number) => `((n * 7919 + ${salt * 104729}) % ${sides})`;
/** Visits of those who are due for nothing: long enough ago, and not too long. */
const USUAL = ago(`40 + ${dice(1, 120)}`);
const due = (fact: (typeof FACTS)[number]) => `(n % ${DUE_EACH} = 0 and (n / ${DUE_EACH}) % ${FACTS.length} = ${FACTS.indexOf(fact)})`;
/** A birthday of those who have none tonight. */
const OTHER_DAY = `to_char(date '2027-02-01' + ${dice(2, 250)}, 'MM-DD')`;

function statementsFor(shops: number): string[] {
	const of = (rows: string) => `${rows} from person`;
	const chosen = (where: string) => `with person as (select id, shop_id, substr(code, 2)::int as n from customers) ${where}`;
	const stamps = `'${NOW}', '${NOW}'`;
	const record = (table: string, columns: string, values: string, where = 'true') => chosen(`insert into ${table} (shop_id, customer_id, source_key, ${columns}, created_at, updated_at) ${of(`select shop_id, id, '${table}' || id, ${values}, ${stamps}`)} where ${where} order by id`);
	const point = (kind: string, value: string, line: string) => `select shop_id, id as customer_id, '${kind}' as kind, ${value} as value, ${line} as line, n from person`;
	return [
		// In stretches, so that the customers of a shop lie all over the store.
		`insert into customers (id, shop_id, code, first_name, last_name, sex, birth_date, birth_md, match_key, search_name, entered_on, created_at, updated_at)
			select id, shop_id, 'C' || n, 'Giulia', 'Rossi ' || n, 'F', born || '-' || md, md, 'rossi ' || n || '|giulia|' || born || '-' || md, 'rossi ' || n || ' giulia', case when ${due('welcome')} then ${text(plusDays(TODAY, -2))} else ${USUAL} end, ${stamps}
			from (select id, shop_id, n, case when ${due('vision')} then 1980 else 1930 + n % 70 end as born, case when ${due('birthday')} then ${text(TODAY)} else '2027-' || ${OTHER_DAY} end as day,
				substr(case when ${due('birthday')} then ${text(TODAY)} else '2027-' || ${OTHER_DAY} end, 6) as md
			from (select i as id, ((i - 1) / ${STRETCH}) % ${shops} + 1 as shop_id, ((i - 1) / ${STRETCH * shops}) * ${STRETCH} + (i - 1) % ${STRETCH} + 1 as n from generate_series(1, ${shops * CUSTOMERS}) as i) as numbered) as person`,
		// The same addresses in every shop.
		chosen(`insert into contact_points (shop_id, customer_id, kind, value, line, status, preferred, address_hash, created_at)
			select shop_id, customer_id, kind, value, line, 'valid', 1, md5(value) || md5(kind), '${NOW}' from (${point('email', "'cliente.' || n || '@posta.example'", 'null')} union all ${point('phone', "'+3933' || (10000000 + n)", "'mobile'")}) as points order by customer_id`),
		chosen(`insert into consents (shop_id, customer_id, sequence, channel, purpose, status, legal_basis, captured_at, source, method, notice_version, recorded_at, previous_hash, hash)
			select shop_id, id, sequence, 'email', purpose, 'granted', 'consent', '2024-02-03T00:00:00.000Z', 'import', 'paper', '2024-01', '2024-02-03T08:00:00.000Z', md5('a') || md5('b'), md5(id || purpose) || md5('b')
			from person, (values (1, 'marketing'), (2, 'recall')) as given (sequence, purpose) order by id`),
		`insert into consent_heads (customer_id, shop_id, sequence, hash) select customer_id, shop_id, sequence, hash from consents where sequence = 2`,
		record('exams', 'kind, taken_on', `'vision', case when ${due('vision')} then ${text(plusMonths(TODAY, -24))} else ${USUAL} end`, `not ${due('dormant')}`),
		record('equipment', 'kind, lens_type, amount_cents, ordered_on, delivered_on, ready_on, supply_days, supply_ends_on', `case when ${due('lenses')} or n % 8 = 3 then 'contact-lenses' else 'spectacles' end,
			case when ${due('lenses')} or n % 8 = 3 then 'contact-lenses' when ${due('progressive')} or n % 4 = 1 then 'progressive' else 'reading' end, 10000 + ${dice(3, 50_000)},
			case when ${due('eyewear')} then ${text(plusMonths(TODAY, -7))} when ${due('lenses')} then ${text(plusDays(TODAY, -80))} when ${due('progressive')} or ${due('order')} then ${text(plusDays(TODAY, -12))} when ${due('dormant')} then ${text(plusMonths(TODAY, -30))} else ${USUAL} end,
			case when ${due('eyewear')} then ${text(plusMonths(TODAY, -6))} when ${due('lenses')} then ${text(plusDays(TODAY, -80))} when ${due('progressive')} then ${text(plusDays(TODAY, -7))} when ${due('order')} then null when ${due('dormant')} then ${text(plusMonths(TODAY, -30))} else ${USUAL} end,
			case when ${due('order')} then ${text(TODAY)} end, case when ${due('lenses')} or n % 8 = 3 then 90 end, case when ${due('lenses')} then ${text(plusDays(TODAY, 10))} when n % 8 = 3 then ${text(plusDays(TODAY, 60))} end`),
		record('appointments', 'kind, starts_at, status', `'controllo', case when ${due('appointment')} then ${text(plusDays(TODAY, -1))} else ${USUAL} end || 'T10:00:00.000Z', 'missed'`, `${due('appointment')} or n % 10 = 1`),
		record('quotes', 'made_on, status', `case when ${due('quote')} then ${text(plusDays(TODAY, -7))} else ${USUAL} end, 'open'`, `${due('quote')} or n % 10 = 2`),
		chosen(`insert into visit_rhythms (customer_id, shop_id, last_visit_on, rhythm_months, spectacles_on, exam_on)
			select person.id, person.shop_id, case when ${due('dormant')} then ${text(plusMonths(TODAY, -30))} else ${USUAL} end, case when ${due('dormant')} then 0 else 6 + n % 30 end, pair.delivered_on, exam.taken_on
			from person left join equipment as pair on pair.customer_id = person.id and pair.kind = 'spectacles' left join exams as exam on exam.customer_id = person.id`),
		`insert into customer_words (shop_id, word, customer_id) select customers.shop_id, part.value, customers.id from customers, unnest(string_to_array(search_name, ' ')) as part (value)`,
		// Last year's greeting of everybody: decided, approved and read.
		chosen(`insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, outcome, claims, created_at, settled_at, acted_on)
			${of(`select shop_id, id, 'survey', ${ago(`400 + ${dice(4, 300)}`)}, 1, null, 'settled', 'message', 1, '2025-09-01T08:00:00.000Z', '2025-09-01T08:00:00.000Z', '2025-09-01'`)} order by id`),
		`insert into messages (shop_id, customer_id, occasion_id, kind, contact_point_id, channel, class, language, template_id, template_version, subject, body, text, content_hash, approved_hash, state, attempts, provider_id, created_at, updated_at, sent_on, provider)
			select occasion.shop_id, occasion.customer_id, occasion.id, occasion.kind, point.id, 'email', 'relational', 'it', 'survey', 1, 'Come va?', repeat('Gentile cliente, ', 20), repeat('Gentile cliente, ', 25), md5('x'), md5('x'), 'read', 1, 'p' || occasion.id,
				'2025-09-01T08:00:00.000Z', '2025-09-01T08:00:00.000Z', '2025-09-01', 'smtp' from occasions as occasion join contact_points as point on point.customer_id = occasion.customer_id and point.kind = 'email' order by occasion.id`,
		// All kinds have been looked for since long ago.
		`insert into occasion_starts (shop_id, kind, starts_on, activated_on, left_out) select id, kind, '2020-01-01', '2020-01-01', 0 from shops, (values ${usualTriggers('Europe/Rome').flatMap(({ kinds }) => kinds).map(({ kind }) => `('${kind}')`).join(', ')}) as looked (kind)`,
	];
}

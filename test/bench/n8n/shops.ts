import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { NewCustomer } from '../../../lib/domain/customer';
import { shopToday } from '../../../lib/domain/shop';
import type { LocalDate } from '../../../lib/domain/time';
import { openDatabase, openStore, type Database, type Store, type StoreSettings } from '../../../lib/store/open';
import { openAllSteps } from '../../../lib/store/rollout/changes';
import { saveCustomers } from '../../../lib/store/customers/saveCustomers';
import { rowSet } from '../../../lib/store/sets';
import { saveShop } from '../../../lib/store/shops';
import { ANY_HOUR, NOTICE } from '../../support/store';
import type { Person } from './people';

const BATCH = 1000;
const BASELINE_TABLES = ['greetings', 'contacts', 'consents', 'customers'];

/** A store on this server with a shop in which every step is open; as the texts of the baselines name it. */
export async function newStore(settings: StoreSettings): Promise<Store> {
	const now = new Date().toISOString();
	const db = await openDatabase(settings);
	await saveShop(db, settings.shop, {
		name: 'Ottica Prova', street: 'Via Roma 1', town: 'Firenze', email: 'ciao@ottica.example', phone: '+39055000000', signature: 'Chiara',
		customerPageUrl: 'https://crm.example/webhook/ottica/customer', privacyNotices: [{ ...NOTICE, purposes: [...NOTICE.purposes] }], policy: ANY_HOUR,
	}, now);
	const store = await openStore(settings);
	await openAllSteps(store, 'chiara', now);
	return store;
}

export async function makeTablesByHand(db: Database): Promise<void> {
	await sql.raw(await readFile('demo/baseline/tables.sql', 'utf8')).execute(db);
}

/** Writes the customers into the store as an import does, with what they were sent, and everybody's greeting of last year in the ledger. */
export async function fillStore(store: Store, people: readonly Person[]): Promise<void> {
	const now = new Date().toISOString();
	for (let from = 0; from < people.length; from += BATCH) {
		await saveCustomers(store, people.slice(from, from + BATCH).map(customerOf), { source: 'import', noticeVersion: NOTICE.version }, now);
	}
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, outcome, claims, acted_on, created_at, settled_at)
		select shop_id, id, 'birthday', due_on, 1, due_on, 'settled', 'message', 1, due_on, ${now}, ${now}
		from (select shop_id, id, ${lastBirthday('birth_md', shopToday(store.shop, now))} as due_on from customers) as greeted`.execute(store.db);
	const sent = sql`${rowSet(people.flatMap(({ number, sentOn }) => sentOn.map((sent_on) => ({ code: codeOf(number), sent_on }))), { code: 'text', sent_on: 'text' })} as sent
		cross join customers as customer on customer.code = sent.code and customer.shop_id = ${store.shop.id}`;
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, state, outcome, claims, acted_on, created_at, settled_at)
		select ${store.shop.id}, customer.id, 'campaign.newsletter', sent.sent_on, 1, 'settled', 'message', 1, sent.sent_on, ${now}, ${now} from ${sent}`.execute(store.db);
	await sendMessages(store);
}

/** What has led to a message was approved by the staff and sent, to those who may be written to. */
async function sendMessages({ db, shop }: Store): Promise<void> {
	await sql`
		insert into messages (shop_id, customer_id, occasion_id, contact_point_id, channel, class, language, template_id, template_version, body, text, content_hash, state, attempts, created_at, updated_at, sent_on, kind)
		select ${shop.id}, occasion.customer_id, occasion.id, point.id, 'email', 'relational', 'it', occasion.kind, 1, repeat('Auguri ', 60), repeat('Auguri ', 100), 'bench', 'sent', 1, occasion.due_on || 'T08:00:00.000Z', occasion.due_on || 'T10:00:00.000Z',
			occasion.due_on, occasion.kind
		from occasions as occasion join contact_points as point on point.customer_id = occasion.customer_id and point.kind = 'email'
		where occasion.shop_id = ${shop.id} and occasion.outcome = 'message' and exists (select 1 from consents where consents.customer_id = occasion.customer_id)`.execute(db);
	for (const [from, to, who, hour] of [['pending', 'approved', 'chiara', '09'], ['approved', 'sending', 'sender', '10'], ['sending', 'sent', 'sender', '10']]) {
		await sql`
			insert into message_history (message_id, at, from_state, to_state, who)
			select id, sent_on || ${`T${hour}:00:00.000Z`}, ${from}, ${to}, ${who} from messages where shop_id = ${shop.id} and state = 'sent'`.execute(db);
	}
}

/** The same customers in the tables that are made by hand. */
export async function fillByHand(db: Database, people: readonly Person[], today: LocalDate): Promise<void> {
	await sql.raw(`truncate ${BASELINE_TABLES.map((table) => `by_hand.${table}`).join(', ')} restart identity`).execute(db);
	const customers = people.map(({ number, firstName, lastName, sex, birthDate, email, deceased }) => ({
		id: number + 1, first_name: firstName, last_name: lastName, sex, birth_date: birthDate, email, deceased: deceased ? 'true' : 'false',
	}));
	await sql`
		insert into by_hand.customers (id, first_name, last_name, sex, birth_date, deceased, email, refusal_token)
		select id, first_name, last_name, sex, birth_date::date, deceased::boolean, email, md5(id::text) || md5(last_name || id)
		from ${rowSet(customers, { id: 'integer', first_name: 'text', last_name: 'text', sex: 'text', birth_date: 'text', email: 'text', deceased: 'text' })} as given`.execute(db);
	const consents = people.flatMap(({ number, consents: all }) => all.map(({ status, on }) => ({ id: number + 1, status, given: on })));
	await sql`
		insert into by_hand.consents (customer_id, channel, purpose, status, given_at)
		select id, 'email', 'marketing', status, given::timestamptz from ${rowSet(consents, { id: 'integer', status: 'text', given: 'text' })} as given_in`.execute(db);
	const sent = people.flatMap(({ number, sentOn }) => sentOn.map((sent_on) => ({ id: number + 1, sent_on })));
	await sql`
		insert into by_hand.contacts (customer_id, kind, sent_on)
		select id, 'newsletter', sent_on::date from ${rowSet(sent, { id: 'integer', sent_on: 'text' })} as sent`.execute(db);
	await sql`
		insert into by_hand.greetings (customer_id, due_on, status, channel, recipient, subject, text)
		select id, ${lastBirthday("to_char(birth_date, 'MM-DD')", today)}::date, 'sent', 'email', email, 'Tanti auguri', 'Tanti auguri' from by_hand.customers`.execute(db);
}

/** Nobody is due for ours: a trigger looks at once when its workflow is activated. */
export async function hideToday({ db, shop }: Store, today: LocalDate): Promise<void> {
	const now = new Date().toISOString();
	await sql`
		insert into occasions (shop_id, customer_id, kind, due_on, stage, state, outcome, claims, created_at, settled_at)
		select ${shop.id}, id, 'birthday', ${today}, 1, 'settled', 'handed-over', 1, ${now}, ${now} from customers where shop_id = ${shop.id} and birth_md = ${today.slice(5)}
		on conflict (customer_id, kind, due_on, stage) do nothing`.execute(db);
}

/** Forgets what all three have done about this day, and leaves the tables as after a night. */
export async function forgetToday(store: Store, today: LocalDate): Promise<void> {
	const occasions = sql`select id from occasions where kind = 'birthday' and due_on = ${today}`;
	const messages = sql`select id from messages where occasion_id in (${occasions})`;
	await sql`set session_replication_role = replica`.execute(store.db);
	await sql`delete from message_history where message_id in (${messages})`.execute(store.db);
	await sql`delete from message_html where message_id in (${messages})`.execute(store.db);
	await sql`delete from messages where occasion_id in (${occasions})`.execute(store.db);
	await sql`delete from decisions where occasion_id in (${occasions})`.execute(store.db);
	await sql`delete from campaign_assignments where occasion_id in (${occasions})`.execute(store.db);
	await sql`delete from occasions where kind = 'birthday' and due_on = ${today}`.execute(store.db);
	await sql`set session_replication_role = origin`.execute(store.db);
	await sql`delete from by_hand.greetings where due_on = ${today}::date`.execute(store.db);
	for (const table of ['message_history', 'message_html', 'messages', 'decisions', 'campaign_assignments', 'occasions', 'by_hand.greetings']) await sql.raw(`vacuum analyze ${table}`).execute(store.db);
}

/** Everything that a fresh shop has not been asked yet is counted. */
export async function settleTables(db: Database): Promise<void> {
	await sql.raw('vacuum analyze').execute(db);
	await sql.raw('checkpoint').execute(db);
}

export function codeOf(number: number): string {
	return `C${number + 1}`;
}

function customerOf({ number, firstName, lastName, sex, birthDate, email, consents, deceased }: Person): NewCustomer {
	return {
		code: codeOf(number), firstName, lastName, sex, birthDate, deceased,
		contactPoints: email === undefined ? [] : [{ kind: 'email', value: email }],
		consents: consents.map(({ status, on }) => ({ channel: 'email', purpose: 'marketing', status, capturedOn: on })),
	};
}

/** The last birthday before today. */
function lastBirthday(monthDay: string, today: LocalDate) {
	const year = Number(today.slice(0, 4));
	return sql`(case when ${sql.raw(monthDay)} < ${today.slice(5)} then ${`${year}-`} else ${`${year - 1}-`} end || ${sql.raw(monthDay)})`;
}

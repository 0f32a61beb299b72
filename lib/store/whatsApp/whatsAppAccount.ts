import { sql } from 'kysely';
import type { TemplateEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import { type AccountTemplate, type WhatsAppAccount } from '../../domain/whatsApp';
import type { Store } from '../open';
import type { Row } from '../schema';
import { rowSet } from '../sets';

type Shop = Pick<Store, 'db' | 'shop'>;

/** Something about the account or one of its templates that somebody should look at (RULES 32 and the table of errors). */
export interface WhatsAppAlert {
	/** Absent where it is about the account. */
	template?: string;
	language?: string;
	/** What changed: `RED`, `PAUSED`, `ACCOUNT_VIOLATION` and the like. */
	what: string;
}

/** The state that the sender itself gives a template whose messages Meta refused. */
const STOPPED = 'STOPPED';

/** States that are nobody's worry. */
const QUIET = ['APPROVED', 'PENDING', 'IN_APPEAL', 'ARCHIVED', 'DELETED', 'PENDING_DELETION', 'CONNECTED', 'REINSTATE', 'UNKNOWN'];

/** Keeps how the shop's number stands, and says what is to be looked at. */
export async function saveWhatsAppAccount({ db, shop }: Shop, { wabaId, phoneNumberId, limit, quality, state, fetchedAt }: WhatsAppAccount): Promise<WhatsAppAlert[]> {
	const row = { waba_id: wabaId, phone_number_id: phoneNumberId, message_limit: limit === undefined ? null : String(limit), quality, state, fetched_at: fetchedAt };
	await db.insertInto('whatsapp_accounts').values({ shop_id: shop.id, ...row }).onConflict((conflict) => conflict.column('shop_id').doUpdateSet(row)).execute();
	return alertsOf({ state, quality });
}

/** The shop's number as Meta last told; undefined where nobody asked yet. */
export async function whatsAppAccount({ db, shop }: Shop): Promise<WhatsAppAccount | undefined> {
	const row = await db.selectFrom('whatsapp_accounts').selectAll().where('shop_id', '=', shop.id).executeTakeFirst();
	return row && toAccount(row);
}

function toAccount({ waba_id, phone_number_id, message_limit, quality, state, fetched_at }: Row<'whatsapp_accounts'>): WhatsAppAccount {
	const limit = message_limit === null ? undefined : message_limit === 'unlimited' ? message_limit : Number(message_limit);
	return { wabaId: waba_id, phoneNumberId: phone_number_id, ...(limit !== undefined && { limit }), quality, state, fetchedAt: fetched_at };
}

const COLUMNS = {
	name: 'text', language: 'text', meta_id: 'text', state: 'text', category: 'text', parameter_format: 'text', parts: 'text', quality: 'text',
} as const;

/** Keeps all templates of an account as they were fetched; those that are there no more are forgotten. Says what is to be looked at. */
export async function saveWhatsAppTemplates({ db }: Shop, wabaId: string, templates: readonly AccountTemplate[], now: Instant): Promise<WhatsAppAlert[]> {
	const rows = templates.map(({ id, name, language, state, category, parameterFormat, quality, ...parts }) => ({
		name, language, meta_id: id, state, category, parameter_format: parameterFormat, parts: JSON.stringify(parts), quality,
	}));
	await db.transaction().execute(async (transaction) => {
		await sql`
			insert into whatsapp_templates (waba_id, name, language, meta_id, state, category, parameter_format, parts, quality, fetched_at, changed_at)
			select ${wabaId}, name, language, meta_id, state, category, parameter_format, parts, quality, ${now}, ${now} from ${rowSet(rows, COLUMNS)} as given where true
			on conflict (waba_id, name, language) do update set meta_id = excluded.meta_id, state = excluded.state, category = excluded.category,
				parameter_format = excluded.parameter_format, parts = excluded.parts, quality = excluded.quality, fetched_at = excluded.fetched_at, changed_at = excluded.changed_at`.execute(transaction);
		await sql`delete from whatsapp_templates where waba_id = ${wabaId} and fetched_at < ${now}`.execute(transaction);
	});
	return templates.flatMap(({ name, language, state, quality }) => alertsOf({ state, quality }).map((alert) => ({ template: name, language, ...alert })));
}

/** What the shop's account has, sorted by name and language. */
export async function whatsAppTemplates({ db, shop }: Shop): Promise<AccountTemplate[]> {
	const { rows } = await sql<Row<'whatsapp_templates'>>`
		select template.* from whatsapp_accounts as account join whatsapp_templates as template on template.waba_id = account.waba_id
		where account.shop_id = ${shop.id} order by template.name, template.language`.execute(db);
	return rows.map(toAccountTemplate);
}

/** A row as the account's template. */
export function toAccountTemplate(row: Pick<Row<'whatsapp_templates'>, 'name' | 'language' | 'meta_id' | 'state' | 'category' | 'parameter_format' | 'parts' | 'quality'>): AccountTemplate {
	const { name, language, meta_id: id, state, category, parameter_format: parameterFormat, parts, quality } = row;
	return { id, name, language, state, category, parameterFormat, quality, ...JSON.parse(parts) } as AccountTemplate;
}

/**
 * Takes in what webhooks tell of templates and of the account, in three statements whatever their number. What is older than what is known changes
 * nothing, and the same a second time neither. Events about accounts that are not this shop's are left out.
 * @returns what is to be looked at
 */
export async function recordTemplateEvents({ db, shop }: Shop, events: readonly TemplateEvent[]): Promise<WhatsAppAlert[]> {
	// In the order of their time: the last word about each thing counts.
	const sorted = [...events].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
	const ofTemplates = latest(sorted.filter(({ name }) => name !== undefined), ({ account, name, language }) => JSON.stringify([account, name, language]));
	const ofAccounts = latest(sorted.filter(({ name }) => name === undefined), ({ account }) => account);
	// Shops may share an account; of another account nobody but its own shops can tell.
	const isOwn = (table: string) => sql`${sql.ref(`${table}.waba_id`)} in (select own.waba_id from whatsapp_accounts as own where own.shop_id = ${shop.id})`;
	const changedTemplates = await sql<{ name: string; language: string; state: string; quality: string }>`
		update whatsapp_templates set state = coalesce(told.state, whatsapp_templates.state), category = coalesce(told.category, whatsapp_templates.category),
			quality = coalesce(told.quality, whatsapp_templates.quality), changed_at = told.at
		from ${rowSet(ofTemplates.map(({ account, name, language, state, category, quality, at }) => ({ account, name, language, state, category, quality, at })), {
			account: 'text', name: 'text', language: 'text', state: 'text', category: 'text', quality: 'text', at: 'text',
		})} as told
		where whatsapp_templates.waba_id = told.account and whatsapp_templates.name = told.name and whatsapp_templates.language = told.language and whatsapp_templates.changed_at < told.at and ${isOwn('whatsapp_templates')}
		returning whatsapp_templates.name, whatsapp_templates.language, whatsapp_templates.state, whatsapp_templates.quality`.execute(db);
	const changedAccounts = await sql<{ state: string; quality: string }>`
		update whatsapp_accounts set state = coalesce(told.state, whatsapp_accounts.state), quality = coalesce(told.quality, whatsapp_accounts.quality),
			message_limit = coalesce(told.message_limit, whatsapp_accounts.message_limit), fetched_at = told.at
		from ${rowSet(ofAccounts.map(({ account, state, quality, limit, at }) => ({ account, state, quality, message_limit: limit === undefined ? null : String(limit), at })), {
			account: 'text', state: 'text', quality: 'text', message_limit: 'text', at: 'text',
		})} as told
		where whatsapp_accounts.waba_id = told.account and whatsapp_accounts.fetched_at < told.at and ${isOwn('whatsapp_accounts')}
		returning whatsapp_accounts.state, whatsapp_accounts.quality`.execute(db);
	return [
		...changedTemplates.rows.flatMap(({ name, language, ...rest }) => alertsOf(rest).map((alert) => ({ template: name, language, ...alert }))),
		...changedAccounts.rows.flatMap(alertsOf),
	];
}

/** Stops templates that Meta takes nothing from, until they are fetched anew. */
export async function stopWhatsAppTemplates({ db, shop }: Shop, templates: ReadonlyArray<{ name: string; language: string }>, now: Instant): Promise<void> {
	if (templates.length === 0) return;
	await sql`
		update whatsapp_templates set state = ${STOPPED}, changed_at = ${now} from ${rowSet(templates, { name: 'text', language: 'text' })} as wrong
		where waba_id = (select waba_id from whatsapp_accounts where shop_id = ${shop.id})
			and whatsapp_templates.name = wrong.name and whatsapp_templates.language = wrong.language and state = 'APPROVED'`.execute(db);
}

/** The events of each thing in one: of several, what the last says of each field. */
function latest(events: readonly TemplateEvent[], keyOf: (event: TemplateEvent) => string): TemplateEvent[] {
	const found = new Map<string, TemplateEvent>();
	for (const event of events) found.set(keyOf(event), { ...found.get(keyOf(event)), ...event });
	return [...found.values()];
}

function alertsOf({ state, quality }: { state: string; quality: string }): WhatsAppAlert[] {
	return [...(quality === 'RED' ? [{ what: 'RED' }] : []), ...(QUIET.includes(state) ? [] : [{ what: state }])];
}

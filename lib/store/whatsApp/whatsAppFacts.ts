import { sql } from 'kysely';
import type { MessageState } from '../../domain/glossary';
import { shopToday } from '../../domain/shop';
import { fold } from '../../domain/text';
import { plusDays, plusMinutes, type Instant } from '../../domain/time';
import { WINDOW_MINUTES, type AccountTemplate } from '../../domain/whatsApp';
import { IS_REAL } from '../contacts';
import { jsonList, jsonRow } from '../jsonLists';
import type { Database, Store } from '../open';
import { idSet } from '../sets';
import { toAccountTemplate } from './whatsAppAccount';

/** What the store knows that the rules about WhatsApp ask for (RULES 29-33). */
export interface WhatsAppState {
	/** Ids of consents that were given by a wording which names the shop. */
	namingConsents: ReadonlySet<number>;
	/** When the customer wrote last, by contact point. */
	windows: ReadonlyMap<number, Instant>;
	/** When a message to its number was last begun to be sent, by contact point; of the last 24 hours, whatever it was. */
	lastBegun: ReadonlyMap<number, Instant>;
	/** What the account has. */
	templates: AccountTemplate[];
	/** Absent where nobody has asked Meta yet, and where it was not asked for. */
	portfolio?: {
		limit: number | 'unlimited';
		/** Unique numbers that got a template in the last 24 hours. */
		recipients: number;
		/** When the first of them falls out of the 24 hours. */
		freeAt: Instant;
		/** Contact points whose number is one of them. */
		counted: ReadonlySet<number>;
	};
}

/** A portfolio of which Meta does not tell the limit has the lowest that there is. */
const LOWEST_LIMIT = 250;
const DAY_MINUTES = 1440;
/** States of a message that has left, or may have. */
const LEFT: readonly MessageState[] = ['sending', 'uncertain', 'sent', 'delivered', 'read'];

interface Found {
	account: string | null;
	wordings: string;
	opt_ins: string;
	points: string | null;
	templates: string | null;
	recent: string | null;
}

type PointRow = [id: number, lastMessageAt: Instant | null, counted: number, begunAt: Instant | null];

/**
 * What the rules ask for, of these customers, in one statement. Shops of one WhatsApp Business account share its limit.
 * @param sending absent when a message is planned: then only the opt-ins are looked up. `besides`: messages that are about to be decided, which do not
 *   count as sent yet
 */
export async function whatsAppState({ db, shop }: Pick<Store, 'shop'> & { db: Database }, customerIds: readonly number[], now: Instant, sending?: { besides: readonly number[] }): Promise<WhatsAppState> {
	const ids = idSet(customerIds);
	const since = plusMinutes(now, -DAY_MINUTES);
	// A day earlier, for shops of the same account in other time zones.
	const sinceDay = plusDays(shopToday(shop, since), -1);
	const ofAccount = sql`(select waba_id from whatsapp_accounts where shop_id = ${shop.id})`;
	const recent = sql`recent as (
		select point.value, max(case when message.extra is not null then begun.at end) as last_at, max(begun.at) as begun_at
		from whatsapp_accounts as account
			cross join messages as message on message.shop_id = account.shop_id and message.channel = 'whatsapp' and message.sent_on >= ${sinceDay}
			cross join contact_points as point on point.id = message.contact_point_id
			cross join message_history as begun on begun.message_id = message.id and begun.to_state = 'sending' and begun.at > ${since}
		where account.waba_id = ${ofAccount} and ${IS_REAL} and message.state in (${sql.join(LEFT.map((state) => sql.lit(state)))})
			and message.id not in ${idSet(sending?.besides ?? [])}
		group by point.value)`;
	const whenSending = sql`,
		(select ${jsonList(jsonRow('point.id', 'window_open.last_message_at', 'case when recent.last_at is null then 0 else 1 end', 'recent.begun_at'))}
			from contact_points as point left join recent on recent.value = point.value left join whatsapp_windows as window_open on window_open.shop_id = point.shop_id and window_open.address_hash = point.address_hash
			where point.customer_id in ${ids} and +point.shop_id = ${shop.id} and point.kind = 'phone') as points,
		(select ${jsonList(jsonRow('name', 'language', 'meta_id', 'state', 'category', 'parameter_format', 'parts', 'quality'))}
			from whatsapp_templates where waba_id = ${ofAccount}) as templates,
		(select ${jsonRow('count(last_at)', 'min(last_at)')} from recent) as recent`;
	const { rows: [found] } = await sql<Found>`
		${sending ? sql`with ${recent}` : sql``}
		select (select ${jsonRow('message_limit')} from whatsapp_accounts where shop_id = ${shop.id}) as account,
			(select ${jsonList(jsonRow('version', 'text'))} from wordings where shop_id = ${shop.id}) as wordings,
			(select ${jsonList(jsonRow('id', 'wording_version'))} from consents where customer_id in ${ids} and +shop_id = ${shop.id} and status = 'granted' and wording_version is not null) as opt_ins
			${sending ? whenSending : sql``}`.execute(db);
	const points = parsed<PointRow[]>(found.points) ?? [];
	return {
		namingConsents: namingConsents(shop.name, parsed(found.wordings) ?? [], parsed(found.opt_ins) ?? []),
		windows: new Map(points.flatMap(([id, at]): Array<[number, Instant]> => (at !== null && at > plusMinutes(now, -WINDOW_MINUTES) ? [[id, at]] : []))),
		lastBegun: new Map(points.flatMap(([id, , , at]): Array<[number, Instant]> => (at === null ? [] : [[id, at]]))),
		templates: (parsed<string[][]>(found.templates) ?? []).map(([name, language, meta_id, state, category, parameter_format, parts, quality]) =>
			toAccountTemplate({ name, language, meta_id, state, category, parameter_format, parts, quality })),
		...(sending && found.account && portfolioOf(parsed(found.account), parsed(found.recent), points, now)),
	};
}

function portfolioOf([limit]: [string | null], [recipients, first]: [number, Instant | null], points: readonly PointRow[], now: Instant): Pick<WhatsAppState, 'portfolio'> {
	return {
		portfolio: {
			limit: limit === 'unlimited' ? limit : Number(limit ?? LOWEST_LIMIT),
			recipients,
			freeAt: plusMinutes(first ?? now, DAY_MINUTES),
			counted: new Set(points.flatMap(([id, , counted]) => (counted === 1 ? [id] : []))),
		},
	};
}

/** A wording names the shop where it holds the shop's name, whatever the accents and the case. A version's text never changes. */
function namingConsents(shopName: string, wordings: ReadonlyArray<[version: string, text: string]>, consents: ReadonlyArray<[id: number, version: string]>): Set<number> {
	const naming = new Set(wordings.flatMap(([version, text]) => (` ${fold(text)} `.includes(` ${fold(shopName)} `) ? [version] : [])));
	return new Set(consents.flatMap(([id, version]) => (naming.has(version) ? [id] : [])));
}

/** SQLite gives JSON as text, PostgreSQL some of it parsed. */
function parsed<Value>(given: unknown): Value {
	return (typeof given === 'string' ? JSON.parse(given) : given) as Value;
}

import { sql, type RawBuilder } from 'kysely';
import type { SegmentScope, SegmentSettings } from '../../domain/segment';
import { plusDays, plusMonths, type LocalDate } from '../../domain/time';
import { cameIn } from '../cameIn';
import { IS_REAL } from '../contacts';
import { bothWays, daysAfter, monthsAfter } from '../dialect';

type Fragment = RawBuilder<unknown>;

/** A value for each customer out of many rows. */
interface Column {
	value: Fragment;
	/** The only rows that it looks at, where these are not all: a source of which nothing else is asked reads no other rows. */
	rows?: Fragment;
	/** Whether an index of the shop finds these rows. */
	indexed?: true;
}

/** Rows of many customers, of which each customer's give one row of columns. */
interface Source {
	from: Fragment;
	/** Whose shop is the source's, where it says it itself. */
	shopId?: Fragment;
	where: Fragment;
	columns: Record<string, Column>;
}

export type SourceName = 'living' | 'bought' | 'worn' | 'examined' | 'planned' | 'quoted' | 'written' | 'channelled' | 'said';

/**
 * A row for each customer with these columns of a source, for one shop and day.
 * @param only a further condition on `piece`
 */
export function sourceSql(name: SourceName, columns: readonly string[], shopId: number, scope: SegmentScope, only: Fragment = sql``): Fragment {
	const source = SOURCES[name](scope, shopId);
	const chosen = columns.map((column) => source.columns[column]);
	const rows = chosen.every((column) => column.rows) ? sql`and (${sql.join(chosen.map((column) => column.rows as Fragment), sql` or `)})` : sql``;
	// Many rows are read in the order of the customers, not by an index of the shop: so the embedded file need not sort them. The plus keeps it from that.
	const isFew = chosen.length === 1 && chosen[0].indexed;
	const ofShop = source.shopId ? sql`${isFew ? sql`` : bothWays(sql`+`, sql``)}${source.shopId} = ${shopId} and` : sql``;
	return sql`select piece.customer_id, ${sql.join(columns.map((column, index) => sql`${chosen[index].value} as ${sql.ref(column)}`))}
		from ${source.from} where ${ofShop} ${source.where} ${only} ${rows} group by piece.customer_id`;
}

const SHOP_ID = sql.ref('piece.shop_id');
const count = (condition: Fragment): Column => ({ value: sql`count(case when ${condition} then 1 end)`, rows: condition });
/** 1 where there is such a row, else null: nothing, so that a search for it may begin with these rows. */
const any = (condition: Fragment): Column => ({ value: sql`max(case when ${condition} then 1 end)`, rows: condition });
const indexed = (condition: Fragment): Column => ({ ...any(condition), indexed: true });
const all = (value: Fragment): Column => ({ value });

const SOURCES: Record<SourceName, (scope: SegmentScope, shopId: number) => Source> = {
	living: () => {
		// Older sources gave addresses as free text, which names no town.
		const town = bothWays(sql`json_extract(piece.value, '$.town')`, sql`piece.value::jsonb ->> 'town'`);
		const named = sql`case when piece.value like '{%' then nullif(trim(${town}), '') end`;
		return {
			from: sql`contact_points as piece`,
			shopId: SHOP_ID,
			where: sql`piece.kind = 'address'`,
			columns: { town: all(sql`coalesce(max(case when piece.preferred = 1 then ${named} end), max(${named}))`) },
		};
	},

	bought: ({ today }) => {
		const day = sql`coalesce(piece.ordered_on, piece.delivered_on)`;
		return {
			from: sql`equipment as piece`,
			shopId: SHOP_ID,
			where: sql`piece.returned_on is null and ${day} <= ${today}`,
			columns: {
				purchases: all(sql`count(distinct ${day})`), first_on: all(sql`min(${day})`), last_on: all(sql`max(${day})`),
				spent: all(sql`sum(coalesce(piece.amount_cents, 0))`),
			},
		};
	},

	worn: ({ today, settings }) => {
		const inUse = sql`piece.kind = 'spectacles' and piece.delivered_on > ${usedUpSince(today, settings)}`;
		const lenses = sql`piece.kind = 'contact-lenses'`;
		const lensesEnd = sql`(case when piece.supply_days is null then ${daysAfter(sql`piece.delivered_on`, sql`${settings.supplyDays}`)} else ${daysAfter(sql`piece.delivered_on`, sql`piece.supply_days`)} end)`;
		const ofType = (type: string) => sql`piece.lens_type = ${type}`;
		return {
			from: sql`equipment as piece`,
			shopId: SHOP_ID,
			where: sql`piece.returned_on is null and piece.delivered_on <= ${today}`,
			columns: {
				pairs: count(inUse),
				sun: indexed(sql`${ofType('sun')} and ${inUse}`),
				office: indexed(sql`${ofType('office')} and ${inUse}`),
				progressive: indexed(sql`${ofType('progressive')} and ${inUse}`),
				prescription: any(sql`piece.lens_type in ('single-vision', 'progressive', 'office', 'reading') and ${inUse}`),
				// Of a pair in use what is recorded, else the number of progressive pairs that are known.
				first_said: { value: sql`max(case when ${ofType('progressive')} and ${inUse} then piece.first_progressive end)`, rows: ofType('progressive') },
				progressives: count(ofType('progressive')),
				lenses: any(sql`${lenses} and ${lensesEnd} >= ${plusDays(today, -settings.lensesGraceDays)}`),
				lenses_end: { value: sql`max(case when ${lenses} then ${lensesEnd} end)`, rows: lenses },
				last_on: { value: sql`max(case when piece.kind = 'spectacles' then piece.delivered_on end)`, rows: sql`piece.kind = 'spectacles'` },
			},
		};
	},

	examined: ({ today }) => ({
		from: sql`exams as piece`,
		shopId: SHOP_ID,
		where: sql`piece.taken_on <= ${today}`,
		columns: { last_on: all(sql`max(piece.taken_on)`) },
	}),

	planned: ({ today, settings }) => ({
		from: sql`appointments as piece`,
		shopId: SHOP_ID,
		where: sql`1 = 1`,
		columns: {
			booked: any(sql`piece.status = 'booked' and piece.starts_at >= ${today}`),
			missed: count(sql`piece.status = 'missed' and piece.starts_at >= ${plusMonths(today, -settings.relationMonths)} and piece.starts_at < ${plusDays(today, 1)}`),
		},
	}),

	quoted: ({ today }) => ({
		from: sql`quotes as piece`,
		shopId: SHOP_ID,
		where: sql`1 = 1`,
		columns: { open: count(sql`piece.status = 'open' and piece.made_on <= ${today} and (piece.valid_until is null or piece.valid_until >= ${today})`) },
	}),

	written: (scope, shopId) => ({
		...sentMessages(scope, shopId),
		columns: {
			received: all(sql`count(*)`),
			read: count(sql`piece.state = 'read'`),
			answered: count(answered(scope)),
			last_on: all(sql`max(piece.day)`),
		},
	}),

	channelled: (scope, shopId) => {
		const { from, where } = sentMessages(scope, shopId);
		const ranked = sql`select piece.customer_id, piece.channel,
			row_number() over (partition by piece.customer_id order by count(*) desc, max(piece.day) desc, piece.channel) as place
			from ${from} where ${where} and ${answered(scope)} group by piece.customer_id, piece.channel`;
		return { from: sql`(${ranked}) as piece`, where: sql`piece.place = 1`, columns: { channel: all(sql`max(piece.channel)`) } };
	},

	said: ({ today }, shopId) => ({
		from: sql`(select answer.customer_id, answer.answer, row_number() over (partition by answer.customer_id order by answer.answered_on desc, answer.id desc) as place
			from customer_answers as answer where answer.shop_id = ${shopId} and answer.answer in ('fine', 'wrong') and answer.answered_on <= ${today}) as piece`,
		where: sql`piece.place = 1`,
		columns: { last: all(sql`max(piece.answer)`) },
	}),
};

/** Spectacles delivered on this day or before it are used up: by the months that their sale says, else by those of their kind of lenses. */
function usedUpSince(today: LocalDate, { usefulMonths }: SegmentSettings): Fragment {
	const { 'single-vision': usual, ...others } = usefulMonths;
	const special = Object.entries(others).filter(([, months]) => months !== usual);
	const ofType = special.map(([type, months]) => sql`when piece.lens_type = ${type} then ${plusMonths(today, -months)}`);
	return sql`(case when piece.useful_months is not null then ${monthsAfter(sql`${today}`, sql`-piece.useful_months`)} ${sql.join(ofType, sql` `)} else ${plusMonths(today, -usual)} end)`;
}

/** Messages that have left for the customer: those of a rehearsal went to nobody. The day is that of UTC, which is the shop's: nothing is sent around midnight. */
function sentMessages({ today, settings }: SegmentScope, shopId: number): Pick<Source, 'from' | 'where'> {
	const from = plusMonths(today, -settings.relationMonths);
	return {
		from: sql`(select message.customer_id, message.channel, message.state, substr(sent.at, 1, 10) as day
			from messages as message join message_history as sent on sent.message_id = message.id and sent.to_state = 'sent'
			where message.shop_id = ${shopId} and ${IS_REAL} and sent.at >= ${from} and sent.at < ${plusDays(today, 1)}) as piece`,
		where: sql`1 = 1`,
	};
}

/** Whether the customer came in after a message, from its day on. */
function answered({ today, settings }: SegmentScope): Fragment {
	const last = daysAfter(sql`piece.day`, sql`${settings.answerDays}`);
	return cameIn(sql`piece.customer_id`, (day) => sql`${day} between piece.day and ${last} and ${day} <= ${today}`);
}

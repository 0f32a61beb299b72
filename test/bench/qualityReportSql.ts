import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { TODAY } from './shopOfSize';

const CHANNELS = ['email', 'sms', 'whatsapp', 'call', 'letter'];
const PAIRS = ['marketing', 'recall', 'survey', 'health'].flatMap((purpose) => CHANNELS.map((channel) => ({ purpose, channel })));
/** Customers of one page: beyond, the sets that SQLite makes of a page leave the processor's cache. */
const PAGE = 5000;
const MINOR_FROM = `${Number(TODAY.slice(0, 4)) - 18}${TODAY.slice(4)}`;
const TOO_OLD_TO = `${Number(TODAY.slice(0, 4)) - 121}${TODAY.slice(4)}`;
/** Three years of 365 days back. */
const WORTH_FROM = '2023-11-23';
const OF_PAGE = 'shop_id = 1 and customer_id > ? and customer_id <= ?';

/** The sums of a report: of all customers, and of each week and operator. */
interface Sums {
	customers: number;
	filled: number[];
	valid: number[];
}

export interface SqlReport {
	sums: Sums;
	groups: number;
	/** By channel: customers who can be reached by marketing, by recall, and at all. */
	reach: number[][];
	toMend: number;
	mendFirst: number[];
	badFacts: number;
}

type Row = [id: number, enteredOn: string, enteredBy: string | null, birth: number, points: number | null, bits: number | null, exam: number | null, seen: string | null, equipment: number | null, bought: string | null, spent: number | null];

/**
 * What an expert would write by hand for the data quality report of this very shop: one query for each page of customers that grades all
 * fields, packs what was said about consent into the bits of one number, and joins each table by its own index in the order in which it
 * stands; a few lines add up. It leaves out whatever this shop does not have: ends of consents, withdrawals of grants, consents for one address.
 * The same as one query over temporary tables took twice as long, as one query for all customers half as long again.
 */
export class QualityReportSql {
	private readonly database: DatabaseSync;
	private readonly page: StatementSync;
	private readonly bad: StatementSync[];

	constructor(file: string) {
		this.database = new DatabaseSync(file, { readOnly: true });
		this.database.exec('pragma cache_size = -65536; pragma temp_store = memory');
		this.page = this.database.prepare(`
			select person.*, point.flags, said.bits, exam.grade, exam.day, bought.grade, bought.day, bought.spent
			from (${PEOPLE}) as person left join (${POINTS}) as point on point.customer_id = person.id left join (${CONSENTS}) as said on said.customer_id = person.id
				left join (${EXAMS}) as exam on exam.customer_id = person.id left join (${EQUIPMENT}) as bought on bought.customer_id = person.id`);
		this.page.setReturnArrays(true);
		const living = 'join customers as person on person.id = record.customer_id and person.deceased = 0 and person.merged_into is null and person.erased_at is null';
		this.bad = [
			`select id, code, birth_date from customers where shop_id = 1 and deceased = 0 and merged_into is null and erased_at is null and (birth_date > '${TODAY}' or birth_date <= '${TOO_OLD_TO}')`,
			`select record.* from exams as record ${living} where record.shop_id = 1 and ${BAD_EXAM}`,
			`select record.* from equipment as record ${living} where record.shop_id = 1 and ${BAD_EQUIPMENT}`,
			`select record.* from appointments as record ${living} where record.shop_id = 1 and status in ('kept', 'missed') and starts_at > '${TODAY}T23'`,
			`select record.* from quotes as record ${living} where record.shop_id = 1 and (made_on > '${TODAY}' or valid_until < made_on or amount_cents < 0)`,
		].map((query) => this.database.prepare(`with bad as (${query}) select (select count(*) from bad) as total, * from bad limit 100`));
	}

	report(size: number): SqlReport {
		const groups = new Map<string, Sums>();
		const reach = CHANNELS.map(() => [0, 0, 0]);
		const mend: Array<[spent: number, seen: string, id: number]> = [];
		const grades = new Uint8Array(5 + PAIRS.length);
		let toMend = 0;
		for (let from = 0; from < size; from += PAGE) {
			for (const row of this.page.all(...Array<number[]>(7).fill([from, from + PAGE]).flat()) as unknown as Row[]) {
				const [id, enteredOn, enteredBy, birth, points, bits, exam, seen, equipment, bought, spent] = row;
				const [point, answers] = [points ?? 0, bits ?? 0];
				grades.set([point & 3, (point >> 2) & 3, birth & 3, exam ?? 0, equipment ?? 0]);
				// Beyond 32 bits: the lower half by itself.
				for (let place = 0, half = answers % 2 ** 20; place < PAIRS.length; place++, half = place === 10 ? Math.floor(answers / 2 ** 20) : half >> 2) {
					const said = half & 3;
					grades[5 + place] = said === 0 ? 0 : said === 1 ? 1 : 2;
					if (said === 3 && place < 10) grades[5 + place] = 3;
				}
				for (let channel = 0; channel < CHANNELS.length; channel++) {
					const usable = channel === 0 ? ((point >> 2) & 3) === 2 : channel < 3 ? (point & 3) === 2 : channel === 3 ? (point & 16) !== 0 : (point & 32) !== 0;
					if (!usable) continue;
					reach[channel][2]++;
					if ((birth & 4) === 0 || (channel === 0 && (point & 64) !== 0)) continue;
					if (grades[5 + channel] === 3) reach[channel][0]++;
					if (grades[10 + channel] === 3) reach[channel][1]++;
				}
				const key = `${enteredOn} ${enteredBy}`;
				let sums = groups.get(key);
				if (!sums) groups.set(key, (sums = { customers: 0, filled: Array<number>(grades.length).fill(0), valid: Array<number>(grades.length).fill(0) }));
				sums.customers++;
				for (let field = 0; field < grades.length; field++) {
					if (grades[field] > 0) sums.filled[field]++;
					if (grades[field] > 1) sums.valid[field]++;
				}
				if (bits !== null && grades[0] > 1 && grades[1] > 1 && grades[2] > 1 && grades[3] > 1 && grades[4] > 1) continue;
				toMend++;
				mend.push([spent ?? 0, (seen ?? '') > (bought ?? '') ? (seen as string) : (bought ?? ''), id]);
				if (mend.length >= 200) firstOf(mend);
			}
		}
		const total = { customers: 0, filled: Array<number>(grades.length).fill(0), valid: Array<number>(grades.length).fill(0) };
		for (const { customers, filled, valid } of groups.values()) {
			total.customers += customers;
			for (let field = 0; field < grades.length; field++) [total.filled[field], total.valid[field]] = [total.filled[field] + filled[field], total.valid[field] + valid[field]];
		}
		const badFacts = this.bad.reduce((sum, query) => sum + ((query.all()[0]?.total as number | undefined) ?? 0), 0);
		return { sums: total, groups: groups.size, reach, toMend, mendFirst: firstOf(mend).map(([, , id]) => id), badFacts };
	}

	close(): void {
		this.database.close();
	}
}

function firstOf(mend: Array<[spent: number, seen: string, id: number]>): typeof mend {
	mend.sort((one, other) => other[0] - one[0] || (one[1] === other[1] ? one[2] - other[2] : one[1] > other[1] ? -1 : 1));
	mend.length = Math.min(mend.length, 100);
	return mend;
}

const PEOPLE = `
	select id, entered_on, entered_by,
		case when birth_date is null then 0 when birth_date > '${TOO_OLD_TO}' and birth_date <= '${TODAY}' then 2 else 1 end + case when birth_date > '${MINOR_FROM}' then 0 else 4 end as birth
	from customers where +shop_id = 1 and id > ? and id <= ? and deceased = 0 and merged_into is null and erased_at is null`;

/** Mobile and e-mail in two bits each (1 unusable, 2 usable), then a bit for a valid phone, a valid address, a suppressed e-mail. */
const POINTS = `
	select customer_id, max(case when line = 'mobile' then case status when 'valid' then 2 else 1 end else 0 end) + 4 * max(case when kind = 'email' then case status when 'valid' then 2 else 1 end else 0 end)
		+ 16 * max(kind = 'phone' and status = 'valid') + 32 * max(kind = 'address' and status = 'valid')
		+ 64 * max(case when kind = 'email' and exists (select 1 from suppressions where shop_id = 1 and address_hash = contact_points.address_hash) then 1 else 0 end) as flags
	from contact_points where +${OF_PAGE} group by customer_id`;

/** The moment of a word, its strictness, and what it says: 1 a yes without a notice, 2 a no, 3 a yes. */
const WORD = `captured_at || case status when 'granted' then iif(notice_version is null, '01', '03') when 'denied' then '42' when 'withdrawn' then '52' else '62' end`;
const PLACE = `case channel ${CHANNELS.map((channel, place) => `when '${channel}' then ${place}`).join(' ')} end + case purpose when 'marketing' then 0 when 'recall' then 5 when 'survey' then 10 else 15 end`;
const CONSENTS = `
	with pair (channel, purpose, place) as materialized (values ${PAIRS.map(({ channel, purpose }, place) => `('${channel}', '${purpose}', ${place})`).join(', ')}),
	said as (
		select customer_id, ${PLACE} as place, status = 'unknown' as unknown, iif(status = 'unknown', captured_at || '1', ${WORD}) as word from consents where +${OF_PAGE} and channel <> 'any' and purpose <> 'any'
		union all
		select customer_id, pair.place, 0, ${WORD} from consents, pair
		where +${OF_PAGE} and (consents.channel = 'any' or consents.purpose = 'any') and status <> 'granted' and consents.channel in ('any', pair.channel) and consents.purpose in ('any', pair.purpose)
		union all
		select customer_id, ${PAIRS.length}, 0, 'an answer without a meaning' from consents where +${OF_PAGE} and (channel = 'any' or purpose = 'any') and status = 'granted'),
	last as (select customer_id, place, max(case when unknown = 0 then word end) as word, max(case when unknown then word end) as unknown from said group by customer_id, place)
	select customer_id, sum(case when unknown is null or unknown < word or substr(word, 26) = '2' then (0 + substr(word, 26)) << (2 * place) else 0 end) as bits
	from last where word is not null group by customer_id`;

const BAD_EXAM = `(taken_on > '${TODAY}' or next_due_on <= taken_on)`;
const EXAMS = `
	select customer_id, max(case when ${BAD_EXAM} then 1 else 2 end) as grade, max(case when taken_on <= '${TODAY}' then taken_on end) as day
	from exams where +${OF_PAGE} group by customer_id`;

const BAD_EQUIPMENT = `(ordered_on > '${TODAY}' or delivered_on > '${TODAY}' or delivered_on < ordered_on or supply_days not between 1 and 3650 or amount_cents < 0)`;
const EQUIPMENT = `
	select customer_id, max(case when ${BAD_EQUIPMENT} or delivered_on is null then 1 else 2 end) as grade, max(coalesce(delivered_on, ordered_on)) as day,
		sum(case when returned_on is null and ordered_on > '${WORTH_FROM}' then amount_cents end) as spent
	from equipment where +${OF_PAGE} group by customer_id`;

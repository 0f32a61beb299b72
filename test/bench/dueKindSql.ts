import { plusDays, plusMonths, type LocalDate } from '../../lib/domain/time';
import { TODAY } from './shopOfSize';

const ALIVE = 'c.deceased = 0 and c.merged_into is null and c.erased_at is null';
const NOBODY_BOOKED = `not exists (select 1 from appointments where customer_id = c.id and starts_at >= '${TODAY}T08:00:00.000Z' and status = 'booked')`;
const span = (column: string, days: [LocalDate, LocalDate]) => `${column} between '${days[0]}' and '${days[1]}'`;
const late = (days: number, after: number): [LocalDate, LocalDate] => [plusDays(TODAY, -days - after), plusDays(TODAY, -after)];
const lateMonths = (days: number, months: number): [LocalDate, LocalDate] => [plusMonths(plusDays(TODAY, -days), -months), plusMonths(TODAY, -months)];
const unknown = (kind: string, since: string, stage = 1) => `not exists (select 1 from occasions where customer_id = c.id and kind = '${kind}' and stage = ${stage} and since = ${since})`;
const lastPair = (like: string) => `e.returned_on is null and not exists (select 1 from equipment l where l.customer_id = e.customer_id and ${like} and l.returned_on is null and l.delivered_on > e.delivered_on)`;
/** Who wears such lenses for the first time. */
const FIRST = `coalesce(e.first_progressive, not exists (select 1 from equipment b where b.customer_id = e.customer_id and b.delivered_on < e.delivered_on and b.lens_type = 'progressive' and b.returned_on is null)) as is_first`;
const RHYTHMS = Array.from({ length: 61 }, (_, rhythm) => [rhythm, rhythm === 0 ? 30 : Math.min(48, Math.max(12, Math.round(rhythm * 1.5)))] as const);

/**
 * For each kind what an expert would write by hand for today with its default settings: ranges of days as constants, each record read once by
 * its index; the days on which things are due are left to the program. Only what a shop needs in any case is asked: alive, last of its
 * like, not booked, not in the ledger.
 */
export const BY_HAND: Record<string, string> = {
	'recall.vision': `
		with s (low, high) as (values ${[24, 12].map((months) => `('${lateMonths(30, months).join("', '")}')`).join(', ')})
		select c.*, e.taken_on as since from s cross join exams e cross join customers c
		where c.id = e.customer_id and e.shop_id = 1 and e.taken_on between s.low and s.high and e.next_due_on is null and e.kind <> 'other'
			and (e.taken_on > '${plusMonths(TODAY, -18)}') = (c.birth_date > (substr(e.taken_on, 1, 4) - 18) || substr(e.taken_on, 5) or c.birth_date <= (substr(e.taken_on, 1, 4) - 60) || substr(e.taken_on, 5)
				or exists (select 1 from equipment where customer_id = c.id and kind = 'contact-lenses' and returned_on is null and coalesce(delivered_on, ordered_on) >= '${plusMonths(TODAY, -24)}'))
			and not exists (select 1 from exams l where l.customer_id = e.customer_id and l.taken_on > e.taken_on and l.kind <> 'other')
			and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('recall.vision', 'e.taken_on')}
		union all
		select c.*, e.taken_on from exams e join customers c on c.id = e.customer_id where e.shop_id = 1 and ${span('e.next_due_on', late(30, 0))} and e.kind <> 'other'
			and not exists (select 1 from exams l where l.customer_id = e.customer_id and l.taken_on > e.taken_on and l.kind <> 'other')
			and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('recall.vision', 'e.taken_on')}`,
	'recall.eyewear': `
		with s (low, high) as (values ${[6, 18, 30, 42, 54].map((months) => `('${lateMonths(30, months).join("', '")}')`).join(', ')})
		select c.*, e.delivered_on as since from s cross join equipment e cross join customers c
		where c.id = e.customer_id and e.shop_id = 1 and e.delivered_on between s.low and s.high and e.kind = 'spectacles'
			and ${lastPair(`l.kind = 'spectacles'`)} and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('recall.eyewear', 'e.delivered_on')}`,
	'recall.lenses': `
		select c.*, coalesce(e.delivered_on, e.ordered_on) as since from equipment e join customers c on c.id = e.customer_id
		where e.shop_id = 1 and ${span('e.supply_ends_on', [plusDays(TODAY, -11), plusDays(TODAY, 10)])} and e.kind = 'contact-lenses' and e.returned_on is null
			and not exists (select 1 from equipment l where l.customer_id = e.customer_id and l.kind = 'contact-lenses' and l.returned_on is null and l.id <> e.id
				and (l.supply_ends_on > e.supply_ends_on or l.supply_ends_on is null))
			and ${ALIVE} and ${unknown('recall.lenses', 'coalesce(e.delivered_on, e.ordered_on)')}`,
	'recall.dormant': `
		with s (rhythm, low, high) as (values ${RHYTHMS.map(([rhythm, months]) => `(${rhythm}, '${lateMonths(14, months).join("', '")}')`).join(', ')})
		select c.*, r.last_visit_on as since from s cross join visit_rhythms r cross join customers c
		where c.id = r.customer_id and r.shop_id = 1 and r.rhythm_months = s.rhythm and r.last_visit_on between s.low and s.high
			and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('recall.dormant', 'r.last_visit_on')}`,
	'order.ready': `
		select c.*, e.ready_on as since from equipment e join customers c on c.id = e.customer_id
		where e.shop_id = 1 and ${span('e.ready_on', late(14, 0))} and e.ready_on is not null and e.delivered_on is null and e.returned_on is null
			and ${ALIVE} and ${unknown('order.ready', 'e.ready_on')}`,
	'appointment.missed': `
		select c.*, substr(a.starts_at, 1, 10) as since from appointments a join customers c on c.id = a.customer_id
		where a.shop_id = 1 and a.status = 'missed' and a.starts_at >= '${plusDays(TODAY, -9)}T23:00:00.000Z' and a.starts_at < '${plusDays(TODAY, -1)}T23:00:00.000Z'
			and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('appointment.missed', 'substr(a.starts_at, 1, 10)')}`,
	'quote.open': `
		select c.*, q.made_on as since from quotes q join customers c on c.id = q.customer_id
		where q.shop_id = 1 and q.status = 'open' and ${span('q.made_on', late(14, 7))} and (q.valid_until is null or q.valid_until >= '${TODAY}')
			and ${ALIVE} and ${NOBODY_BOOKED} and ${unknown('quote.open', 'q.made_on')}`,
	progressive: [[7, 10, 1], [21, 10, 2]].map(([after, days, stage]) => `
		select c.*, e.delivered_on as since, ${FIRST} from equipment e join customers c on c.id = e.customer_id
		where e.shop_id = 1 and ${span('e.delivered_on', late(days, after))} and e.lens_type = 'progressive' and ${lastPair(`l.lens_type = 'progressive'`)}
			and ${ALIVE} and ${unknown('progressive', 'e.delivered_on', stage)}`).join(' union all ') + ` union all
		select c.*, e.delivered_on, ${FIRST} from equipment e join customers c on c.id = e.customer_id
		where e.shop_id = 1 and ${span('e.delivered_on', lateMonths(30, 6))} and e.lens_type = 'progressive' and ${lastPair(`l.lens_type = 'progressive'`)}
			and ${ALIVE} and ${unknown('progressive', 'e.delivered_on', 3)} union all
		select c.*, e.delivered_on, 0 from customer_answers a join equipment e on e.customer_id = a.customer_id and e.lens_type = 'progressive' join customers c on c.id = a.customer_id
		where a.shop_id = 1 and a.kind = 'progressive' and a.answer = 'wrong' and ${span('a.answered_on', late(10, 0))} and ${ALIVE} and ${unknown('progressive', 'e.delivered_on', 2)}`,
};

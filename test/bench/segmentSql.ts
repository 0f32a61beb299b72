import { DatabaseSync } from 'node:sqlite';
import { SEGMENT_DEFAULTS } from '../../lib/domain/segment';
import { plusMonths } from '../../lib/domain/time';
import { TODAY } from './shopOfSize';

const { atRiskMonths, lapsedMonths, newMonths, usefulMonths } = SEGMENT_DEFAULTS;
const back = (months: number) => `'${plusMonths(TODAY, -months)}'`;
const DAY = 'coalesce(ordered_on, delivered_on)';
/** Sales that count, in the order of the customers, which spares the sorting. */
const SALES = `equipment where +shop_id = 1 and returned_on is null and ${DAY} <= '${TODAY}'`;
/** A pair in use that its own useful life does not end sooner or later. */
const inUse = (months: number) => `returned_on is null and kind = 'spectacles' and delivered_on <= '${TODAY}'
	and delivered_on > iif(useful_months is null, ${back(months)}, date('${TODAY}', '-' || useful_months || ' months', 'floor'))`;
const PRESENT = 'customer.shop_id = 1 and customer.merged_into is null and customer.erased_at is null and customer.deceased = 0';
const ofCustomers = (found: string) => `from (${found}) as found cross join customers as customer on customer.id = found.customer_id where ${PRESENT}`;

/** What an expert would write by hand for each segment, with the lines between customers as constants: each table read once, by the fastest of the ways that were tried. */
const SEGMENTS = {
	atRisk: ofCustomers(`select customer_id from ${SALES} group by customer_id having max(${DAY}) > ${back(lapsedMonths)} and max(${DAY}) <= ${back(atRiskMonths)}`),
	firstPlan: `from bought as found cross join customers as customer on customer.id = found.customer_id
		where ${PRESENT} and last_on > ${back(atRiskMonths)} and purchases >= 2 and not (purchases = 1 and last_on > ${back(newMonths)})
			and spent >= (select min(spent) from (select spent, sum(count(*)) over (order by spent) - count(*) / 2.0 as place from bought group by spent)
				where place >= (select count(*) from bought) * 3 / 5.0)`,
	noSunPair: ofCustomers(`select customer_id from equipment where +shop_id = 1 and lens_type in ('single-vision', 'progressive', 'office', 'reading', 'sun')
		group by customer_id having max(lens_type <> 'sun' and ${inUse(usefulMonths['single-vision'])}) = 1 and max(lens_type = 'sun' and ${inUse(usefulMonths.sun)}) = 0`),
	onePair: ofCustomers(`select customer_id from equipment where +shop_id = 1
		and ((lens_type = 'sun' and ${inUse(usefulMonths.sun)}) or (lens_type is distinct from 'sun' and ${inUse(usefulMonths['single-vision'])})) group by customer_id having count(*) = 1`),
	progressiveWearers: ofCustomers(`select distinct customer_id from equipment where shop_id = 1 and lens_type = 'progressive' and ${inUse(usefulMonths.progressive)}`),
};
const BOUGHT = `with bought as materialized (select customer_id, count(distinct ${DAY}) as purchases, max(${DAY}) as last_on, sum(coalesce(amount_cents, 0)) as spent from ${SALES} group by customer_id)`;

/** The segments by hand, on a connection of their own to the same file. */
export class SegmentSql {
	private readonly database: DatabaseSync;

	constructor(file: string) {
		this.database = new DatabaseSync(file);
		this.database.exec('pragma cache_size = -65536; pragma temp_store = memory');
	}

	count(name: keyof typeof SEGMENTS): number {
		return this.select(name, 'count(*) as size')[0].size as number;
	}

	list(name: keyof typeof SEGMENTS): number[] {
		return this.select(name, 'customer.id as size').map(({ size }) => size as number);
	}

	close(): void {
		this.database.close();
	}

	private select(name: keyof typeof SEGMENTS, what: string): Array<Record<string, unknown>> {
		const withBought = SEGMENTS[name].includes('from bought') ? BOUGHT : '';
		return this.database.prepare(`${withBought} select ${what} ${SEGMENTS[name]} ${what.startsWith('count') ? '' : 'order by customer.id'}`).all();
	}
}

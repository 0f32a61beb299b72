import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const CUSTOMER = 'id, code, first_name, last_name, title, sex, birth_date, language, formality, deceased';
const POINT = 'customer_id, id, kind, value, line, status, preferred';

/** A customer's columns, behind them the rows of the contact points. */
type Found = unknown[];

/** Pages of customers as an expert would read them by hand: prepared statements, rows as plain lists, each with those of its contact points. */
export class GetManySql {
	private readonly database: DatabaseSync;
	private readonly pages = new Map<string, StatementSync>();
	private readonly pointsFrom: StatementSync;
	private readonly pointsOf: StatementSync;

	constructor(file: string) {
		this.database = new DatabaseSync(file, { readOnly: true });
		this.database.exec('pragma cache_size = -65536; pragma temp_store = memory');
		this.pointsFrom = this.prepare(`select ${POINT} from contact_points where customer_id > ? and customer_id <= ? order by customer_id`);
		this.pointsOf = this.prepare(`select ${POINT} from contact_points where customer_id in (select value from json_each(?)) order by customer_id`);
	}

	/** @param where further conditions, beginning with `and`; with them the customers of a page stand far apart */
	page(where: string, after: number, limit: number): Found[] {
		let page = this.pages.get(where);
		if (!page) this.pages.set(where, (page = this.prepare(`select ${CUSTOMER} from customers where +shop_id = 1 and id > ? and merged_into is null and erased_at is null ${where} order by id limit ?`)));
		const found = page.all(after, limit) as unknown as Found[];
		if (found.length === 0) return found;
		const ids = () => JSON.stringify(found.map(([id]) => id));
		const points = (where === '' ? this.pointsFrom.all(after, found[found.length - 1][0] as SQLInputValue) : this.pointsOf.all(ids())) as unknown as Array<[number, ...unknown[]]>;
		let next = 0;
		for (const customer of found) {
			const own: unknown[] = [];
			while (next < points.length && points[next][0] < (customer[0] as number)) next++;
			while (next < points.length && points[next][0] === customer[0]) own.push(points[next++]);
			customer.push(own);
		}
		return found;
	}

	close(): void {
		this.database.close();
	}

	private prepare(query: string): StatementSync {
		const statement = this.database.prepare(query);
		statement.setReturnArrays(true);
		return statement;
	}
}

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { DueDay } from '../../lib/domain/dueSearch';
import { plusDays, plusMinutes, type Instant } from '../../lib/domain/time';
import { SAME_BIRTHDAY_DAYS } from '../../lib/occasions/birthday';

type Row = Record<string, unknown>;

const SHOP = 1;
const EVERYBODY = 100_000;

/**
 * What an expert would write by hand for the birthdays of these days, on a connection of its own to the same file: the window as constants,
 * customers and ledger by their indexes, each row read once, everything prepared, and neither drops, nor second leases, nor objects made of the rows.
 */
export class DueBirthdaySql {
	private readonly database: DatabaseSync;
	private readonly select: StatementSync;
	private readonly insert: StatementSync;

	constructor(file: string, due: readonly DueDay[]) {
		this.database = new DatabaseSync(file);
		this.database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory');
		const same = (day: string) => [plusDays(day, -SAME_BIRTHDAY_DAYS), plusDays(day, SAME_BIRTHDAY_DAYS)];
		const days = due.map(({ dueOn, on, expiresOn, from }) => `('${[dueOn, on, expiresOn, from, ...same(dueOn)].join("', '")}')`);
		this.select = this.database.prepare(`
			with day (due_on, month_day, expires_on, born_from, same_from, same_to) as (values ${days.join(', ')})
			select day.due_on, day.expires_on, customer.id as customer_id, customer.code, customer.first_name, customer.last_name, customer.title,
				customer.sex, customer.birth_date, customer.language, customer.formality
			from day cross join customers as customer on customer.shop_id = ${SHOP} and customer.birth_md = day.month_day
			where customer.deceased = 0 and customer.birth_date < day.due_on and customer.birth_date >= day.born_from
				and not exists (select 1 from occasions where customer_id = customer.id and kind = 'birthday' and due_on between day.same_from and day.same_to)
			order by day.due_on, customer.id limit ?`);
		this.insert = this.database.prepare(`
			insert into occasions (shop_id, customer_id, kind, due_on, stage, expires_on, state, claims, leased_until, created_at)
			values (${SHOP}, ?, 'birthday', ?, 1, ?, 'leased', 1, ?, ?)`);
	}

	list(limit: number): Row[] {
		return this.select.all(limit) as Row[];
	}

	/** Reads those who are due and enters an occasion for each, in one transaction: faster by row than by a set, with no server to travel to. */
	claim(limit: number, now: Instant): Row[] {
		const leasedUntil = plusMinutes(now, 60);
		this.database.exec('begin immediate');
		const due = this.list(limit);
		for (const row of due) {
			row.occasion_id = this.insert.run(row.customer_id as number, row.due_on as string, row.expires_on as string, leasedUntil, now).lastInsertRowid;
		}
		this.database.exec('commit');
		return due;
	}

	/** Forgets the occasions above this id, and has the pages in memory again. */
	unclaim(id: number): void {
		this.database.prepare('delete from occasions where id > ?').run(id);
		this.database.exec('pragma wal_checkpoint(restart)');
		this.list(EVERYBODY);
	}

	close(): void {
		this.database.close();
	}
}

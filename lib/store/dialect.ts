/** The few places where the SQL of the two databases differs. */
export interface DialectWords {
	/** An integer key that counts up by itself. */
	id: string;
	/** Ends a `create table`. */
	tableOptions: string;
	/** The day that lies a number of days after a day, both given as expressions. */
	dayPlus(day: string, days: string): string;
	/** Statements that make a table refuse every change and deletion of its rows. */
	appendOnly(table: string): string[];
	/**
	 * The same for a table that is append-only already, save that one column may be set to null while `erased` holds.
	 * @param kept all other columns of the table
	 * @param erased a condition on `old`: whoever the row is about has been erased
	 */
	appendOnlySaveErasure(table: string, kept: readonly string[], column: string, erased: string): string[];
}

export const SQLITE_WORDS: DialectWords = {
	id: 'integer primary key autoincrement',
	tableOptions: 'strict',
	dayPlus: (day, days) => `date(${day}, '+' || ${days} || ' days')`,
	appendOnly: (table) =>
		['update', 'delete'].map(
			(change) =>
				`create trigger ${table}_no_${change} before ${change} on ${table} begin select raise(abort, '${table} is append-only'); end`,
		),
	appendOnlySaveErasure: (table, kept, column, erased) => [
		`drop trigger ${table}_no_update`,
		`create trigger ${table}_no_update before update on ${table}
			when not (new.${column} is null and ${kept.map((name) => `new.${name} is old.${name}`).join(' and ')} and ${erased})
			begin select raise(abort, '${table} is append-only'); end`,
	],
};

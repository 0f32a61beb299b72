/** The few places where the SQL of the two databases differs. */
export interface DialectWords {
	/** An integer key that counts up by itself. */
	id: string;
	/** Ends a `create table`. */
	tableOptions: string;
	/** Statements that make a table refuse every change and deletion of its rows. */
	appendOnly(table: string): string[];
}

export const SQLITE_WORDS: DialectWords = {
	id: 'integer primary key autoincrement',
	tableOptions: 'strict',
	appendOnly: (table) =>
		['update', 'delete'].map(
			(change) =>
				`create trigger ${table}_no_${change} before ${change} on ${table} begin select raise(abort, '${table} is append-only'); end`,
		),
};

import { PostgresAdapter, sql, type Kysely, type OperationNode, type RawBuilder, type RawNode } from 'kysely';

/**
 * A piece of SQL that the two databases write differently; the rest of a query is the same for both.
 * @param postgres as a function: made only where it is asked for, because it is dear to make
 */
export function bothWays<Result = unknown>(sqlite: RawBuilder<Result>, postgres: RawBuilder<Result> | (() => RawBuilder<Result>)): RawBuilder<Result> {
	const node = { ...sqlite.toOperationNode(), postgres };
	return sql<Result>`${{ toOperationNode: () => node, isOperationNodeSource: true }}`;
}

/** A text as it stands in a statement; for names of ours, of which there are few: each makes a statement of its own. */
export function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

/** Such texts as they stand between the brackets of `in`. */
export function quotedList(texts: readonly string[]): RawBuilder<unknown> {
	return sql.raw(texts.map(quoted).join(', '));
}

/** The day that lies a number of days after a day. */
export function daysAfter(day: RawBuilder<unknown>, days: RawBuilder<unknown>): RawBuilder<unknown> {
	return bothWays(sql`date(${day}, (${days}) || ' days')`, sql`to_char(cast(${day} as date) + cast(${days} as integer), 'YYYY-MM-DD')`);
}

/** The same day a number of months later; where that month is too short, its last day. */
export function monthsAfter(day: RawBuilder<unknown>, months: RawBuilder<unknown>): RawBuilder<unknown> {
	return bothWays(sql`date(${day}, (${months}) || ' months', 'floor')`, sql`to_char(cast(${day} as date) + make_interval(months => cast(${months} as integer)), 'YYYY-MM-DD')`);
}

/** How many days lie between two days. */
export function daysBetween(from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> {
	return bothWays(sql`cast(julianday(${to}) - julianday(${from}) as integer)`, sql`(cast(${to} as date) - cast(${from} as date))`);
}

/** At most so many rows. Of a bare parameter SQLite asks the value, and plans the statement anew each time it is run. */
export function atMost(rows: number): RawBuilder<unknown> {
	return sql`limit ${rows} + 0`;
}

/**
 * A column of the shop in a query that reads rows in the order of their ids. The embedded file, which as a rule holds one shop, goes by the ids alone and ends
 * where its limit is reached; PostgreSQL, which may hold hundreds, goes by an index that begins with the shop.
 */
export function shopInOrder(column = 'shop_id'): RawBuilder<unknown> {
	return bothWays(sql`+${sql.ref(column)}`, sql.ref(column));
}

/** Whether this database is PostgreSQL, for what is no piece of a query. */
export function isPostgres(db: Pick<Kysely<never>, 'getExecutor'>): boolean {
	return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The least of values of one row, none of them null. */
export function leastOf<Result>(...values: Array<RawBuilder<Result>>): RawBuilder<Result> {
	return bothWays(sql`min(${sql.join(values)})`, sql`least(${sql.join(values)})`);
}

/** The greatest of values of one row, none of them null. */
export function greatestOf<Result>(...values: Array<RawBuilder<Result>>): RawBuilder<Result> {
	return bothWays(sql`max(${sql.join(values)})`, sql`greatest(${sql.join(values)})`);
}

/** Ends a query for rows that are about to be changed outside of the turns of writers: what somebody else is changing is left out, the rest is held. */
export const UNLOCKED_ONLY = bothWays(sql``, sql`for update skip locked`);
/** The same, where all of them are needed and are waited for. */
export const HELD = bothWays(sql``, sql`for update`);

/** What stands for this piece on PostgreSQL, where it is one of `bothWays`. */
export function postgresWordsOf(node: RawNode): OperationNode | undefined {
	const { postgres } = node as { postgres?: RawBuilder<unknown> | (() => RawBuilder<unknown>) };
	return (typeof postgres === 'function' ? postgres() : postgres)?.toOperationNode();
}

/** The few places where the statements of a migration differ. */
export interface DialectWords {
	/** Run before the first step. */
	prepare: string[];
	/** A statement of a step as this database takes it. */
	statement(text: string): string;
	/** An integer key that counts up by itself. */
	id: string;
	/** Ends a `create table`. */
	tableOptions: string;
	/** The day that lies a number of days after a day, both given as expressions. */
	dayPlus(day: string, days: string): string;
	/** As wordRows(). */
	words(text: string): string;
	/** Statements that are of use only where many shops share a store: a chain keeps it on a server. */
	manyShops(statements: string[]): string[];
	/** Statements that make a table refuse every change and deletion of its rows. */
	appendOnly(table: string): string[];
	/** Statements that make a table refuse every change of its rows; they can go when their time is over. */
	unchanging(table: string): string[];
	/**
	 * The same for a table that is append-only already, save that one column may be set to null while `erased` holds.
	 * @param kept all other columns of the table
	 * @param erased a condition on `old`: whoever the row is about has been erased
	 */
	appendOnlySaveErasure(table: string, kept: readonly string[], column: string, erased: string): string[];
}

// A folded text is of letters, digits and single spaces, and so needs no escaping.
const SQLITE_WORD_ROWS = (text: string) => `json_each('["' || replace(${text}, ' ', '","') || '"]') as part`;
const POSTGRES_WORD_ROWS = (text: string) => `unnest(string_to_array(${text}, ' ')) as part (value)`;

/** The words of a folded text, a column, as rows `part.value`: to stand in a `from` behind the table of the text. */
export function wordRows(column: string): RawBuilder<unknown> {
	return bothWays(sql.raw(SQLITE_WORD_ROWS(column)), sql.raw(POSTGRES_WORD_ROWS(column)));
}

export const SQLITE_WORDS: DialectWords = {
	prepare: [],
	statement: (text) => text,
	id: 'integer primary key autoincrement',
	tableOptions: 'strict',
	dayPlus: (day, days) => `date(${day}, '+' || ${days} || ' days')`,
	words: SQLITE_WORD_ROWS,
	manyShops: () => [],
	appendOnly: (table) => ['update', 'delete'].map((change) => refusal(table, change)),
	unchanging: (table) => [refusal(table, 'update')],
	appendOnlySaveErasure: (table, kept, column, erased) => [
		`drop trigger ${table}_no_update`,
		`create trigger ${table}_no_update before update on ${table}
			when not (new.${column} is null and ${kept.map((name) => `new.${name} is old.${name}`).join(' and ')} and ${erased})
			begin select raise(abort, '${table} is append-only'); end`,
	],
};

function refusal(table: string, change: string): string {
	return `create trigger ${table}_no_${change} before ${change} on ${table} begin select raise(abort, '${table} is append-only'); end`;
}

function postgresRefusal(table: string, change: string): string {
	return `create trigger ${table}_no_${change} before ${change} on ${table} ${change === 'truncate' ? '' : 'for each row'} execute function refuse_change()`;
}

/** @param schema made when it is missing */
export function postgresWords(schema: string): DialectWords {
	return {
		prepare: [
			// Asked first: "if not exists" wants the right to make one also where there is one.
			`do $$ begin if to_regnamespace('${schema}') is null then create schema ${schema}; end if; end $$`,
			`create or replace function refuse_change() returns trigger language plpgsql as
				$$ begin raise exception '% is append-only', tg_table_name; end $$`,
		],
		// Text is ordered by its bytes, as in the embedded file, whatever language the server was set up with.
		statement: (text) => (/^(create|alter) table/.test(text) ? text.replace(/(\w) text\b(?! text)/g, '$1 text collate "C"') : text),
		id: 'integer generated by default as identity primary key',
		tableOptions: '',
		dayPlus: (day, days) => `to_char(cast(${day} as date) + ${days}, 'YYYY-MM-DD')`,
		words: POSTGRES_WORD_ROWS,
		manyShops: (statements) => statements,
		appendOnly: (table) => ['update', 'delete', 'truncate'].map((change) => postgresRefusal(table, change)),
		unchanging: (table) => [postgresRefusal(table, 'update')],
		appendOnlySaveErasure: (table, kept, column, erased) => [
			`drop trigger ${table}_no_update on ${table}`,
			`create function ${table}_no_update() returns trigger language plpgsql as $$ begin
				if new.${column} is null and ${kept.map((name) => `new.${name} is not distinct from old.${name}`).join(' and ')} and ${erased} then return new; end if;
				raise exception '${table} is append-only'; end $$`,
			`create trigger ${table}_no_update before update on ${table} for each row execute function ${table}_no_update()`,
		],
	};
}

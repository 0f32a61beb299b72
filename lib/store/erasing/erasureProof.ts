import { sql, type RawBuilder } from 'kysely';
import { bareLetters, fold } from '../../domain/text';
import type { FormerValue } from '../customers/formerValues';
import { bothWays } from '../dialect';
import type { Database } from '../open';
import { pagesOf, tablesOf, type PlacedRow, type Table } from '../tables';

/** Where a former value of an erased customer still stands. */
export interface Leftover {
	table: string;
	column: string;
	/** Its id, or where it lies in a table without ids. */
	row: number | string;
	customerId: number;
}

/** The proof of an erasure: what was searched, and what was found. */
export interface ErasureProof {
	tables: number;
	columns: number;
	rows: number;
	/** How many names, days, codes, addresses and numbers were looked for. */
	values: number;
	/** Empty when the erasure is complete. */
	left: Leftover[];
	/** The same values in rows of other customers, who keep theirs: a shared number, a namesake. */
	ofOthers: number;
}

/** Columns that name staff, who may be namesakes of a customer. */
const STAFF = new Set(['who', 'operator', 'examiner', 'staff', 'entered_by', 'signature', 'made_by', 'printed_by', 'posted_by']);

/** Searches every text column of every table of the store for what erased customers were known by, whatever the case, accents and punctuation. */
export async function searchFormerValues(db: Database, former: readonly FormerValue[]): Promise<ErasureProof> {
	const proof: ErasureProof = { tables: 0, columns: 0, rows: 0, values: former.length, left: [], ofOthers: 0 };
	// What says nothing by itself is looked for where it would say something only.
	const [inOwn, anywhere] = [new Search(former), new Search(former.filter(({ ownRowsOnly }) => !ownRowsOnly))];
	const owners = new Set<unknown>(former.map(({ customerId }) => customerId));
	for (const { name, columns } of await tablesOf(db)) {
		const searched = columns.filter((column) => column.type === 'text' && !STAFF.has(column.name)).map((column) => column.name);
		proof.tables++;
		proof.columns += searched.length;
		for await (const rows of pagesOf(db, name, [sql`${rowName(columns)} as row_name`, sql`${ownerOf(name, columns)} as owner`, ...searched.map((column) => sql.ref(column))])) {
			proof.rows += rows.length;
			for (const row of rows) for (const column of searched) note(proof, owners.has(row.owner) ? inOwn : anywhere, { table: name, column, row });
			// Between two pages other work has its turn.
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	return proof;
}

/** Texts up to this length are states, days and codes, which stand in thousands of rows. */
const SHORT = 40;
/** Values of some customers: each can be looked for by itself. */
const FEW = 100;
/** So many short texts are kept. */
const MOST_KNOWN = 20_000;

/** Finds former values in texts. */
class Search {
	private readonly byFirstWord: ReadonlyMap<string, FormerValue[]>;
	/** The words of each value, where the values are few. */
	private readonly words?: string[][];
	/** Short texts that hold no value. */
	private readonly clean = new Set<string>();

	constructor(former: readonly FormerValue[]) {
		this.byFirstWord = Map.groupBy(former, ({ value }) => value.split(' ', 1)[0]);
		if (former.length <= FEW) this.words = wordsOf(former);
	}

	/** The values that stand in a text. */
	in(text: string): FormerValue[] {
		if (text.length > SHORT) return this.mayHold(text) ? this.held(text) : [];
		if (this.clean.has(text)) return [];
		const found = this.mayHold(text) ? this.held(text) : [];
		if (found.length === 0) {
			if (this.clean.size >= MOST_KNOWN) this.clean.clear();
			this.clean.add(text);
		}
		return found;
	}

	/** Asked first: taking the mails of years apart into words takes minutes. */
	private mayHold(text: string): boolean {
		if (!this.words) return true;
		const bare = bareLetters(text);
		return this.words.some((words) => words.every((word) => bare.includes(word)));
	}

	private held(text: string): FormerValue[] {
		const folded = fold(text);
		const found: FormerValue[] = [];
		for (const word of new Set(folded.split(' '))) {
			for (const former of this.byFirstWord.get(word) ?? []) if (` ${folded} `.includes(` ${former.value} `)) found.push(former);
		}
		return found;
	}
}

/** The words of each value, the longest first: few texts have it, and then the others need not be looked for. A name is the same words in either order. */
function wordsOf(former: readonly FormerValue[]): string[][] {
	const sorted = former.map(({ value }) => value.split(' ').sort((one, other) => other.length - one.length || (one < other ? -1 : 1)));
	return [...new Map(sorted.map((words) => [words.join(' '), words])).values()];
}

function note(proof: ErasureProof, search: Search, { table, column, row }: { table: string; column: string; row: PlacedRow }): void {
	const cell = row[column];
	if (cell === null || cell === '') return;
	for (const { customerId, ownRowsOnly } of search.in(String(cell))) {
		if (ownRowsOnly && row.owner !== customerId) continue;
		if (row.owner !== null && row.owner !== customerId) proof.ofOthers++;
		else proof.left.push({ table, column, row: row.row_name as number | string, customerId });
	}
}

/** Whose row it is: the customer's id, or null. */
function ownerOf(table: string, columns: Table['columns']): RawBuilder<unknown> {
	if (table === 'customers') return sql`id`;
	if (columns.some(({ name }) => name === 'message_id')) return sql`(select customer_id from messages where messages.id = message_id)`;
	return columns.some(({ name }) => name === 'customer_id') ? sql`customer_id` : sql`null`;
}

function rowName(columns: Table['columns']): RawBuilder<unknown> {
	return columns.some(({ name }) => name === 'id') ? sql`id` : bothWays(sql`rowid`, sql`ctid::text`);
}

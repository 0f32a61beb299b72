import { SqliteQueryCompiler, type CompiledQuery, type OperationNode, type QueryId, type RawNode, type RootOperationNode } from 'kysely';

/** So many places of statements are known at most; then it begins anew, so that a process that runs for years does not grow. */
const MOST_KNOWN = 50_000;

/** A place in the statements known so far: what may follow it, and the whole text where one ends here. */
class Place {
	private readonly next = new Map<unknown, Place>();
	text?: string;

	/** @param piece what follows, such as a piece of a template, which is the same object each time */
	follow(piece: unknown, known: { places: number }): Place {
		let next = this.next.get(piece);
		if (!next) {
			next = new Place();
			this.next.set(piece, next);
			known.places++;
		}
		return next;
	}
}

/** Stands for any value: those are parameters. */
const VALUE = Symbol('value');

/**
 * Kysely's compiler for SQLite, which writes each statement once: the next time it is found by the templates that it is made of, and only its values are
 * gathered. To write them anew took as long as to run them, for most statements are about a handful of rows.
 */
export class SqliteCompiler extends SqliteQueryCompiler {
	private known = { places: 0 };
	private root = new Place();

	/** @param most places that are kept */
	constructor(private readonly most = MOST_KNOWN) {
		super();
	}

	/** Places that are known now. */
	get size(): number {
		return this.known.places;
	}

	override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
		if (node.kind !== 'RawNode') return super.compileQuery(node, queryId);
		if (this.known.places > this.most) [this.known, this.root] = [{ places: 0 }, new Place()];
		const parameters: unknown[] = [];
		const place = this.find(node as RawNode, this.root, parameters);
		if (!place) return super.compileQuery(node, queryId);
		place.text ??= super.compileQuery(node, queryId).sql;
		return { query: node, queryId, sql: place.text, parameters };
	}

	/** Where the statement is known, with its values in their order; undefined where it holds anything but templates and values. */
	private find({ sqlFragments, parameters }: RawNode, from: Place, values: unknown[]): Place | undefined {
		let place: Place | undefined = from.follow(pieceOf(sqlFragments), this.known);
		for (const parameter of parameters) {
			place = this.findPart(parameter, place, values);
			if (!place) return undefined;
		}
		return place;
	}

	private findPart(part: OperationNode, place: Place, values: unknown[]): Place | undefined {
		if (part.kind === 'RawNode') return this.find(part as RawNode, place, values);
		if (part.kind !== 'ValueNode') return undefined;
		const { value, immediate } = part as OperationNode & { value: unknown; immediate?: boolean };
		if (immediate) return place.follow(typeof value === 'string' ? `\0${value}` : value, this.known);
		values.push(value);
		return place.follow(VALUE, this.known);
	}
}

/** A template is known by itself; text that was made, and lists, by what they hold and how long they are. */
function pieceOf(fragments: readonly string[]): unknown {
	if ('raw' in fragments) return fragments;
	return fragments.length === 1 ? fragments[0] : fragments.join('\0');
}

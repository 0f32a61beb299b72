import fc from 'fast-check';
import { sql, SqliteQueryCompiler, type RawBuilder, type RawNode } from 'kysely';
import { bothWays } from '../../../lib/store/dialect';
import { SqliteCompiler } from '../../../lib/store/sqliteCompiler';

const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('', 'a', "'a", '\0a', 'x ? y'), fc.constant(null));

/** Pieces of statements, whatever their sense: templates within each other, texts, lists, names and values. */
const { piece } = fc.letrec<{ piece: RawBuilder<unknown> }>((tie) => ({
	piece: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		value.map((one) => sql`${one}`),
		fc.constantFrom('', 'a', "'a", '"b"').map((text) => sql.raw(text)),
		fc.constantFrom(1, 'a', null, true).map((one) => sql.lit(one)),
		fc.constantFrom('id', 'shop.id').map((name) => sql.ref(name)),
		tie('piece').map((one) => sql`a${one}`),
		tie('piece').map((one) => sql`a${one}b`),
		fc.tuple(tie('piece'), value).map(([one, other]) => sql`select ${one} from ${other}`),
		fc.array(fc.oneof(tie('piece'), value), { maxLength: 3 }).map((list) => sql.join(list)),
		fc.tuple(tie('piece'), tie('piece')).map(([one, other]) => bothWays(one, other)),
	),
}));

const compiled = (compiler: SqliteQueryCompiler, query: RawBuilder<unknown>) => {
	const { sql: text, parameters } = compiler.compileQuery(query.toOperationNode() as RawNode, { queryId: 'x' });
	return { text, parameters };
};

it('writes what Kysely writes, whatever it has written before', () => {
	const compiler = new SqliteCompiler();
	fc.assert(fc.property(piece, (query) => expect(compiled(compiler, query)).toEqual(compiled(new SqliteQueryCompiler(), query))), { numRuns: 3000 });
});

it('writes a statement once, whatever its values', () => {
	const compiler = new SqliteCompiler();
	const query = (id: number, name: string) => sql`select ${sql.join([id, name])} from ${sql.raw('shops')}`;
	const first = compiled(compiler, query(1, 'a'));
	const written = jest.spyOn(SqliteQueryCompiler.prototype, 'compileQuery');
	expect(compiled(compiler, query(2, 'b'))).toEqual({ text: first.text, parameters: [2, 'b'] });
	expect(written).not.toHaveBeenCalled();
	expect(compiled(compiler, sql`select ${1}`).text).toBe('select ?');
	expect(written).toHaveBeenCalledTimes(1);
	written.mockRestore();
});

it('tells a value from a text in the place of the other', () => {
	const compiler = new SqliteCompiler();
	const pair = (one: unknown, other: unknown) => sql`select ${one}, ${other}`;
	expect(compiled(compiler, pair(1, sql.raw('x')))).toEqual({ text: 'select ?, x', parameters: [1] });
	expect(compiled(compiler, pair(sql.raw('x'), 1))).toEqual({ text: 'select x, ?', parameters: [1] });
});

it('begins anew when it knows too many', () => {
	const compiler = new SqliteCompiler(10);
	for (let id = 0; id < 50; id++) expect(compiled(compiler, sql`select ${sql.raw(String(id))}, ${id}`)).toEqual({ text: `select ${id}, ?`, parameters: [id] });
	expect(compiler.size).toBeLessThan(20);
});

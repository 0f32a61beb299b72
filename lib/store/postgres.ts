import { createHash } from 'node:crypto';
import {
	CompiledQuery,
	PostgresAdapter,
	PostgresDriver,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type Kysely,
	type PostgresPool,
	type QueryResult,
	type RawNode,
	type TransactionSettings,
} from 'kysely';
import { CrmError } from '../domain/errors';
import { postgresWordsOf } from './dialect';
import { postgresProblem } from './postgresProblem';

/** A schema of a PostgreSQL database. */
export interface PostgresPlace {
	host: string;
	port?: number;
	/** Name of the database. */
	name: string;
	user: string;
	password?: string;
	/** The schema that holds the tables; made when it is missing. */
	schema?: string;
	/** `verify`: encrypted, and the server proves who it is. `require`: encrypted only. `off`: for a server on the same machine. */
	tls?: 'verify' | 'require' | 'off';
	/** Certificate authority of the server, PEM; absent: those that Node knows. */
	ca?: string;
}

type PostgresConnection = Parameters<PostgresDriver['releaseConnection']>[0];

/** Connections of one process. Eight processes stay below the hundred that PostgreSQL allows unless told otherwise. */
const CONNECTIONS = 10;
/** A writer that waits longer for its turn is told so. */
const LONGEST_WAIT = '60s';
const CONNECT_MS = 15_000;
/** Questions of a shop are answered in less time than workers take to start, and the processor is n8n's. */
const BY_ITSELF = 'max_parallel_workers_per_gather=0';
/** Numbers of PostgreSQL's types: bigint, numeric, boolean. */
const NUMBERS = new Set([20, 1700]);
const BOOLEAN = 16;

/**
 * Kysely on PostgreSQL, speaking as the embedded file does: whole numbers are numbers, booleans 0 or 1, and writers take turns.
 * @param place checked by `checkedPlace`
 * @param heard called with each statement once it was run
 */
export function postgresDialect(place: PostgresPlace, heard: (statement: string) => void): Dialect {
	return {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new TurnDriver(place, heard),
		createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
		createQueryCompiler: () => new TypedCompiler(),
	};
}

async function poolOf({ host, port, name, user, password, schema, tls, ca }: PostgresPlace): Promise<PostgresPool> {
	// Loaded when it is used: most stores are a file.
	const { Pool, types } = await import('pg');
	const parser = (id: number, format?: 'text' | 'binary'): unknown => {
		if (NUMBERS.has(id)) return Number;
		if (id === BOOLEAN) return (value: string) => Number(value === 't');
		return types.getTypeParser(id, format as 'text');
	};
	const pool = new Pool({
		host, port, user, password, database: name,
		ssl: tls === 'off' ? false : { rejectUnauthorized: tls !== 'require', ca },
		options: `-c search_path=${schema} -c lock_timeout=${LONGEST_WAIT} -c ${BY_ITSELF}`,
		application_name: 'n8n-nodes-optical-crm',
		max: CONNECTIONS,
		connectionTimeoutMillis: CONNECT_MS,
		keepAlive: true,
		// A script that has nothing else to do may end.
		allowExitOnIdle: true,
		types: { getTypeParser: parser as typeof types.getTypeParser },
	});
	// An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
	pool.on('error', () => undefined);
	// So would one that breaks while a transaction holds it and asks nothing at that moment; its next query fails, and says so.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool as unknown as PostgresPool;
}

/**
 * One writer at a time in a store, over all processes, as in the embedded file: a transaction may read, decide and write without another
 * one in between. Work that locks its own rows asks for an isolation level and goes without the turn.
 */
class TurnDriver extends PostgresDriver {
	private readonly turn: string;

	constructor(private readonly place: PostgresPlace, private readonly heard: (statement: string) => void) {
		super({ pool: async () => await poolOf(place) });
		this.turn = createHash('sha256').update(`optical-crm ${place.schema}`).digest().readBigInt64BE().toString();
	}

	override async acquireConnection(): Promise<PostgresConnection> {
		try {
			return new PlainErrors((await super.acquireConnection()) as PostgresConnection, this.place, this.heard) as DatabaseConnection as unknown as PostgresConnection;
		} catch (error) {
			throw postgresProblem(error, this.place);
		}
	}

	override async releaseConnection(connection: PostgresConnection): Promise<void> {
		await super.releaseConnection((connection as unknown as PlainErrors).inner);
	}

	override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
		if (settings.isolationLevel) return await super.beginTransaction(connection as PostgresConnection, settings);
		await connection.executeQuery(CompiledQuery.raw(`begin; select pg_advisory_xact_lock(${this.turn})`));
	}
}

/** A connection whose errors say how to go on. */
class PlainErrors implements DatabaseConnection {
	constructor(readonly inner: PostgresConnection, private readonly place: PostgresPlace, private readonly heard: (statement: string) => void) {}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		try {
			const result = await this.inner.executeQuery<Row>(query);
			this.heard(query.sql);
			return result;
		} catch (error) {
			throw postgresProblem(error, this.place);
		}
	}

	streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
		throw new CrmError('The store does not stream', 'Read page by page.');
	}
}

/**
 * Says of each parameter what it is, so that PostgreSQL never has to guess, and takes its own words where the two databases differ.
 * `cross join ... on` tells SQLite in which order to join; PostgreSQL, which has statistics of its own, calls it an inner join.
 */
class TypedCompiler extends PostgresQueryCompiler {
	protected override visitRaw(node: RawNode): void {
		const own = postgresWordsOf(node);
		if (own) this.visitNode(own);
		else super.visitRaw({ ...node, sqlFragments: node.sqlFragments.map((text) => text.replaceAll('cross join', 'inner join')) });
	}

	protected override appendValue(parameter: unknown): void {
		if (parameter === null || parameter === undefined) return this.append('null');
		super.appendValue(parameter);
		this.append(`::${typeOf(parameter)}`);
	}
}

function typeOf(parameter: unknown): string {
	if (typeof parameter === 'boolean') return 'boolean';
	if (typeof parameter === 'number') return !Number.isInteger(parameter) ? 'double precision' : Math.abs(parameter) < 2 ** 31 ? 'integer' : 'bigint';
	return 'text';
}

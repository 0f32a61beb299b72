import { CrmError } from '../domain/errors';
import type { PostgresPlace } from './postgres';

const CREDENTIAL = 'in the credential "Optical CRM Store API"';

/** Codes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html) and of Node that a person can do something about. */
const PROBLEMS: Record<string, [string, string]> = {
	'28P01': ['does not accept the password', `Correct user and password ${CREDENTIAL}.`],
	'28000': ['does not let this user in', `Check the user ${CREDENTIAL}, and pg_hba.conf of the server.`],
	'3D000': ['has no such database', `Correct the database ${CREDENTIAL}, or make it with: createdb`],
	'42501': ['does not give this user the right', 'Grant the user "create" on the database, or make the schema and grant it all rights there.'],
	'53300': ['has no connection free', 'Raise max_connections of the server, or let fewer processes use it.'],
	'53100': ['cannot grow: its disk is full', 'Free some space on the server and run again; nothing half-written was kept.'],
	'55P03': ['was busy with another writer for a minute', 'Run again; when it happens often, look for a long import that runs at the same time.'],
	'57014': ['broke the query off', 'Run again, or raise statement_timeout of the server.'],
	'57P01': ['is shutting down', 'Run again when the server is back; nothing half-written was kept.'],
	'57P03': ['is starting up', 'Run again in a minute.'],
	'25006': ['is read-only', `Name the primary server ${CREDENTIAL}, not a copy.`],
	ECONNREFUSED: ['cannot be reached', `Check host and port ${CREDENTIAL}, and that the server runs.`],
	ECONNRESET: ['closed the connection', 'Run again; what was not confirmed was not written.'],
	ETIMEDOUT: ['cannot be reached', `Check host and port ${CREDENTIAL}, and the firewall in between.`],
	EHOSTUNREACH: ['cannot be reached', `Check the host ${CREDENTIAL}, and the network.`],
	ENOTFOUND: ['cannot be found', `Correct the host ${CREDENTIAL}.`],
	EAI_AGAIN: ['cannot be found', `Correct the host ${CREDENTIAL}, or check the name server.`],
};

const UNKNOWN_CERTIFICATE: [string, string] = [
	'shows a certificate that cannot be checked',
	`Paste the certificate of its authority into the credential, or choose another TLS setting ${CREDENTIAL}.`,
];

/** What pg and Node say in words only. */
const WORDS: Array<[RegExp, [string, string]]> = [
	[/certificate|self.signed|altnames/i, UNKNOWN_CERTIFICATE],
	[/does not support SSL/i, ['does not speak TLS', `Switch TLS on at the server, or choose TLS "Off" ${CREDENTIAL} when it is on the same machine.`]],
	[/timeout/i, PROBLEMS.ETIMEDOUT],
	[/terminated|not queryable/i, PROBLEMS.ECONNRESET],
];

/** An error of PostgreSQL or of the way to it in words that say what to do; anything else is passed through as it is. */
export function postgresProblem(error: unknown, { host, port }: PostgresPlace): unknown {
	const { code, message } = error as { code?: string; message?: string };
	const problem = PROBLEMS[code ?? ''] ?? (isOfDatabase(code) ? undefined : WORDS.find(([words]) => words.test(message ?? ''))?.[1]);
	if (!problem) return error;
	return new CrmError(`The PostgreSQL server ${host}:${port} ${problem[0]}`, problem[1], { cause: error });
}

/** Five characters: an answer of the server, whose words may quote data. */
function isOfDatabase(code: string | undefined): boolean {
	return code !== undefined && /^[0-9A-Z]{5}$/.test(code);
}

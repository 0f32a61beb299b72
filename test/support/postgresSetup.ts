import { startPostgres, type PostgresServer } from './postgresServer';

let server: PostgresServer | undefined;

/** Called by Jest before the first test of the project `postgres`; its workers find the server in the environment. */
export default async function setup(): Promise<void> {
	server = await startPostgres();
	process.env.TEST_POSTGRES = JSON.stringify(server.place);
	(globalThis as { stopPostgres?: () => Promise<void> }).stopPostgres = server.stop;
}

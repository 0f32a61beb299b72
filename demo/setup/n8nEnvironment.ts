import path from 'node:path';
import { LOOPBACK } from './ports';

/** The person to whom the private n8n belongs. */
export interface N8nOwner {
	email: string;
	/** At least 8 characters, with a number and a capital: n8n asks for it when it is changed in its settings. */
	password: string;
	firstName: string;
	lastName: string;
}

export interface N8nPlace {
	/** n8n keeps its database and its encryption key in the folder `.n8n` inside of it. */
	userFolder: string;
	/** Where the Read/Write Files node may go. */
	filesFolder: string;
	baseUrl: string;
	port: number;
	brokerPort: number;
	/** The Node program's folder. */
	nodeFolder: string;
	/** Parts of n8n that are left out; it refuses names that it does not know. */
	withoutModules: string[];
}

// Settings of another n8n on this machine, of npm or of jest (NODE_ENV=test) would change what runs here.
const FOREIGN = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|OFFLOAD_|EXTERNAL_|WEBHOOK_|NODES_|npm_|INIT_CWD$|NODE_ENV$|NODE_OPTIONS$|JEST_|E2E_TESTS$)/i;

/** What n8n's process is told by its environment: private, on this machine only, and without a call to the outside. */
export function n8nEnvironment(place: N8nPlace, owner: N8nOwner, passwordHash: string, extra: Record<string, string>): NodeJS.ProcessEnv {
	const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
	return {
		...inherited,
		PATH: `${place.nodeFolder}${path.delimiter}${process.env.PATH ?? ''}`,
		NODE_ENV: 'production',

		N8N_USER_FOLDER: place.userFolder,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(place.port),
		N8N_EDITOR_BASE_URL: place.baseUrl,
		N8N_WEBHOOK_URL: `${place.baseUrl}/`,
		// Its name in older versions.
		WEBHOOK_URL: `${place.baseUrl}/`,
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		// The cookie travels over http on the loopback address only.
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: place.filesFolder,
		GENERIC_TIMEZONE: 'Europe/Rome',

		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: owner.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: owner.lastName,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: passwordHash,

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: place.withoutModules.join(),
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',

		// A week of executions: enough to look back, and the folder stays small.
		EXECUTIONS_DATA_PRUNE: 'true',
		EXECUTIONS_DATA_MAX_AGE: '168',
		EXECUTIONS_DATA_PRUNE_MAX_COUNT: '2000',
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
		...extra,
	};
}

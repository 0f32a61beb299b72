import { of } from '../asked';

const WHOLE = 'works on the store as a whole: it is opened, copied, moved or restored with all of its shops';
const WORDS = 'a piece of SQL, without rows';

/** What is not about one shop. */
export const WHOLE_STORE = {
	'backup/backup': WHOLE,
	'backup/checkBackup': WHOLE,
	folder: 'makes a folder',
	migrate: WHOLE,
	'backup/moveStore': WHOLE,
	open: WHOLE,
	'backup/outliveRestore': WHOLE,
	'rollout/outlive': WHOLE,
	place: 'looks at settings',
	postgres: WHOLE,
	postgresProblem: 'words an error',
	'backup/restore': WHOLE,
	sqlite: WHOLE,
	sqliteCompiler: 'writes statements, knows none of their values',
	sqliteProblem: 'words an error',
	tables: WHOLE,
	dryRun: 'all other cases run in it',
	dialect: WORDS,
	jsonLists: WORDS,
	sets: WORDS,
	'records/reasons': 'names reasons',
	schema: 'names columns',
	checkShop: 'looks at settings',
	ownTemplates: of<typeof import('../../../../../lib/store/ownTemplates')>({
		ownTemplates: ({ store }) => [store],
		saveOwnTemplate: ({ store, now }) => [store, { id: 'birthday', channel: 'email', language: 'it' }, 'Altro', 'chiara', now],
	}),
	policyVersions: of<typeof import('../../../../../lib/store/policyVersions')>({
		keepPolicy: ({ store, now }) => [store.db, store.shop.code, now],
		policyVersions: ({ store }) => [store],
	}),
	shops: of<typeof import('../../../../../lib/store/shops')>({
		findShop: ({ store }) => [store.db, store.shop.code],
		saveShop: ({ store, now }) => [store.db, store.shop.code, { name: 'Ottica Nuova', policy: { adultAge: 18 } }, now],
	}),
};

import { sql } from 'kysely';
import { BLOCKS, of, READ_BEFORE } from '../asked';
import { optInToken } from '../fillConversations';
import type { World } from '../world';

const WHO = 'chiara';
const someone = (world: World) => world.one('customers', (row) => row.merged_into === null && row.erased_at === null);
const present = (world: World) => world.rows('customers').filter((row) => row.merged_into === null && row.erased_at === null);
const named = (world: World) => world.rows('customers').map((row) => ({ code: row.code ?? undefined, firstName: row.first_name || 'Nuova', lastName: row.last_name || 'Cliente', birthDate: row.birth_date ?? undefined, sex: 'F' as const, contactPoints: [{ kind: 'email' as const, value: 'new@posta.example' }], consents: [] }));
const owners = (world: World) => [...world.ids('customers').map((customerId) => ({ customerId })), ...present(world).map((row) => ({ customerCode: row.code ?? undefined }))];
const page = { limit: 1000, offset: 0 };
const token = (world: World) => optInToken((world.rows('shops')[0] as { code: string }).code, 0);

/** The shop's memory of its customers. */
export const CUSTOMERS = {
	badFacts: of<typeof import('../../../../../lib/store/badFacts')>({ badFacts: ({ store, today }) => [store, today, 100], earliestBirth: 'reckons a day' }),
	'customers/buildHouseholds': of<typeof import('../../../../../lib/store/customers/buildHouseholds')>({ buildHouseholds: ({ store, now }) => [store, now] }),
	'customers/contactHistory': of<typeof import('../../../../../lib/store/customers/contactHistory')>({ contactHistory: (world) => [world.store, world.ids('customers'), page] }),
	'customers/customerWords': of<typeof import('../../../../../lib/store/customers/customerWords')>({
		saveWords: (world) => [world.store, [{ id: someone(world).id, was: someone(world).search_name, is: 'new name' }]],
		removeWords: BLOCKS,
	}),
	'customers/customers': of<typeof import('../../../../../lib/store/customers/customers')>({
		listCustomers: (world) => [world.store, { search: 'ros', contact: 'person0@posta.example', reachableBy: ['email'], consent: { channel: 'email', purpose: 'marketing' }, household: world.one('households').id, changedSince: '2020-01-01T00:00:00.000Z', limit: 2 }],
		getCustomers: (world) => [world.store, [...world.ids('customers').map((id) => ({ id })), ...present(world).map(({ code }) => ({ code: code as string }))]],
		contactValues: (world) => [world.store, world.ids('contact_points')],
	}),
	'merging/duplicates': of<typeof import('../../../../../lib/store/merging/duplicates')>({ findDuplicates: ({ store }) => [store, page] }),
	'erasing/eraseCustomers': of<typeof import('../../../../../lib/store/erasing/eraseCustomers')>({
		eraseCustomers: 'is eraseAll, and a cleaning of the file that works outside of transactions; its test asks another shop too',
		eraseAll: async (world) => [world.store, await unsent(world), { reason: 'request', who: WHO }, world.now],
	}),
	'erasing/eraseMessages': BLOCKS,
	'erasing/erasureProof': 'searches all tables of the store for what an erased customer was known by, and answers with places, never with what stands there',
	'customers/formerValues': BLOCKS,
	'customers/exportCustomer': of<typeof import('../../../../../lib/store/customers/exportCustomer')>({ exportCustomer: (world) => [world.store, world.one('customers').id, world.now] }),
	'customers/findCustomers': of<typeof import('../../../../../lib/store/customers/findCustomers')>({
		findCustomers: ({ store }) => [store, { text: 'ros', contact: '+39333123450', birthDate: '1960-11-24' }, page],
		saysEnough: 'looks at what was typed',
	}),
	'customers/households': of<typeof import('../../../../../lib/store/customers/households')>({ listHouseholds: (world) => [world.store, { limit: 100, customerId: someone(world).id }] }),
	ids: BLOCKS,
	'customers/matchKey': BLOCKS,
	'merging/mergeCustomers': of<typeof import('../../../../../lib/store/merging/mergeCustomers')>({
		mergeCustomers: (world) => [world.store, { keptId: present(world)[0].id, mergedId: present(world)[1].id, who: WHO }, world.now],
		followOccasions: BLOCKS,
	}),
	'merging/mergeSnapshot': of<typeof import('../../../../../lib/store/merging/mergeSnapshot')>({ readSnapshot: BLOCKS, wholeChains: (world) => [world.store, world.ids('customers')] }),
	'merging/mergedConsents': 'reckons with records that it gets',
	'merging/mergedPoints': 'reckons with rows that it gets',
	'merging/undoMerge': of<typeof import('../../../../../lib/store/merging/undoMerge')>({ undoMerge: (world) => [world.store, world.one('merges').id, world.now] }),
	'customers/ownDates': of<typeof import('../../../../../lib/store/customers/ownDates')>({ saveOwnDates: (world) => [world.store, world.ids('customers').map((customerId, index) => ({ customerId, name: 'guarantee-end', day: index % 2 ? null : '2027-01-01' })), world.now] }),
	'customers/preferences': of<typeof import('../../../../../lib/store/customers/preferences')>({ savePreferences: (world) => [world.store, world.ids('customers').map((customerId) => ({ customerId, channel: 'letter' })), world.now] }),
	'erasing/retention': of<typeof import('../../../../../lib/store/erasing/retention')>({
		forgottenCustomers: ({ store }) => [store, { prospects: '2030-01-01', customers: '2030-01-01' }],
		oldPurchases: ({ store }) => [store, '2030-01-01'],
		erasePurchaseDetails: (world) => [world.store, world.ids('equipment'), world.now],
		previewCode: 'reckons a code',
	}),
	'customers/saveContactPoints': of<typeof import('../../../../../lib/store/customers/saveContactPoints')>({ saveContactPoints: BLOCKS }),
	'customers/saveCustomers': of<typeof import('../../../../../lib/store/customers/saveCustomers')>({ saveCustomers: (world) => [world.store, named(world), { source: 'import' }, world.now] }),
	visitRhythms: of<typeof import('../../../../../lib/store/visitRhythms')>({ refreshVisitRhythms: BLOCKS, fillVisitRhythms: ({ store }) => [store] }),
	'customers/customerOutlines': of<typeof import('../../../../../lib/store/customers/customerOutlines')>({ customerOutlines: ({ store, today }) => [store, today] }),

	'records/amount': 'looks at a number',
	'records/appointments': of<typeof import('../../../../../lib/store/records/appointments')>({
		saveAppointments: (world) => [world.store, owners(world).map((owner, index) => ({ ...owner, code: `A${index % 3}`, startsAt: world.now, status: 'kept' as const })), world.now],
		listAppointments: (world) => [world.store, { customer: { id: someone(world).id }, limit: 100 }],
		appointmentAfter: (world) => [world.store, someone(world).id, world.now],
	}),
	'records/equipment': of<typeof import('../../../../../lib/store/records/equipment')>({
		saveEquipment: (world) => [world.store, owners(world).map((owner, index) => ({ ...owner, code: `E${index % 3}`, orderedOn: '2026-01-01' })), world.now],
		listEquipment: (world) => [world.store, { customer: { id: someone(world).id }, limit: 100 }],
	}),
	'records/exams': of<typeof import('../../../../../lib/store/records/exams')>({
		saveExams: (world) => [world.store, owners(world).map((owner) => ({ ...owner, takenOn: '2026-01-01' })), world.now],
		listExams: ({ store }) => [store, { customer: { code: 'C0' }, limit: 100 }],
	}),
	'records/listRecords': BLOCKS,
	'records/owners': of<typeof import('../../../../../lib/store/records/owners')>({ findOwners: (world) => [world.store, owners(world)] }),
	'records/quotes': of<typeof import('../../../../../lib/store/records/quotes')>({
		saveQuotes: (world) => [world.store, owners(world).map((owner, index) => ({ ...owner, code: `Q${index % 3}`, madeOn: '2026-01-01' })), world.now],
		listQuotes: (world) => [world.store, { customer: { id: someone(world).id }, limit: 100 }],
	}),
	'records/recordKind': 'names columns',
	'records/recordRows': BLOCKS,
	'records/saveRecords': BLOCKS,

	answers: of<typeof import('../../../../../lib/store/answers')>({ recordAnswers: (world) => [world.store, world.ids('customers').map((customerId) => ({ customerId, kind: 'progressive', answer: 'wrong', answeredOn: world.today })), world.now] }),
	consentChanges: 'reckons with records that it gets',
	consentDetails: of<typeof import('../../../../../lib/store/consentDetails')>({ sealDetails: 'hashes one record', insertDetails: BLOCKS, consentDetails: (world) => [world.store, world.ids('customers')], withDetails: 'reckons with records that it gets', changedDetail: 'reckons with records that it gets' }),
	consentRows: 'reads one row',
	consents: of<typeof import('../../../../../lib/store/consents')>({ consentHistory: (world) => [world.store, world.ids('customers')], insertConsents: READ_BEFORE }),
	recordConsents: of<typeof import('../../../../../lib/store/recordConsents')>({
		recordConsents: (world) => [world.store, world.ids('customers').map((customerId, index) => ({ customerId, channel: 'email', purpose: 'marketing', status: index % 2 ? 'objected' : 'granted', legalBasis: 'consent', capturedAt: world.now, source: 'desk', operator: WHO, evidence: 'scan' })), world.now],
	}),
	optIns: of<typeof import('../../../../../lib/store/optIns')>({
		saveOptInRequest: (world) => [world.store, 'a fresh token', { customerId: someone(world).id, contactPointId: world.one('contact_points', (row) => row.customer_id === someone(world).id).id, channel: 'email', purpose: 'marketing', noticeVersion: '2024-01', wordingVersion: 'w1', expiresAt: '2026-12-24T00:00:00.000Z' }, true, world.now],
		findOptInRequest: (world) => [world.store, token(world)],
		confirmOptIn: (world) => [world.store, token(world), 'it', world.now],
	}),
	pointFacts: of<typeof import('../../../../../lib/store/pointFacts')>({ oldestSharer: BLOCKS }),
	rpo: of<typeof import('../../../../../lib/store/rpo')>({
		recordRpoChecks: ({ store, now }) => [store, [{ number: '+39333123450', checkedAt: now, result: 'listed' }]],
		numbersToCheck: ({ store, now }) => [store, now],
	}),
	suppressions: of<typeof import('../../../../../lib/store/suppressions')>({
		suppress: ({ store, now }) => [store.db, store.shop.id, [{ address_hash: 'x', purpose: 'any' }], 'erased', now],
		suppressObjections: (world) => [world.store, no(world)],
		liftSuppressions: (world) => [world.store, no(world).map((said) => ({ ...said, status: 'granted', capturedAt: '2026-12-01T00:00:00.000Z' }))],
		mayLift: 'looks at one record',
	}),
	verifyConsents: of<typeof import('../../../../../lib/store/verifyConsents')>({ verifyConsents: ({ store }) => [store] }),
	wordings: of<typeof import('../../../../../lib/store/wordings')>({
		saveWording: ({ store, now }) => [store, 'w2', 'Altro testo', now], findWording: ({ store }) => [store, 'w1'], listWordings: ({ store }) => [store], changedWordings: ({ store }) => [store],
	}),
};

const no = (world: World) => world.ids('customers').map((customerId) => ({ customerId, channel: 'email' as const, purpose: 'marketing' as const, status: 'objected' as const, legalBasis: 'consent', capturedAt: world.now, source: 'desk', operator: WHO, evidence: 'scan' }));

/** An erasure waits for what is being sent: that has come to an end here. */
async function unsent(world: World): Promise<number[]> {
	await sql`update messages set state = 'sent' where state = 'sending' and shop_id = ${world.store.shop.id}`.execute(world.store.db);
	return world.ids('customers');
}

import { sql } from 'kysely';
import type { EditedMessage } from '../../../../../lib/store/approval';
import { BLOCKS, of, READ_BEFORE } from '../asked';
import type { World } from '../world';

const WHO = 'chiara';
const waits = (world: World) => world.rows('messages').filter(({ state }) => state === 'pending');
const seen = (world: World) => waits(world).map(({ id, content_hash: contentHash }) => ({ id, contentHash }));
const EDITED: EditedMessage = { body: 'B', text: 'T', contentHash: 'new' };
const session = (world: World) => world.one('desk_sessions').token_hash;

/** The staff's page: what it shows, and what they decide. */
export const DESK = {
	alerts: of<typeof import('../../../../../lib/store/alerts')>({
		openAlert: ({ store, now }) => [store, { kind: 'circuit', subject: 'smtp', code: 'X' }, now],
		openAlerts: ({ store, now }) => [store, [{ kind: 'circuit', subject: 'smtp', code: 'X' }, { kind: 'circuit', subject: 'sms', code: 'X' }], now],
		closeAlert: ({ store, now }) => [store, { kind: 'circuit', subject: 'smtp' }, now],
		listAlerts: ({ store }) => [store, '2020-01-01T00:00:00.000Z'],
		markAlertSeen: (world) => [world.store, world.one('alerts').id, WHO, world.now],
	}),
	health: of<typeof import('../../../../../lib/store/health')>({
		queueHealth: ({ store, today, now }) => [store, today, now],
		standingHealth: ({ store, now }) => [store, now],
		storeSize: 'tells the size of the whole store, as the disk does',
	}),
	signsOfLife: of<typeof import('../../../../../lib/store/signsOfLife')>({
		noteSigns: ({ store, now }) => [store, [{ what: 'poll', name: 'birthday', things: 2, everyMinutes: 60 }, { what: 'sent', name: 'email' }], now],
		listSigns: ({ store }) => [store],
	}),
	approval: of<typeof import('../../../../../lib/store/approval')>({
		approveMessages: (world) => [world.store, seen(world), WHO, world.today, world.now],
		approveSet: (world) => [world.store, sql`select id from messages`, WHO, world.now],
		rejectMessages: (world) => [world.store, seen(world), WHO, 'no', world.now],
		undoDecisions: (world) => [world.store, world.one('message_history', (row) => row.to_state === 'approved').at, 'Chiara', world.now],
		putOff: (world) => [world.store, seen(world)[0], '2026-11-26', WHO, world.now],
		editMessage: (world) => [world.store, seen(world)[0], EDITED, WHO, world.now],
		retellMessages: READ_BEFORE,
		resolveUncertain: (world) => [world.store, world.one('messages', ({ state }) => state === 'uncertain').id, true, WHO, world.now],
	}),
	'approve/complaints': of<typeof import('../../../../../lib/store/approve/complaints')>({
		complain: (world) => [world.store, { messageId: world.one('messages').id, about: 'sounds', words: 'male' }, WHO, world.now],
	}),
	'approve/otherChannel': of<typeof import('../../../../../lib/store/approve/otherChannel')>({
		changeChannel: (world) => {
			const { id, content_hash: contentHash, customer_id: customerId, occasion_id: occasionId } = waits(world)[0];
			const contactPointId = world.one('contact_points', (point) => point.customer_id === customerId && point.kind === 'phone').id;
			return [world.store, { id, contentHash }, {
				customerId, occasionId, contentHash: 'new', message: { channel: 'sms', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, body: 'B', text: 'T' },
				decision: { channel: 'sms', outcome: 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', facts: {}, contactPointId, class: 'relational', purpose: 'marketing', moment: 'plan', rulesVersion: '1', decidedAt: world.now, tried: [] },
			}, WHO, world.now];
		},
	}),
	'approve/pending': of<typeof import('../../../../../lib/store/approve/pending')>({
		pendingMessages: ({ store, today }) => [store, { name: 'ros' }, { today, limit: 50, offset: 0 }],
		pendingGroups: ({ store, today }) => [store, today],
		pendingCount: ({ store, today }) => [store, today],
		samplePending: ({ store, today }) => [store, {}, today, 1000],
		whichMatch: { with: ({ store, today, now }) => [store, { channel: 'email' }, today, { upTo: 1_000_000, at: now }], then: async (which, { store }) => (await sql`${which as ReturnType<typeof sql>} order by 1`.execute(store.db)).rows },
	}),
	'approve/story': of<typeof import('../../../../../lib/store/approve/story')>({ customerStory: (world) => [world.store, world.one('customers').id, world.today] }),
	'approve/textsReport': of<typeof import('../../../../../lib/store/approve/textsReport')>({ textFigures: ({ store }) => [store], textRemarks: ({ store }) => [store], textEdits: ({ store }) => [store] }),
	calls: of<typeof import('../../../../../lib/store/calls')>({
		waitingCalls: (world) => [world.store, { today: world.today, until: '2026-11-25T00:00:00.000Z', now: world.now, ids: world.ids('messages') }],
		callsSince: ({ store }) => [store, '2020-01-01T00:00:00.000Z'],
		leaseCall: (world) => [world.store, world.one('messages', ({ channel }) => channel === 'call').id, 'marco', 5, world.now],
		releaseCall: (world) => [world.store, world.one('call_leases').message_id, WHO],
		callTries: (world) => [world.store, world.ids('messages')],
	}),
	'customers/customerDetail': of<typeof import('../../../../../lib/store/customers/customerDetail')>({ customerDetail: (world) => [world.store, world.one('customers').id] }),
	'customers/customerTimeline': of<typeof import('../../../../../lib/store/customers/customerTimeline')>({ customerTimeline: (world) => [world.store, world.one('customers').id, { limit: 100, offset: 0 }] }),
	dayCounts: of<typeof import('../../../../../lib/store/dayCounts')>({ dayCounts: ({ store, today }) => [store, { today, since: '2020-01-01T00:00:00.000Z', until: '2026-11-25T00:00:00.000Z' }] }),
	'desk/deskAccounts': of<typeof import('../../../../../lib/store/desk/deskAccounts')>({
		joinPerson: BLOCKS,
		toPerson: 'reads one row',
		deskPerson: ({ store }) => [store, 'marco'],
		storedAccounts: ({ store }) => [store],
		storedAccount: (world) => [world.store, world.one('desk_accounts').id],
		addAccount: ({ store, now }) => [store, { user: 'Anna', nameKey: 'anna', role: 'staff', passwordHash: 'x' }, now],
		changeAccount: (world) => [world.store, world.one('desk_accounts').id, { role: 'lead', disabledAt: world.now }, world.now],
		chooseLanguage: ({ store }) => [store, 'marco', 'it'],
	}),
	'desk/deskLog': of<typeof import('../../../../../lib/store/desk/deskLog')>({
		recordDeskLog: ({ store, now }) => [store, { who: WHO, action: 'login' } as never, now],
		deskLog: ({ store }) => [store, { limit: 100, offset: 0 }],
		forgetDeskLog: ({ store, now }) => [store, now],
	}),
	'desk/deskSessions': of<typeof import('../../../../../lib/store/desk/deskSessions')>({
		openDeskSession: ({ store, now }) => [store, { tokenHash: 'fresh', staff: 'Marco', nameKey: 'marco', stamp: 's', device: 'd', expiresAt: '2026-11-25T00:00:00.000Z' }, now],
		deskSession: (world) => [world.store, session(world), '2020-01-01T00:00:00.000Z', world.now],
		touchDeskSession: (world) => [world.store, session(world), world.now],
		closeDeskSession: (world) => [world.store, session(world)],
		sessionsOf: ({ store, now }) => [store, 'Marco', '2020-01-01T00:00:00.000Z', now],
		endSessions: ({ store }) => [store, 'Marco', {}],
		restampSession: (world) => [world.store, session(world), 'new'],
	}),
	letters: of<typeof import('../../../../../lib/store/letters')>({
		waitingLetters: ({ store, today }) => [store, today, { limit: 100 }],
		countWaitingLetters: ({ store, today }) => [store, today],
		lettersOfBatch: (world) => [world.store, world.one('letter_batches').id],
		makeBatch: (world) => [world.store, { day: world.today, madeBy: WHO, pageMills: 1, postageMills: 1, staffSeconds: 1 }, lettersIn(world).map((messageId) => ({ messageId, pages: 1 })), world.now],
		letterBatches: (world) => [world.store, { limit: 10, id: world.one('letter_batches').id }],
		takeOutLetters: (world) => [world.store, world.rows('letters').map(({ message_id: id }) => id), { who: WHO, reject: 'no' }, world.now],
		rejectWaitingLetters: (world) => [world.store, world.ids('messages'), WHO, 'no', world.now],
		markPrinted: (world) => [world.store, world.one('letter_batches').id, WHO, world.now],
		markPosted: (world) => [world.store, world.one('letter_batches', ({ printed_at: at }) => at !== null).id, WHO, world.today, world.now],
	}),
	'desk/loginAttempts': of<typeof import('../../../../../lib/store/desk/loginAttempts')>({
		countAttempt: ({ store, now }) => [store, 'marco', { forgottenBefore: '2020-01-01T00:00:00.000Z', free: 1, waits: ['2026-11-24T09:00:00.000Z'] }, now],
		forgetAttempts: ({ store, now }) => [store, 'marco', now],
		giveBackAttempt: ({ store }) => [store, 'marco', 1],
	}),
	recordTries: of<typeof import('../../../../../lib/store/recordTries')>({
		recordTries: (world) => [world.store, world.rows('messages').filter(({ channel }) => channel === 'call').map(({ id: messageId }) => ({ messageId, outcome: 'wrongNumber', to: 'failed', why: 'WRONG_NUMBER', seconds: 60, wrongNumber: true })), WHO, world.today, world.now],
	}),
	review: of<typeof import('../../../../../lib/store/review')>({
		messagesInState: ({ store, today }) => [store, 'pending', { today, limit: 100, offset: 0 }],
		messageDetail: (world) => [world.store, world.one('messages').id],
		messageDetails: (world) => [world.store, world.ids('messages')],
		messageCounts: ({ store }) => [store, '2020-01-01T00:00:00.000Z'],
		toReview: 'reads one row',
		messageStates: (world) => [world.store, world.ids('messages')],
	}),
	reviewCases: of<typeof import('../../../../../lib/store/reviewCases')>({
		reviewCases: ({ store }) => [store, 100],
		openReviewCases: (world) => [world.store, world.ids('occasions').map((occasionId) => ({ occasionId, reason: 'BASIS_UNCERTAIN' }))],
		answerReviewCase: (world) => [world.store, world.one('occasions', ({ outcome }) => outcome === 'review').id, { may: true, legalBasis: 'request', evidence: 'scan' }, WHO, world.now],
	}),
	urgentSince: of<typeof import('../../../../../lib/store/urgentSince')>({ urgentSince: ({ store, now }) => [store, { from: '2020-01-01T00:00:00.000Z', to: now }, { from: '2020-01-01T00:00:00.000Z', to: now }] }),
};

/** Approved letters that are in no batch. */
function lettersIn(world: World): number[] {
	const batched = new Set(world.rows('letters').map(({ message_id: id }) => id));
	return world.rows('messages').filter(({ id, channel, state }) => channel === 'letter' && state === 'approved' && !batched.has(id)).map(({ id }) => id);
}

import type { NewMessage } from '../../../../../lib/store/messages';
import { BLOCKS, of, READ_BEFORE } from '../asked';
import { WATCHED } from '../fillSettings';
import { SEGMENT_DEFAULTS } from '../../../../../lib/domain/segment';
import { FACT_NAMES } from '../../../../../lib/domain/segmentFacts';
import { INBOUND } from './inbound';
import { everyKind } from './plan';
import type { World } from '../world';

const WHO = 'chiara';
const SINCE = '2020-01-01T00:00:00.000Z';
const scope = (world: World) => ({ today: world.today, settings: SEGMENT_DEFAULTS });
const segment = (world: World) => ({ name: 'at-risk', rule: WATCHED, scope: scope(world) });
const claims = { limit: 5, leaseMinutes: 60 };
const decision = (world: World, contactPointId?: number) => ({
	channel: 'email' as const, outcome: 'allow' as const, reason: 'ALLOW_CONSENT', rule: 'R07', facts: {}, contactPointId, class: 'relational' as const, purpose: 'marketing' as const, moment: 'plan' as const, rulesVersion: '1', decidedAt: world.now, tried: [],
});
const DAY = { windowDays: 30, recentFrom: '2026-11-01', from: '2020-01-01' };
const goalOf = (world: World) => {
	const { id, segment: name, goal, target, due_on: dueOn, set_by: setBy, set_on: setOn, set_at: setAt } = world.one('segment_goals');
	return { id, segment: name, goal: goal as 'return', target, dueOn, setBy, setOn, setAt };
};

/** From who is due to what was sent, and what it brought. */
export const MESSAGES = {
	...INBOUND,
	cameIn: BLOCKS,
	contacts: of<typeof import('../../../../../lib/store/contacts')>({ recentContacts: (world) => [world.store, world.ids('customers'), world.today] }),
	decisions: of<typeof import('../../../../../lib/store/decisions')>({
		recordDecisions: (world) => [world.store, world.rows('occasions').map(({ id, customer_id: customerId }) => ({ customerId, occasionId: id, decision: decision(world, world.one('contact_points').id) }))],
	}),
	endMessages: of<typeof import('../../../../../lib/store/endMessages')>({ endMessages: ({ store, now }) => [store, '2027-01-01', now] }),
	explanations: of<typeof import('../../../../../lib/store/explanations')>({ recordedDecisions: (world) => [world.store, world.ids('customers'), { limit: 50 }] }),
	facts: of<typeof import('../../../../../lib/store/facts')>({ customerFacts: (world) => [world.store, world.ids('customers')] }),
	lostOccasions: of<typeof import('../../../../../lib/store/lostOccasions')>({ lostOccasions: (world) => [world.store, world.ids('occasions')] }),
	messageHistory: of<typeof import('../../../../../lib/store/messageHistory')>({ recordHistory: BLOCKS, messageHistory: (world) => [world.store.db, world.store.shop.id, world.one('messages').id] }),
	messageHtml: BLOCKS,
	messages: of<typeof import('../../../../../lib/store/messages')>({ queueMessages: (world) => [world.store, queued(world), 'policy', world.now] }),
	'occasions/claim': of<typeof import('../../../../../lib/store/occasions/claim')>({
		claimDue: ({ store, today, now }) => [store, everyKind(today), claims, now],
		previewDue: ({ store, today, now }) => [store, everyKind(today), 5, now],
		countDue: ({ store, today, now }) => [store, everyKind(today), now],
	}),
	'occasions/claimed': of<typeof import('../../../../../lib/store/occasions/claimed')>({ readClaimed: (world) => [world.store.db, world.store.shop, world.ids('occasions')], toClaimed: 'reads one row' }),
	'occasions/dueQuery': BLOCKS,
	'occasions/factSources': BLOCKS,
	'occasions/openWork': of<typeof import('../../../../../lib/store/occasions/openWork')>({ openWork: ({ store, today, now }) => [store, ['birthday', 'recall.vision'], today, now] }),
	'occasions/starts': of<typeof import('../../../../../lib/store/occasions/starts')>({
		occasionStarts: ({ store }) => [store, ['birthday', 'welcome']],
		allStarts: ({ store }) => [store],
		enterStarts: ({ store, today }) => [store, [{ kind: 'birthday', startsOn: today, activatedOn: today, leftOut: 1 }, { kind: 'welcome', startsOn: today, activatedOn: today, leftOut: 1 }]],
	}),
	'occasions/stops': BLOCKS,
	'occasions/takeBack': of<typeof import('../../../../../lib/store/occasions/takeBack')>({
		takeBack: ({ store, today, now }) => [store.db, store.shop.id, { kinds: ['birthday', 'recall.vision', 'recall.eyewear', 'progressive', 'welcome', 'survey', 'campaign.sun'], limit: 5, today, leasedUntil: '2026-11-25T00:00:00.000Z' }, now],
	}),
	senders: of<typeof import('../../../../../lib/store/senders')>({
		sendingTransaction: 'opens a transaction',
		senderTurn: 'waits for the shop of the store',
		readSender: ({ store }) => [store.db, store, 'smtp'],
		writeSender: ({ store, now }) => [store.db, store, { name: 'smtp', channel: 'email' }, { failures: 0, openings: 0, dayCount: 9 }, now],
		listSenders: ({ store }) => [store],
	}),
	sending: of<typeof import('../../../../../lib/store/sending')>({
		takeApproved: (world) => [world.store.db, world.store, { channels: ['email', 'letter', 'whatsapp', 'whatsappLinked'], ids: world.ids('messages'), limit: 3, today: world.today }, world.now],
		outgoingMessages: (world) => [world.store, world.ids('messages')],
		recordTaken: READ_BEFORE,
		recordSending: READ_BEFORE,
		markUncertain: ({ store, now }) => [store, now],
		waitingMessages: (world) => [world.store, world.ids('messages')],
	}),
	settling: of<typeof import('../../../../../lib/store/settling')>({
		occasionIds: (world) => [world.store, [...world.rows('occasions').map(({ customer_id: customerId, kind, due_on: dueOn, stage }) => ({ customerId, kind, dueOn, stage })), ...world.ids('customers').map((customerId) => ({ customerId, kind: 'campaign.own', dueOn: world.today, stage: 1 }))], world.now],
		settleDecided: (world) => [world.store, world.ids('occasions').map((occasionId) => ({ occasionId, reason: 'CONSENT_MISSING' })), world.now],
		settleOccasions: (world) => [world.store, world.ids('occasions').map((occasionId) => ({ occasionId, outcome: 'handed-over' as const })), world.now],
	}),
	unreachable: of<typeof import('../../../../../lib/store/unreachable')>({ markUnreachable: (world) => [world.store.db, world.store, world.ids('contact_points').map((contactPointId) => ({ contactPointId, channel: 'whatsapp' as const }))] }),
	waitingMessages: of<typeof import('../../../../../lib/store/waitingMessages')>({ waitingMessages: ({ store }) => [store, 0, 7] }),
	'whatsApp/whatsAppFacts': of<typeof import('../../../../../lib/store/whatsApp/whatsAppFacts')>({ whatsAppState: (world) => [world.store, world.ids('customers'), world.now, { besides: [] }] }),

	'segments/campaign': of<typeof import('../../../../../lib/store/segments/campaign')>({
		claimCampaign: (world) => [world.store, { ...segment(world), name: 'sun', round: { dueOn: world.today, expiresOn: '2026-12-24', hadSince: '2026-11-23' }, mostInRound: 2 }, claims, world.now],
		previewCampaign: (world) => [world.store, { ...segment(world), name: 'moon', round: { dueOn: world.today, expiresOn: '2026-12-24', hadSince: '2026-01-01' } }, 3],
	}),
	'segments/changes': of<typeof import('../../../../../lib/store/segments/changes')>({ claimSegmentChanges: (world) => [world.store, { ...segment(world), change: 'entered', expiresOn: '2026-12-24' }, claims, world.now] }),
	'segments/factSql': BLOCKS,
	'segments/members': of<typeof import('../../../../../lib/store/segments/members')>({
		countSegment: (world) => [world.store, WATCHED, scope(world)],
		segmentMembers: (world) => [world.store, WATCHED, scope(world), 3],
		countCustomers: ({ store }) => [store],
		segmentFacts: (world) => [world.store, world.ids('customers'), FACT_NAMES.filter((fact) => !['recency', 'frequency', 'monetary', 'lifecycle', 'aliveProbability', 'daysToNextPurchase', 'nextPurchaseOn'].includes(fact)), scope(world)],
		membersSql: BLOCKS,
		withSources: BLOCKS,
	}),
	'segments/ruleSql': BLOCKS,
	'segments/shopWide': of<typeof import('../../../../../lib/store/segments/shopWide')>({
		valueCuts: (world) => [world.store, scope(world), ['recency', 'frequency', 'monetary']],
		purchaseHistories: (world) => [world.store, scope(world)],
	}),
	'segments/sources': BLOCKS,

	'rollout/assignments': of<typeof import('../../../../../lib/store/rollout/assignments')>({ assignGroups: (world) => [world.store, world.ids('occasions').map((occasionId) => ({ occasionId, group: 'contact' as const })), world.today, world.now] }),
	'rollout/changes': of<typeof import('../../../../../lib/store/rollout/changes')>({
		openStep: ({ store, now }) => [store, 'promotional', { who: WHO, figures: {} }, now],
		openAllSteps: ({ store, now }) => [store, WHO, now],
		fallBack: ({ store, now }) => [store, 'relational', { who: WHO, figures: {} }, now],
		rolloutChanges: ({ store }) => [store, 100],
		stepSince: ({ store }) => [store],
	}),
	'rollout/channels': of<typeof import('../../../../../lib/store/rollout/channels')>({ channelsOfCampaigns: { with: ({ store }) => [store, ['birthday', 'recall.vision']], then: (found) => [...(found as Map<string, string[]>)].map(([name, channels]) => [name, [...channels].sort()]).sort() } }),
	'rollout/counted': BLOCKS,
	'rollout/counts': of<typeof import('../../../../../lib/store/rollout/counts')>({
		sentCounts: { with: ({ store }) => [store, { since: SINCE, anewWhenResumed: true }], then: unordered },
		rejectedCounts: { with: ({ store }) => [store, { since: SINCE }], then: unordered },
		dissatisfiedCounts: { with: ({ store }) => [store, { since: SINCE }], then: unordered },
		isWhatsAppRed: ({ store }) => [store],
	}),
	'rollout/harms': of<typeof import('../../../../../lib/store/rollout/harms')>({ harms: { with: ({ store }) => [store, { since: SINCE, campaigns: ['birthday', 'recall.vision', 'campaign.sun'], anewWhenResumed: true }], then: ({ ofCampaigns, whatsAppRed }) => [whatsAppRed, ...unordered(ofCampaigns)] } }),
	'rollout/holds': of<typeof import('../../../../../lib/store/rollout/holds')>({
		holdCampaigns: ({ store, now }) => [store, [{ campaign: 'birthday', reason: 'BRAKE_OPTOUTS', figures: {} }, { campaign: 'campaign.sun', reason: 'BRAKE_OPTOUTS', figures: {} }], now],
		resumeCampaign: (world) => [world.store, world.one('campaign_holds').id, WHO, '', world.now],
		campaignHolds: ({ store }) => [store, SINCE],
	}),
	'rollout/release': of<typeof import('../../../../../lib/store/rollout/release')>({ releaseHeld: ({ store, now }) => [store, { reasons: ['ROLLOUT_PHASE'] }, now] }),
	'rollout/standing': of<typeof import('../../../../../lib/store/rollout/standing')>({ rolloutStanding: ({ store }) => [store] }),
	'rollout/stepFigures': of<typeof import('../../../../../lib/store/rollout/stepFigures')>({ staffFigures: ({ store, now }) => [store, SINCE, now] }),
	'report/campaigns': of<typeof import('../../../../../lib/store/report/campaigns')>({
		campaignFigures: ({ store, today }) => [store, { ...DAY, today }],
		unsentReasons: ({ store, today }) => [store, { ...DAY, today }],
	}),
	'report/costs': of<typeof import('../../../../../lib/store/report/costs')>({ campaignCosts: ({ store }) => [store, '2020-01-01'] }),
	'report/goals': of<typeof import('../../../../../lib/store/report/goals')>({
		setGoal: (world) => [world.store, { segment: 'at-risk', goal: 'return', target: 100, dueOn: '2027-01-01', setOn: world.today, setBy: WHO, rule: WATCHED, scope: scope(world) }, world.now],
		endGoal: (world) => [world.store, world.one('segment_goals').id, world.now],
		openGoals: ({ store }) => [store],
		goalCounts: (world) => [world.store, goalOf(world), world.today, SEGMENT_DEFAULTS.usefulMonths],
	}),
	'report/kpis': of<typeof import('../../../../../lib/store/report/kpis')>({ monthFigures: ({ store }) => [store, { months: ['2026-10', '2026-11'], lapsedMonths: 36, usefulMonths: SEGMENT_DEFAULTS.usefulMonths }] }),
	'report/ranges': { customerRanges: { with: ({ store }: World) => [store], then: customersIn } },
	'report/useful': BLOCKS,
};

/** A text for each occasion, and for each that has a message already, the expired ones among them. */
function queued(world: World): NewMessage[] {
	const pointOf = new Map(world.rows('contact_points').map((point) => [point.customer_id, point.id]));
	return world.rows('occasions').filter(({ customer_id: customerId }) => pointOf.has(customerId)).map(({ id, customer_id: customerId }) => ({
		customerId, occasionId: id, contactPointId: pointOf.get(customerId) as number, decisionId: world.rows('decisions').find(({ occasion_id: of }) => of === id)?.id, expiresOn: '2026-12-24', contentHash: 'new',
		message: { channel: 'email', class: 'relational', language: 'it', templateId: 'birthday', templateVersion: 1, body: 'B', text: 'T', html: '<p>' },
	}));
}

/** Rows that the statement itself does not order. */
function unordered(rows: object[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}

/** How many customers there are in all ranges: where a range ends, no other shop's customer counts. */
async function customersIn(ranges: AsyncIterable<{ from: number; to: number }>, { store }: World): Promise<number> {
	let customers = 0;
	for await (const { from, to } of ranges) customers += (await store.db.selectFrom('customers').select('id').where('shop_id', '=', store.shop.id).where('id', '>=', from).where('id', '<=', to).execute()).length;
	return customers;
}

import type { HealthFacts } from '../../../lib/domain/health';
import type { HealthPageState } from '../../../lib/desk/health/page';
import { judge } from '../../../lib/health/judge';
import type { PhonePageState } from '../../../lib/desk/phone/state';
import type { WorkflowsState } from '../../../lib/desk/workflows/state';
import type { ResultsPageState } from '../../../lib/desk/results/state';
import type { RolloutPageState } from '../../../lib/desk/rollout/state';
import type { CampaignReport } from '../../../lib/domain/report';
import type { ChannelsState, SampleState, TextsState } from '../../../lib/desk/approve/state';
import type { DeskFrame, DeskMessage, ProblemState } from '../../../lib/desk/state';
import type { ApproveState, HistoryEntry, MessagePageState } from '../../../lib/desk/approve/state';
import type { LoginState } from '../../../lib/desk/login/state';
import type { TodayState } from '../../../lib/desk/today/state';

/** Gives the text of a field: fixed words in plain tests, anything at all in property tests. */
export type Words = (plain: string) => string;

const asIs: Words = (plain) => plain;

export function frame(words = asIs): DeskFrame {
	return {
		language: 'it',
		shopName: words('Ottica Lumière'),
		timeZone: 'Europe/Rome',
		today: '2026-11-22',
		rehearsal: true,
		userName: words('Chiara'),
		role: 'lead',
		section: 'approve',
		csrf: words('token-of-the-session'),
		flash: { code: 'approved', count: 2, left: 1 },
	};
}

export function message(id: number, words = asIs): DeskMessage {
	return {
		id,
		contentHash: words('0123456789abcdef'),
		customerName: words(`Cliente ${id}`),
		occasion: { kind: 'birthday', dueOn: '2026-11-22', turns: 45 },
		channel: 'email',
		textLanguage: 'it',
		subject: words('Tanti auguri!'),
		body: words('Gentile cliente,\n\nauguri.'),
		expiresOn: '2026-11-22',
		why: { code: 'ALLOW_CONSENT', consent: { capturedAt: '2023-02-02T23:30:00.000Z', source: words('import'), method: words('paper') } },
	};
}

export function today(words = asIs): TodayState {
	return {
		...frame(words),
		tasks: [{ kind: 'ticket', count: 2, tomorrow: 0, minutes: 6 }, { kind: 'call', count: 12, tomorrow: 3, minutes: 48 }, { kind: 'approval', count: 45, tomorrow: 0, minutes: 23 }],
		urgentTickets: 1,
		callsPerDay: 12,
		openBatches: 1,
		alerts: [{ id: 1, kind: 'circuit', subject: words('shop'), code: words('SMTP_535'), since: '2026-11-22T07:00:00.000Z' }, { id: 2, kind: words('other'), subject: words('x'), code: 'Y', since: '2026-11-21T07:00:00.000Z', until: '2026-11-21T09:00:00.000Z', seenBy: words('Marco') }],
		counts: { pending: 45, approved: 3, sentToday: 12, failed: 1, uncertain: 4, review: 3 },
		uncertain: [{ id: 7, customerName: words('Teresa'), channel: 'email', subject: words('Auguri'), since: '2026-11-22T07:02:11.000Z' }],
		review: [
			{
				id: 9, customerName: words('Ada'), occasion: { kind: 'recall.vision', dueOn: '2026-11-20' }, channel: 'email', reason: 'BASIS_UNCERTAIN', mayBeRequest: true,
				recorded: { basis: words('contratto'), capturedAt: '2024-05-01T22:30:00.000Z', source: words('import') }, notices: ['2024-01', words('2020-01')], noticeVersion: '2024-01',
			},
			{ id: 10, customerName: words('Bruno'), occasion: { kind: 'birthday', dueOn: '2026-11-22', turns: 40 }, channel: 'sms', reason: words('OTHER_REASON'), mayBeRequest: false, notices: [] },
		],
	};
}

export function approve(words = asIs): ApproveState {
	return {
		...frame(words),
		kinds: [{ kind: 'birthday', pending: 40 }, { kind: `campaign.${words('sole')}`, pending: 5 }],
		channels: ['email', words('sms')],
		templates: ['birthday', words('sole')],
		place: { page: 2, kind: 'birthday' },
		total: 45,
		messages: [message(21, words), { ...message(22, words), occasion: { kind: words('campaign.x'), dueOn: '2026-11-20' }, why: { code: words('OTHER_CODE') } }, message(23, words)],
	};
}

export function messagePage(words = asIs): MessagePageState {
	const history: HistoryEntry[] = [
		{ at: '2026-11-22T07:00:00.000Z', state: 'pending', who: 'workflow' },
		{ at: '2026-11-22T08:00:00.000Z', state: 'pending', who: words('Marco'), why: words('EDITED') },
	];
	return {
		...frame(words),
		message: { ...message(21, words), rewording: { original: words('Gentile cliente,\n\ntanti auguri.'), model: words('gpt'), at: '2026-11-22T07:00:00.000Z' }, state: 'pending', customerId: 5, recipient: words('c@example.it'), text: words('Testo intero'), hasHtml: true, remarks: ['HARD_TO_READ'] },
		story: [
			{ day: '2024-11-14', what: 'exam', kind: words('vision') },
			{ day: '2024-11-20', what: 'purchase', kind: 'spectacles', details: words('Montatura') || 'x' },
			{ day: '2026-01-10', what: 'message', kind: words('birthday'), details: words('email') || 'x' },
		],
		history,
		place: { page: 2, kind: 'birthday' },
		draft: { subject: words('Mio oggetto'), body: words('Mio testo') },
		fault: 'changed',
	};
}

export function login(words = asIs): LoginState {
	return { language: 'it', shopName: words('Ottica Lumière'), notice: 'wrong', user: words('chiara'), held: words('action=approve') || 'x', wanted: { view: 'today', place: { page: 2, kind: words('birthday') || 'x' } } };
}

export function problem(words = asIs): ProblemState {
	return { language: 'it', shopName: words('Ottica Lumière') || 'x', problem: 'expired', typed: { subject: words('Oggetto'), body: words('Testo') } };
}

export function sample(words = asIs): SampleState {
	return {
		...frame(words), place: { page: 1, kind: 'birthday', q: words('ro') || 'x' }, total: 40, reworded: 2, texts: 2, claim: words('5.1.x') || 'x',
		messages: [{ ...message(21, words), text: words('Gentile cliente,\n\nauguri.'), template: words('birthday') }],
	};
}

export function channels(words = asIs): ChannelsState {
	return {
		...frame(words), message: message(21, words), place: { page: 1 },
		channels: [
			{ channel: 'sms', may: true, reason: 'ALLOW_CONSENT', recipient: words('+39333') || 'x' },
			{ channel: 'letter', may: false, reason: words('CONSENT_MISSING') },
			{ channel: 'call', may: false, reason: 'NO_TEXT' },
		],
	};
}

export function texts(words = asIs): TextsState {
	return {
		...frame(words),
		texts: [{
			template: words('birthday'), channel: words('email'), version: 2, written: 100, sent: 80, untouched: 70, edited: 12, rejected: 3, complaints: 2, source: words('Tanti auguri {{customer.firstName}}!'),
			remarks: [{ about: 'sounds', words: words('finto') || 'x', who: words('Marco'), at: '2026-11-21T08:00:00.000Z' }, { about: 'rejected', words: words('wording: brutto') || 'x', who: 'Chiara', at: '2026-11-20T08:00:00.000Z' }],
			edits: [{ removed: words('Tanti auguri') || 'x', added: words('Auguri') || 'x', times: 3, before: words('Tanti auguri Ada'), after: words('Auguri Ada') }],
		}],
	};
}

export function phone(words = asIs): PhonePageState {
	return {
		...frame(words), section: 'phone', hasPhone: true, picture: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', badNumber: words('333 abc'), sent: { today: 3, limit: 20 },
		device: { state: 'pairing', connected: false, isHeld: true, number: words('+39333'), code: words('ABCD1234') || 'x', stoppedCode: words('WA_463'), stoppedAt: '2026-11-20T08:00:00.000Z', linkedAt: '2026-11-01T08:00:00.000Z' },
	};
}

/** The system in all its trouble. */
export function health(words = asIs): HealthPageState {
	const [at, since] = ['2026-11-22T08:00:00.000Z', '2026-11-18T08:00:00.000Z'];
	const facts: HealthFacts = {
		at, today: '2026-11-22',
		store: { kind: 'file', schemaVersion: 33, bytes: 50_000_000, freeBytes: 100_000_000, lastBackup: since },
		queue: {
			pending: { count: 40, oldest: since }, approved: { count: 3, oldest: since, byChannel: { email: { count: 3, oldest: since } } }, overdue: { count: 1, oldest: since },
			uncertain: { count: 2, oldest: since }, failed: 12, tickets: { count: 5, oldest: since }, lostLeases: { count: 4, oldest: since },
		},
		senders: [{ name: words('smtp:ciao@ottica.example'), channel: 'email', circuit: 'open', openUntil: at, code: words('SMTP_535') || 'x', failures: 3, openings: 1, today: 7 }],
		channels: [{ channel: 'email', held: 1, lastSent: since, lastFailed: { at: since, code: words('SMTP_535') || 'x' } }, { channel: 'sms', held: 0, lastSent: at }],
		polls: [{ kind: words('birthday'), lastAt: since, everyMinutes: 60, state: 'late' }, { kind: 'recall.vision', lastAt: at, everyMinutes: 60, state: 'onTime' }],
		heard: [{ channel: words('sms'), kind: words('reply'), lastAt: since }],
		alerts: { circuit: 1 }, holds: 1, sessions: 2,
		phone: { state: 'linked', connected: false, isHeld: true, isStopped: true },
		signs: [],
	};
	return { ...frame(words), section: 'health', health: judge(facts) };
}

export function rollout(words = asIs): RolloutPageState {
	const criteria: RolloutPageState['criteria'] = [
		{ name: 'completeness', value: 0.725, threshold: 0.6, must: 'atLeast', holds: true },
		{ name: 'decided', value: 1234, threshold: 20, must: 'atLeast', holds: true },
		{ name: 'optOuts', threshold: 0.02, must: 'atMost', holds: true },
	];
	return {
		...frame(words), section: 'rollout',
		step: 'relational', since: '2026-10-01T08:00:00.000Z', next: 'recall', criteria, ready: true,
		holds: [
			{ id: 3, campaign: words('birthday'), channel: 'email', reason: 'BRAKE_OPTOUTS', figures: { bad: 6, of: 60, threshold: 0.02 }, heldAt: '2026-11-20T08:00:00.000Z' },
			{ id: 2, campaign: words('welcome'), reason: words('BRAKE_X'), figures: {}, heldAt: '2026-11-01T08:00:00.000Z', resumedAt: '2026-11-02T08:00:00.000Z', resumedBy: words('Marco'), note: words('testo cambiato') },
		],
		changes: [{ step: 'relational', kind: 'opened', at: '2026-10-01T08:00:00.000Z', who: words('Chiara'), criteria, note: words('si parte') }],
		fault: 'noteMissing',
	};
}

export function workflows(words = asIs): WorkflowsState {
	const one = (file: string) => ({ file, name: words('20 Vision recall'), address: `https://n8n.example/${words('desk')}?workflow=${file}` });
	return { ...frame(words), section: 'workflows', steps: [{ step: 'recall', workflows: [one('20-vision-recall.json'), one('29-own.json')] }] };
}

/** The campaign that a test changes as it wants: too early to tell. */
export function campaignReport(changes: Partial<CampaignReport> = {}): CampaignReport {
	return {
		campaign: 'recall.vision', class: 'recall', due: 1234, heldOut: 120, sent: 1000, delivered: 980, answered: 90, booked: 60, optedOut: 7, over: { contact: 800, holdout: 80 }, returned: { contact: 200, holdout: 16 },
		revenueCents: { contact: 4_000_000, holdout: 240_000 }, returnDifference: { difference: 0.05, low: -0.046, high: 0.128 }, revenueDifference: { difference: 2000, low: -1500, high: 5500 },
		verdict: 'too-early', moreAssignments: 900, moreWeeks: 31, advice: 'wait', messages: 1010, staffMinutes: 505, costCents: 45_000, unsent: [{ reason: 'CONSENT_MISSING', count: 100 }, { reason: 'rejected', count: 14 }], ...changes,
	};
}

export function results(words = asIs): ResultsPageState {
	const month = (name: string, value: number) => ({ month: name, returnFrequency: { value, yearBefore: 0.5 }, averageBasket: { value: value * 40_000, yearBefore: 20_000 }, concurrentEquipments: { value: 1.25 } });
	const image = { light: 'data:image/svg+xml;base64,PHN2Zy8+', dark: 'data:image/svg+xml;base64,PHN2Zy8+', width: 340, height: 220 };
	return {
		...frame(words), section: 'results',
		report: {
			shop: words('Ottica Lumière'), madeAt: '2026-11-22T08:00:00.000Z', period: { from: '2025-12-01', to: '2026-11-22' }, settings: { months: 12, windowDays: 60, leastEffect: 0.1, centsAnHour: 2500 },
			kpis: [month('2026-09', 0.5), month('2026-10', 0.52)],
			campaigns: [campaignReport(), campaignReport({ campaign: words('campaign.sole'), verdict: 'no-holdout', advice: 'hold-out', heldOut: 0, returnDifference: undefined, revenueDifference: undefined, over: { contact: 3, holdout: 0 }, unsent: [{ reason: words('OTHER'), count: 2 }] })],
			goals: [
				{ id: 3, segment: 'lapsed', goal: 'return', months: 6, target: 300, dueOn: '2027-06-30', setOn: '2026-10-01', setBy: words('Chiara'), setAt: '2026-10-01T08:00:00.000Z', state: 'behind', members: 200, there: 10, startPermille: 0, permille: 50, missing: 50, daysLeft: 220 },
				{ id: 4, segment: words('unknown'), goal: 'second-pair', target: 50, dueOn: '2027-06-30', setOn: '2026-10-01', setBy: words('Chiara'), setAt: '2026-10-01T08:00:00.000Z', state: 'nobody', members: 0, there: 0, missing: 0, daysLeft: 220 },
			],
		},
		charts: { kpis: { returnFrequency: image, averageBasket: image, concurrentEquipments: image }, campaigns: image },
		segments: ['lapsed', 'atRisk'],
		fault: 'months',
		typed: { segment: 'lapsed', goal: 'return', months: words('x'), percent: words('30'), dueOn: words('2027-01-01') },
	};
}

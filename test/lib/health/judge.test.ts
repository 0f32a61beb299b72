import type { HealthFacts } from '../../../lib/domain/health';
import { plusMinutes } from '../../../lib/domain/time';
import { findingInWords } from '../../../lib/desk/health/words';
import { judge, pollOf } from '../../../lib/health/judge';
import { health } from '../desk/states';

const AT = '2026-11-22T08:00:00.000Z';
const ago = (minutes: number) => plusMinutes(AT, -minutes);
const [HOUR, DAY] = [60, 1440];

/** A shop that is well. */
const WELL: HealthFacts = {
	at: AT, today: '2026-11-22',
	store: { kind: 'file', schemaVersion: 33, bytes: 1e7, freeBytes: 1e10, lastBackup: ago(DAY) },
	queue: { pending: { count: 3, oldest: ago(DAY) }, approved: { count: 1, oldest: ago(10), byChannel: {} }, overdue: { count: 0 }, uncertain: { count: 0 }, failed: 1, tickets: { count: 1, oldest: ago(HOUR) }, lostLeases: { count: 0 } },
	senders: [], channels: [], polls: [pollOf({ name: 'birthday', lastAt: ago(HOUR), everyMinutes: HOUR }, AT)], heard: [], alerts: {}, holds: 0, sessions: 1, signs: [],
};
const codes = (changes: Partial<HealthFacts>) => judge({ ...WELL, ...changes }).findings.map(({ code, level }) => `${level} ${code}`);
const queue = (changes: Partial<HealthFacts['queue']>) => ({ queue: { ...WELL.queue, ...changes } });
const store = (changes: Partial<HealthFacts['store']>) => ({ store: { ...WELL.store, ...changes } });

it('a shop that is well has nothing to do', () => {
	expect(judge(WELL)).toMatchObject({ state: 'ok', findings: [] });
});

it.each<[string, Partial<HealthFacts>, string[]]>([
	['a disk that is almost full', store({ freeBytes: 1e8 }), ['bad diskFull']],
	['too little room for a copy of a large store', store({ bytes: 2e10 }), ['warn diskLow']],
	['no backup', store({ lastBackup: undefined }), ['warn backupNever']],
	['PostgreSQL, which others back up', store({ kind: 'postgres', lastBackup: undefined, freeBytes: undefined }), []],
	['an old backup', store({ lastBackup: ago(2 * DAY + 1) }), ['warn backupOld']],
	['messages that nobody approves', queue({ pending: { count: 3, oldest: ago(2 * DAY + 1) } }), ['warn pendingOld']],
	['approved messages that nobody sends', queue({ approved: { count: 3, oldest: ago(HOUR + 1), byChannel: {} } }), ['bad approvedOld']],
	['a sending that was cut off', queue({ overdue: { count: 1, oldest: ago(1) } }), ['warn overdue']],
	['uncertain messages', queue({ uncertain: { count: 2, oldest: ago(HOUR) } }), ['warn uncertain']],
	['uncertain messages that nobody looks at', queue({ uncertain: { count: 2, oldest: ago(DAY + 1) } }), ['bad uncertainOld']],
	['failures by the dozen', queue({ failed: 10 }), ['warn failedMany']],
	['customers without an answer', queue({ tickets: { count: 1, oldest: ago(2 * DAY + 1) } }), ['warn ticketsOld']],
	['a provider that does not work', { senders: [{ name: 'twilio', channel: 'sms', circuit: 'open', openUntil: AT, failures: 3, openings: 1, today: 0 }] }, ['bad senderOpen']],
	['held campaigns', { holds: 2 }, ['warn holds']],
	['no search at all', { polls: [] }, ['warn pollNever']],
	['a phone that is offline', { phone: { state: 'linked', connected: false, isHeld: true, isStopped: false } }, ['warn phoneOffline']],
	['a phone that was restricted', { phone: { state: 'linked', connected: true, isHeld: true, isStopped: true } }, ['bad phoneStopped']],
	['a phone that was logged out', { phone: { state: 'loggedOut', connected: false, isHeld: true, isStopped: false } }, ['warn phoneUnlinked']],
])('tells of %s', (_, changes, found) => {
	expect(codes(changes)).toEqual(found);
});

it.each([
	[60, 89, 'onTime'], [60, 91, 'late'], [1, 29, 'onTime'], [1, 31, 'late'], [DAY, 1.4 * DAY, 'onTime'], [DAY, 1.6 * DAY, 'late'], [60, 59 * DAY, 'late'], [60, 61 * DAY, 'off'],
])('a poll of each %d minutes that came %d minutes ago is %s', (everyMinutes, minutes, state) => {
	expect(pollOf({ name: 'birthday', lastAt: ago(minutes), everyMinutes }, AT).state).toBe(state);
});

it('puts the worst first, and has words for each of them in both languages', () => {
	const { state, findings } = judge({ ...health().health });
	expect(state).toBe('bad');
	expect(findings.map(({ level }) => level)).toEqual([...findings].map(({ level }) => level).sort());
	const known = new Set(findings.map(({ code }) => code));
	expect(known.size).toBeGreaterThanOrEqual(10);
	for (const language of ['it', 'en'] as const) for (const finding of findings) expect(findingInWords(finding, 'Europe/Rome', language)).toEqual({ what: expect.stringMatching(/^[^{}]{10,}$/), next: expect.stringMatching(/^[^{}]{20,}$/), ...(finding.since && finding.code !== 'senderOpen' && { since: expect.any(String) }) });
});

import { HEALTH_LEVELS, type Finding, type Health, type HealthFacts, type HealthLevel, type PollHealth, type SignOfLife, type Waiting } from '../domain/health';
import { plusMinutes, type Instant } from '../domain/time';

const HOUR = 60;
const DAY = 24 * HOUR;
const MEGABYTE = 1024 * 1024;

/* Ours, all of them: what a shop of a few people should hear of. Minutes, unless said otherwise. */

/** A poll is late after one and a half times its interval, and never before half an hour. */
const POLL_GRACE = { share: 1.5, least: 30 };
/** A search that was silent for so long was switched off. */
const SWITCHED_OFF = 60 * DAY;
/** A message that the staff do not look at for two days gets old with its occasion. */
const PENDING_OLD = 2 * DAY;
/** What is approved leaves with the next run of the workflow Senders, which comes every few minutes. */
const APPROVED_OLD = HOUR;
const UNCERTAIN_OLD = DAY;
const TICKET_OLD = 2 * DAY;
const BACKUP_OLD = 2 * DAY;
/** In a day; a single wrong address is everyday life. */
const FAILED_MANY = 10;
/** Below these an embedded store has little room, or none: a copy of itself must find place beside it. */
const DISK_LOW = 2048 * MEGABYTE;
const DISK_FULL = 256 * MEGABYTE;

/** Whether a search for who is due came when it should have. */
export function pollOf({ name, lastAt, everyMinutes = DAY }: Pick<SignOfLife, 'name' | 'lastAt' | 'everyMinutes'>, now: Instant): PollHealth {
	const late = plusMinutes(lastAt, Math.max(POLL_GRACE.least, everyMinutes * POLL_GRACE.share));
	return { kind: name, lastAt, everyMinutes, state: now <= late ? 'onTime' : now <= plusMinutes(lastAt, SWITCHED_OFF) ? 'late' : 'off' };
}

/** What somebody should look at, the worst first, and how it does as a whole. The clock is in the facts. */
export function judge(facts: HealthFacts): Health {
	const findings = [...ofStore(facts), ...ofQueue(facts), ...ofSenders(facts), ...ofPolls(facts), ...ofPhone(facts)].sort((one, other) => rank(other.level) - rank(one.level));
	return { ...facts, findings, state: findings[0]?.level ?? 'ok' };
}

function rank(level: HealthLevel): number {
	return HEALTH_LEVELS.indexOf(level);
}

function ofStore({ at, store: { kind, freeBytes, lastBackup, bytes } }: HealthFacts): Finding[] {
	const findings: Finding[] = [];
	if (freeBytes !== undefined) {
		const about = String(Math.floor(freeBytes / MEGABYTE));
		if (freeBytes < DISK_FULL) findings.push({ code: 'diskFull', level: 'bad', count: 1, about });
		else if (freeBytes < Math.max(DISK_LOW, bytes)) findings.push({ code: 'diskLow', level: 'warn', count: 1, about });
	}
	if (kind === 'postgres') return findings;
	if (lastBackup === undefined) findings.push({ code: 'backupNever', level: 'warn', count: 1 });
	else if (isOlder({ oldest: lastBackup }, BACKUP_OLD, at)) findings.push({ code: 'backupOld', level: 'warn', count: 1, since: lastBackup });
	return findings;
}

function ofQueue({ at, queue: { pending, approved, overdue, uncertain, failed, tickets } }: HealthFacts): Finding[] {
	const findings: Finding[] = [];
	const old = (code: Finding['code'], level: Finding['level'], { count, oldest }: Waiting) => findings.push({ code, level, count, since: oldest });
	if (isOlder(uncertain, UNCERTAIN_OLD, at)) old('uncertainOld', 'bad', uncertain);
	else if (uncertain.count > 0) old('uncertain', 'warn', uncertain);
	if (overdue.count > 0) old('overdue', 'warn', overdue);
	if (isOlder(approved, APPROVED_OLD, at)) old('approvedOld', 'bad', approved);
	if (isOlder(pending, PENDING_OLD, at)) old('pendingOld', 'warn', pending);
	if (isOlder(tickets, TICKET_OLD, at)) old('ticketsOld', 'warn', tickets);
	if (failed >= FAILED_MANY) findings.push({ code: 'failedMany', level: 'warn', count: failed });
	return findings;
}

function isOlder({ oldest }: Pick<Waiting, 'oldest'>, minutes: number, now: Instant): boolean {
	return oldest !== undefined && plusMinutes(oldest, minutes) < now;
}

function ofSenders({ senders, holds }: HealthFacts): Finding[] {
	const open = senders.filter(({ circuit }) => circuit !== 'closed').map(({ channel, openUntil }): Finding => ({ code: 'senderOpen', level: 'bad', count: 1, about: channel, since: openUntil }));
	return holds > 0 ? [...open, { code: 'holds', level: 'warn', count: holds }] : open;
}

function ofPolls({ polls }: HealthFacts): Finding[] {
	if (polls.length === 0) return [{ code: 'pollNever', level: 'warn', count: 1 }];
	return polls.filter(({ state }) => state === 'late').map(({ kind, lastAt }) => ({ code: 'pollLate', level: 'bad', count: 1, about: kind, since: lastAt }));
}

function ofPhone({ phone }: HealthFacts): Finding[] {
	if (!phone) return [];
	if (phone.isStopped) return [{ code: 'phoneStopped', level: 'bad', count: 1 }];
	if (phone.state !== 'linked') return [{ code: 'phoneUnlinked', level: 'warn', count: 1 }];
	return phone.connected ? [] : [{ code: 'phoneOffline', level: 'warn', count: 1 }];
}

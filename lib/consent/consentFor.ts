import type { ConsentRecord, ConsentStatus } from '../domain/consent';
import type { ConsentFact } from '../domain/consentFacts';
import type { Channel, Purpose } from '../domain/glossary';
import type { Instant } from '../domain/time';

/** What the customer last said about a channel and purpose, as it stands now. */
export interface ConsentInForce {
	record: ConsentFact;
	/** The record's status, save that a grant which carries a withdrawal is `withdrawn` and one that has ended is `expired`. */
	status: ConsentStatus;
}

const WHATSAPP: ReadonlyArray<ConsentRecord['channel']> = ['whatsapp', 'whatsappLinked'];
/** Purposes for which it does not matter by which channel the customer is written to. */
const WITHOUT_CHANNEL: readonly Purpose[] = ['health', 'profiling'];

/** Of two records of the same moment the one further down counts. */
const FROM_FREEST_TO_STRICTEST: readonly ConsentStatus[] = ['granted', 'unknown', 'pending', 'expired', 'denied', 'withdrawn', 'objected'];

/**
 * The record in force for a channel and purpose at `now`; undefined when the customer never said anything.
 *
 * The chain is read in the order in which the customer spoke (`capturedAt`), not in which it was written down (`sequence`): an export
 * of last year, imported today, is last year's word. Each record then replaces the one before, with these exceptions, all of which can only
 * make the answer stricter:
 * - A withdrawal or objection is replaced only by a grant given later, or by another withdrawal or objection. A denial likewise gives way
 *   only to those and to a later denial. What is blank, unknown or pending lifts nothing (RULES 3 and 18).
 * - A grant counts from when it was spoken or when it was recorded, whichever is earlier, so that no wrong date in a file recorded before
 *   a withdrawal can grant again. It must be a consent, begun, and name this very channel and purpose: "everything, everywhere" is no
 *   specific consent (RULES 9). If it names a contact point, it counts for that one only.
 * - A no may name `any` channel or purpose (`any` purpose is every purpose but service), and counts for the person, on whatever address. On
 *   WhatsApp, official or linked, a no to either counts for both, and whoever withdrew or objected anywhere did so here too (RULES 29).
 * - What says how data may be used, and not how to make contact (health, profiling), may name any channel.
 * - At the same moment the stricter record wins, whatever the order of the rows.
 *
 * A grant stands until something later says otherwise; its age alone does not end it (RULES 18), its own `effectiveTo` does.
 * @param contactPointId the address that would be used; without it, grants for a single contact point do not count
 */
export function consentFor(
	records: readonly ConsentFact[],
	channel: Channel,
	purpose: Purpose,
	now: Instant,
	contactPointId?: number,
): ConsentInForce | undefined {
	return records
		.filter((record) => coversPurpose(record.purpose, purpose))
		.map((record) => ({ record, status: statusAt(record, now) }))
		.filter(({ record, status }) => concerns(record, status, channel) && counts(record, status, { channel, purpose, now, contactPointId }))
		.map((said) => ({ ...said, time: spokenAt(said.record) }))
		.sort(bySpokenOrder)
		.reduce<ConsentInForce | undefined>((last, { record, status }) => (givesWay(last, status) ? { record, status } : last), undefined);
}

/** Whether something said about `stated` covers `purpose`. Service is never meant by "everything": it is no marketing. */
export function coversPurpose(stated: ConsentRecord['purpose'], purpose: Purpose): boolean {
	return stated === purpose || (stated === 'any' && purpose !== 'service');
}

function concerns(record: ConsentFact, status: ConsentStatus, channel: Channel): boolean {
	if (record.channel === channel || record.channel === 'any') return true;
	if (!WHATSAPP.includes(channel)) return false;
	return isStop(status) || (isNo(status) && WHATSAPP.includes(record.channel));
}

interface Question {
	channel: Channel;
	purpose: Purpose;
	now: Instant;
	contactPointId?: number;
}

function counts(record: ConsentFact, status: ConsentStatus, { channel, purpose, now, contactPointId }: Question): boolean {
	if (isNo(status)) return true;
	if (record.contactPointId !== undefined && record.contactPointId !== contactPointId) return false;
	if (record.status !== 'granted') return true;
	const onBasis = record.legalBasis === 'consent' || (record.legalBasis === 'request' && purpose === 'recall');
	const onChannel = record.channel === channel || (record.channel === 'any' && WITHOUT_CHANNEL.includes(purpose));
	const specific = onBasis && onChannel && record.purpose === purpose;
	const begun = Date.parse(record.capturedAt) <= Date.parse(now) && Date.parse(record.effectiveFrom ?? record.capturedAt) <= Date.parse(now);
	return specific && begun;
}

function statusAt(record: ConsentFact, now: Instant): ConsentStatus {
	if (record.status !== 'granted') return record.status;
	if (record.withdrawnAt !== undefined) return 'withdrawn';
	return record.effectiveTo !== undefined && !(Date.parse(now) < Date.parse(record.effectiveTo)) ? 'expired' : 'granted';
}

/** The moment from which a record counts, in milliseconds; an unreadable one is the strictest. */
function spokenAt({ status, capturedAt, withdrawnAt, recordedAt }: ConsentFact): number {
	if (status === 'granted' && withdrawnAt === undefined) return Math.min(Date.parse(capturedAt), Date.parse(recordedAt));
	const spoken = Math.max(Date.parse(capturedAt), Date.parse(withdrawnAt ?? capturedAt));
	return Number.isNaN(spoken) ? Infinity : spoken;
}

function isStop(status: ConsentStatus): boolean {
	return status === 'withdrawn' || status === 'objected';
}

/** Whether somebody said no. */
export function isNo(status: ConsentStatus): boolean {
	return isStop(status) || status === 'denied';
}

function givesWay(last: ConsentInForce | undefined, next: ConsentStatus): boolean {
	if (!last || next === 'granted' || isStop(next)) return true;
	if (isStop(last.status)) return false;
	return last.status === 'denied' ? next === 'denied' : true;
}

interface Spoken extends ConsentInForce {
	time: number;
}

/** By moment, then by strictness, then by what else can matter, so that ids and the order of the rows never decide. */
function bySpokenOrder(one: Spoken, other: Spoken): number {
	if (one.time !== other.time) return one.time - other.time;
	const strictness = FROM_FREEST_TO_STRICTEST.indexOf(one.status) - FROM_FREEST_TO_STRICTEST.indexOf(other.status);
	return strictness || compare(tieBreak(other.record), tieBreak(one.record));
}

/** Of two grants of one moment the one that names no notice, or was spoken earlier, comes last, and so counts. */
function tieBreak({ noticeVersion = '', capturedAt }: ConsentFact): string {
	return JSON.stringify([noticeVersion, capturedAt]);
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

import type { ConsentRecord, ContactPointFact, CustomerFacts } from './consent';
import type { Instant, LocalDate } from './time';

/**
 * What the contact rules read of a living customer, put together by the database for many customers at once: JSON texts, which customers
 * of the same kind share to the letter. What no rule reads (sources, evidence, hashes) is not in it.
 */
export interface FactOutline {
	birthDate: LocalDate | null;
	/** A list of `OutlinedPoint`, the oldest (lowest id) first. */
	contactPoints: string | null;
	/** A list of `OutlinedConsent`, in any order. */
	consents: string | null;
	/** A list of `OutlinedMoments`, in the order of `consents`. */
	moments: string | null;
	/** For each of the consents the place of the contact point that it names, -1 for one that is gone, or null; absent where none names one. */
	namedPoints: string | null;
}

/** `suppressedFor` with commas between the purposes. */
export type OutlinedPoint = [kind: string, line: string | null, status: string, preferred: number, suppressedFor: string | null];
export type OutlinedConsent = [channel: string, purpose: string, status: string, legalBasis: string, noticeVersion: string | null];
/** `recordedAt` is left out where it lies after `capturedAt`: of the two the rules take the earlier one. */
export type OutlinedMoments = [capturedAt: Instant, recordedAt: Instant | null, effectiveFrom: Instant | null, effectiveTo: Instant | null, withdrawnAt: Instant | null];

/** The facts that an outline stands for, as a decision reads them; the id of a contact point is its place. */
export function factsOf({ birthDate, contactPoints, consents, moments, namedPoints }: FactOutline): CustomerFacts {
	const times = listOf<OutlinedMoments>(moments);
	const named = listOf<number | null>(namedPoints);
	return {
		customerId: 0,
		birthDate: birthDate ?? undefined,
		deceased: false,
		contactPoints: listOf<OutlinedPoint>(contactPoints).map((point, index) => contactPointOf(point, index)),
		consents: listOf<OutlinedConsent>(consents).map((consent, index) => recordOf(consent, times[index], named[index])),
	};
}

function contactPointOf([kind, line, status, preferred, suppressedFor]: OutlinedPoint, id: number): ContactPointFact {
	return { id, kind, line: line ?? undefined, status, preferred: preferred === 1, suppressedFor: suppressedFor?.split(',') ?? [] } as ContactPointFact;
}

function recordOf([channel, purpose, status, legalBasis, noticeVersion]: OutlinedConsent, times: OutlinedMoments, contactPointId: number | null | undefined): ConsentRecord {
	const [capturedAt, recordedAt, effectiveFrom, effectiveTo, withdrawnAt] = times.map((moment) => moment ?? undefined) as [Instant, ...Array<Instant | undefined>];
	return {
		id: 0, customerId: 0, sequence: 0, source: '', previousHash: '', hash: '',
		channel, purpose, status, legalBasis, capturedAt, effectiveFrom, effectiveTo, withdrawnAt,
		noticeVersion: noticeVersion ?? undefined,
		contactPointId: contactPointId ?? undefined,
		recordedAt: recordedAt ?? capturedAt,
	} as ConsentRecord;
}

function listOf<Entry>(text: string | null): Entry[] {
	return text === null ? [] : (JSON.parse(text) as Entry[]);
}

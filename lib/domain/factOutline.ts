import type { ConsentPurpose } from './consent';
import type { ConsentFact, ContactPointFact, CustomerFacts, RpoFact } from './consentFacts';
import type { Channel } from './glossary';
import type { Instant, LocalDate } from './time';

/**
 * What the contact rules read of a living customer, put together by the database for many customers at once: JSON texts, which customers
 * of the same kind share to the letter, and apart from them the days and moments, which are each one's own.
 */
export interface FactOutline {
	birthDate: LocalDate | null;
	preferredChannel: string | null;
	/** As in the facts. */
	contractUntil: LocalDate | null;
	/** A list of `OutlinedPoint`, the oldest (lowest id) first. */
	contactPoints: string | null;
	/** A list of `OutlinedStanding`, in the order of `contactPoints`. */
	standings: string | null;
	/** A list of `OutlinedConsent`, in any order. */
	consents: string | null;
	/** A list of `OutlinedMoments`, in the order of `consents`. */
	moments: string | null;
	/** For each of the consents the place of the contact point that it names, -1 for one that is gone, or null; absent where none names one. */
	namedPoints: string | null;
}

/** `status` with the channels on which it does not work after a space, `suppressedFor` with commas between the purposes. */
export type OutlinedPoint = [kind: string, line: string | null, status: string, preferred: number, suppressedFor: string | null];
/** `rpo` as `checkedAt result enrolledOn`, with spaces between; `oldestSharer` a birth date, `unknown`, `nobody`, or null where nobody asked. */
export type OutlinedStanding = [rpo: string | null, oldestSharer: string | null];
/** Of the evidence only whether there is some. */
export type OutlinedConsent = [channel: string, purpose: string, status: string, legalBasis: string, noticeVersion: string | null, source: string, method: string | null, evidence: number];
/** `recordedAt` is left out where it lies after `capturedAt`: of the two the rules take the earlier one. */
export type OutlinedMoments = [
	capturedAt: Instant, recordedAt: Instant | null, effectiveFrom: Instant | null, effectiveTo: Instant | null, withdrawnAt: Instant | null, doubleOptInAt: Instant | null,
];

/** All that there can be: a fact that is added later and forgotten here is refused by the type. */
type Whole<Facts> = { [Field in keyof Required<Facts>]: Facts[Field] };

/** The facts that an outline stands for, as a decision reads them; the id of a contact point is its place. What the store does not know yet is undefined, and so is the time zone: it changes no plan. */
export function factsOf({ birthDate, preferredChannel, contractUntil, contactPoints, standings, consents, moments, namedPoints }: FactOutline): CustomerFacts {
	const circumstances = listOf<OutlinedStanding>(standings);
	const times = listOf<OutlinedMoments>(moments);
	const named = listOf<number | null>(namedPoints);
	const facts: Whole<CustomerFacts> = {
		customerId: 0,
		birthDate: birthDate ?? undefined,
		deceased: false,
		contactPoints: listOf<OutlinedPoint>(contactPoints).map((point, index) => contactPointFact(index, point, circumstances[index])),
		consents: listOf<OutlinedConsent>(consents).map((consent, index) => consentFact(consent, times[index], named[index])),
		preferredChannel: (preferredChannel ?? undefined) as Channel | undefined,
		contractUntil: contractUntil ?? undefined,
		timeZone: undefined,
		whatsApp: undefined,
		contacts: undefined,
		history: undefined,
	};
	return facts;
}

/** A contact point as the store reads it. */
export function contactPointFact(id: number, [kind, line, status, preferred, suppressedFor]: OutlinedPoint, [rpo, oldestSharer]: OutlinedStanding, retryAfter?: Instant): ContactPointFact {
	const [works, unreachable] = status.split(' ');
	const fact: Whole<ContactPointFact> = {
		id,
		kind: kind as ContactPointFact['kind'],
		line: (line ?? undefined) as ContactPointFact['line'],
		status: works as ContactPointFact['status'],
		unreachable: unreachable?.split(',') as Channel[] | undefined,
		preferred: preferred === 1,
		suppressedFor: (suppressedFor?.split(',') ?? []) as ConsentPurpose[],
		rpo: rpo === null ? undefined : rpoFact(rpo),
		fromDirectory: undefined,
		oldestSharer: oldestSharer === null ? undefined : oldestSharer === 'nobody' ? null : oldestSharer,
		retryAfter,
	};
	return fact;
}

/** Reads `OutlinedStanding`'s first. */
export function rpoFact(rpo: string): RpoFact {
	const [checkedAt, result, enrolledOn] = rpo.split(' ');
	return { checkedAt, result: result as RpoFact['result'], ...(enrolledOn && { enrolledOn }) };
}

function consentFact([channel, purpose, status, legalBasis, noticeVersion, source, method, evidence]: OutlinedConsent, times: OutlinedMoments, place: number | null | undefined): ConsentFact {
	const [capturedAt, recordedAt, effectiveFrom, effectiveTo, withdrawnAt, doubleOptInAt] = times.map((moment) => moment ?? undefined);
	const fact: Whole<ConsentFact> = {
		id: 0,
		contactPointId: place ?? undefined,
		channel: channel as ConsentFact['channel'],
		purpose: purpose as ConsentFact['purpose'],
		status: status as ConsentFact['status'],
		legalBasis,
		capturedAt: capturedAt as Instant,
		recordedAt: recordedAt ?? (capturedAt as Instant),
		source,
		method: method ?? undefined,
		noticeVersion: noticeVersion ?? undefined,
		doubleOptInAt,
		evidence: evidence === 1 ? 'some' : undefined,
		effectiveFrom,
		effectiveTo,
		withdrawnAt,
	};
	return fact;
}

function listOf<Entry>(text: string | null): Entry[] {
	return text === null ? [] : (JSON.parse(text) as Entry[]);
}

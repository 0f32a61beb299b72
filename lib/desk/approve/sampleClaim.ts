import { createHmac } from 'node:crypto';
import { sameText } from '../../web/sameText';
import type { Instant } from '../../domain/time';
import { deskAddress, type Place } from '../view';

/** What somebody has looked at: a sample of what matched a filter, at an instant, up to a message. */
export interface SampleClaim {
	/** The highest id that matched. */
	upTo: number;
	at: Instant;
}

/** A sample that was looked at longer ago says little of what matches now. */
const HOLDS_MS = 60 * 60_000;

/** The claim as a form brings it back: only the page that showed the sample to this session could make it, and only for this filter. */
export function writeSampleClaim(sessionToken: string, place: Place, { upTo, at }: SampleClaim): string {
	const claim = `${upTo}.${Date.parse(at)}`;
	return `${claim}.${proofOf(sessionToken, place, claim)}`;
}

/** Reads a claim; undefined where it is of another session or filter, too old, or made up. */
export function readSampleClaim(sessionToken: string, place: Place, given: string, now: Instant): SampleClaim | undefined {
	const [, claim, upTo, at, proof] = /^((\d{1,15})\.(\d{1,15}))\.([\w-]+)$/.exec(given) ?? [];
	if (!claim || !sameText(proofOf(sessionToken, place, claim), proof)) return undefined;
	const age = Date.parse(now) - Number(at);
	return age >= 0 && age <= HOLDS_MS ? { upTo: Number(upTo), at: new Date(Number(at)).toISOString() } : undefined;
}

function proofOf(sessionToken: string, { kind, channel, template, q }: Place, claim: string): string {
	const filter = deskAddress({ view: 'approve', place: { page: 1, kind, channel, template, q } });
	return createHmac('sha256', sessionToken).update(`sample ${claim} ${filter}`).digest('base64url');
}

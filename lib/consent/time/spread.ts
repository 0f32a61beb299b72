import { plusMinutes, type Instant } from '../../domain/time';
import type { ContactSpan } from './hours';

/** A multiplier that scatters neighbouring ids over 32 bits (Knuth, The Art of Computer Programming 6.4). */
const SCATTER = 2_654_435_761;

/**
 * A moment near the beginning of a span, always the same for the same id: what waited for the morning does not all leave at nine.
 * @param minutes over which to spread; never more than half of the span
 */
export function spreadMoment({ from, to }: ContactSpan, id: number, minutes: number): Instant {
	const most = Math.min(minutes, (Date.parse(to) - Date.parse(from)) / 120_000);
	const share = (Math.imul(id, SCATTER) >>> 0) / 2 ** 32;
	return plusMinutes(from, share * most);
}

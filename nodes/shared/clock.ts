import { instantOf, type Instant } from '../../lib/domain/time';

/** The present moment: the one place where the nodes look at the clock. */
export function now(): Instant {
	return instantOf(new Date());
}

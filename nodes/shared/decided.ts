import type { Decision } from '../../lib/domain/consent';
import { daysBetween, localDate, plusDays, type Instant, type LocalDate } from '../../lib/domain/time';
import type { Shop } from '../../lib/domain/shop';
import type { DecidedOccasion } from '../../lib/store/settling';

/** What a decision that does not allow means for its occasion. The day of the next try is one of the days that the shop lives on. */
export function decidedOccasion(occasionId: number, { outcome, reason, retryAt }: Decision, { timeZone }: Pick<Shop, 'timeZone'>, today: LocalDate, now: Instant): DecidedOccasion {
	if (outcome === 'review') return { occasionId, reason, review: true };
	if (outcome !== 'defer' || retryAt === undefined) return { occasionId, reason };
	const ahead = daysBetween(localDate(now, timeZone), localDate(retryAt, timeZone));
	return { occasionId, reason, retry: { at: retryAt, on: plusDays(today, ahead) } };
}

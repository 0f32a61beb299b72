import type { ConsentRecord, ConsentStatus } from '../../../../lib/domain/consent';
import { consentsInForce } from '../../../../lib/consent/consentsInForce';
import type { Channel, Purpose } from '../../../../lib/domain/glossary';
import { startOfLocalDay, plusDays, type Instant, type LocalDate } from '../../../../lib/domain/time';

/** What was in force for one channel and purpose. */
export interface ConsentThen {
	channel: Channel;
	purpose: Purpose;
	status: ConsentStatus;
	/** Where it counted for one address only. */
	contactPointId?: number;
	recordId: number;
	capturedAt: Instant;
}

/**
 * What the shop could know at the end of a day: of the records that were captured and recorded by then, those in force, by channel and
 * purpose. What was written down later is left out, though it may speak of an earlier day.
 */
export function asItStood(chain: readonly ConsentRecord[], day: LocalDate, zone: string): ConsentThen[] {
	const end = endOfDay(day, zone);
	const known = chain.filter(({ capturedAt, recordedAt }) => capturedAt <= end && recordedAt <= end);
	return consentsInForce(known, end).map(({ record, ...inForce }) => ({ ...inForce, recordId: record.id, capturedAt: record.capturedAt }));
}

/** The last millisecond of a day in the shop's zone. Noon in UTC lies in the day after in no zone that a shop is in. */
function endOfDay(day: LocalDate, zone: string): Instant {
	const nextDay = startOfLocalDay(`${plusDays(day, 1)}T12:00:00.000Z`, zone);
	return new Date(Date.parse(nextDay) - 1).toISOString();
}

import type { CrmItem } from '../../lib/domain/item';
import type { Shop } from '../../lib/domain/shop';
import { plusDays, type LocalDate } from '../../lib/domain/time';
import type { DueKind } from '../../lib/occasions/dueKind';

/** An id that no customer of a store has. */
export const NOBODY = 0;

/**
 * What "Fetch Test Event" shows of a kind while nobody is due, so that the next nodes can be set up: a made-up customer, marked with `sample`.
 * Nodes that look for the customer in the store refuse it.
 */
export function sampleItem({ kind, windowDays, classOf }: DueKind, { language, formality }: Pick<Shop, 'language' | 'formality'>, today: LocalDate, more: Partial<CrmItem['occasion']> = {}): CrmItem {
	return {
		customer: { id: NOBODY, code: 'C1', firstName: 'Giulia', lastName: 'Conti', title: 'Dott.ssa', sex: 'F', language, formality },
		occasion: { id: NOBODY, kind, dueOn: today, stage: 1, class: classOf(1), daysLate: 0, expiresOn: plusDays(today, windowDays), ...more },
		sample: true,
	};
}

/** The day of the fact by which somebody would be due today, where the search tells it: of lenses it knows only when they run out. */
export function sampleSince({ searches }: DueKind, today: LocalDate): LocalDate {
	const [search] = searches(() => ({ first: today, last: today, lateDays: 0, countedFrom: today }), today);
	if (!search || search.fact.of === 'supplyEnd') return today;
	const day = 'days' in search.when ? search.when.days[0]?.on : search.when.spans[0]?.from;
	return day ?? today;
}

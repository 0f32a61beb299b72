import type { MergeSnapshot } from './mergeSnapshot';

type Point = MergeSnapshot['contactPoints'][number];

const WORST_LAST = ['valid', 'invalid', 'bounced'];

/** The merged customer's points that the kept one has too, each with hers. */
export function sharedPoints(contactPoints: readonly Point[], keptId: number, mergedId: number): Array<{ point: Point; same: Point }> {
	const own = contactPoints.filter(({ customer_id }) => customer_id === keptId);
	return contactPoints.flatMap((point) => {
		const same = own.find(({ kind, value }) => point.customer_id === mergedId && kind === point.kind && value === point.value);
		return same ? [{ point, same }] : [];
	});
}

/**
 * The kept customer's points that a merge makes worse, as they were and as they become: an address that bounced for one of the two bounces for both, and where a number
 * is unreachable for one, it is for both.
 */
export function worsenedPoints(contactPoints: readonly Point[], keptId: number, mergedId: number): Array<{ before: Point; after: Point }> {
	return sharedPoints(contactPoints, keptId, mergedId)
		.map(({ point, same }) => ({ before: same, after: { ...same, status: worse(same.status, point.status), unreachable: joined(same.unreachable, point.unreachable) } }))
		.filter(({ before, after }) => before.status !== after.status || before.unreachable !== after.unreachable);
}

function worse(one: string, other: string): string {
	return WORST_LAST.indexOf(other) > WORST_LAST.indexOf(one) ? other : one;
}

/** Channels of either list, the first one's in front. A merge of an older package kept no lists. */
function joined(one: string | null = null, other: string | null = null): string | null {
	return [...new Set([one, other].flatMap((list) => list?.split(',') ?? []))].join(',') || null;
}

import type { DataUse } from '../domain/consent';

/**
 * All that a message goes by, from whoever said so: what one part of an item knows, no other may take away. Of two days of purchase the older one
 * counts, for it is the stricter (RULES 15).
 * @returns undefined where it goes by nothing
 */
export function joinedUses(...parts: ReadonlyArray<DataUse | undefined>): DataUse | undefined {
	const [purchaseOn] = parts.flatMap((part) => part?.purchaseOn ?? []).sort();
	const joined: DataUse = {
		...(parts.some((part) => part?.health) && { health: true }),
		...(purchaseOn !== undefined && { purchaseOn }),
		...(parts.some((part) => part?.profiling) && { profiling: true }),
	};
	return Object.keys(joined).length === 0 ? undefined : joined;
}

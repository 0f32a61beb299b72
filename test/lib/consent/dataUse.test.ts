import { joinedUses } from '../../../lib/consent/dataUse';

it('joins what the parts of an item say, and takes nothing away', () => {
	expect(joinedUses()).toBeUndefined();
	expect(joinedUses(undefined, {}, { health: false })).toBeUndefined();
	expect(joinedUses({ health: true }, undefined, { profiling: true })).toEqual({ health: true, profiling: true });
	expect(joinedUses({ health: true }, { health: false })).toEqual({ health: true });
	expect(joinedUses({ purchaseOn: '2026-03-02' }, {})).toEqual({ purchaseOn: '2026-03-02' });
});

it('of two purchases the older one counts: it is the stricter', () => {
	expect(joinedUses({ purchaseOn: '2026-03-02' }, { purchaseOn: '2024-03-02' }, { purchaseOn: '2025-01-01' })).toEqual({ purchaseOn: '2024-03-02' });
});

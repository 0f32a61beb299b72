import type { DialectWords } from '../dialect';

/** Where many shops share a store, a shop's rows are read in the order of their ids without a look at those of the others. */
export function manyShops({ manyShops }: DialectWords): string[] {
	return manyShops(['customers', 'equipment', 'exams', 'appointments', 'quotes'].map((table) => `create index ${table}_shop on ${table} (shop_id, id)`));
}

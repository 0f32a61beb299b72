import type { NewCustomer } from '../../../../lib/domain/customer';
import type { Instant } from '../../../../lib/domain/time';
import type { EndEvent, HeadingsEvent, ImportEvent } from '../../../../lib/imports/events';
import type { ImportedCustomer, Place } from '../../../../lib/imports/types';
import type { ConsentOrigin } from '../../../../lib/store/consentChanges';
import type { Store } from '../../../../lib/store/open';
import { saveCustomers } from '../../../../lib/store/saveCustomers';

/** Rows written to the store in one transaction. */
const BATCH = 1000;

/** Something that a person should mend at its source. Never the value itself. */
export interface MendItem extends Place {
	field: string;
	reason: string;
	hint: string;
	/** False where the whole row was refused, true where it was taken without this field. */
	taken: boolean;
}

/** What an import did. `rows = created + updated + unchanged + rejected`. */
export interface ImportSummary {
	rows: number;
	created: number;
	updated: number;
	unchanged: number;
	rejected: number;
	/** Rows that were taken without a field that cannot be right. */
	fieldsLeftOut: number;
	/** How often each reason was given. */
	reasons: Record<string, number>;
	/** Which heading was taken for which field, to be checked. */
	columns: HeadingsEvent['mapping'];
	unknownColumns: string[];
	encoding?: string;
	separator?: string;
}

/**
 * Saves the customers of an export, in batches: memory stays flat, and a batch is written whole or not at all.
 * @param mend called for every row or field that was not taken
 * @param clock tells the present instant
 */
export async function importCustomers(
	store: Store,
	events: AsyncIterable<ImportEvent> | Iterable<ImportEvent>,
	origin: ConsentOrigin,
	mend: (item: MendItem) => void,
	clock: () => Instant,
): Promise<ImportSummary> {
	const counts = { created: 0, updated: 0, unchanged: 0, rejected: 0 };
	const reasons: Record<string, number> = {};
	let headings: HeadingsEvent | undefined;
	let end: EndEvent | undefined;
	let fieldsLeftOut = 0;
	let batch: Array<{ place: Place; customer: NewCustomer }> = [];

	const refuse = (item: MendItem) => {
		reasons[item.reason] = (reasons[item.reason] ?? 0) + 1;
		mend(item);
	};
	const save = async () => {
		const results = await saveCustomers(store, batch.map(({ customer }) => customer), origin, clock());
		results.forEach((result, index) => {
			counts[result.status]++;
			if (result.status === 'rejected') refuse({ ...batch[index].place, field: 'row', reason: result.reason, hint: AMBIGUOUS, taken: false });
		});
		batch = [];
	};

	for await (const event of events) {
		if (event.event === 'headings') headings = event;
		else if (event.event === 'end') end = event;
		else if (event.result.status === 'rejected') {
			counts.rejected++;
			refuse({ ...event.result.rejection, taken: false });
		} else {
			const { customer, warnings } = event.result;
			warnings.forEach((warning) => refuse({ ...warning, taken: true }));
			fieldsLeftOut += warnings.length;
			batch.push({ place: { row: event.row, line: event.line }, customer: withAddress(customer, store.shop.country) });
			if (batch.length === BATCH) await save();
		}
	}
	await save();
	return {
		rows: end?.rows ?? 0,
		...counts,
		fieldsLeftOut,
		reasons,
		columns: headings?.mapping ?? {},
		unknownColumns: headings?.unknownHeadings ?? [],
		encoding: end?.encoding,
		separator: headings?.separator,
	};
}

const AMBIGUOUS = 'More than one customer has this name and birth date. Give the row its customer code.';

/** The postal address as a contact point like the others. */
export function withAddress({ address, ...customer }: ImportedCustomer, country: string): NewCustomer {
	if (!address) return customer;
	const { street, postalCode, town, province } = address;
	return {
		...customer,
		contactPoints: [...customer.contactPoints, { kind: 'address', value: JSON.stringify({ street, postalCode, town, province, country }) }],
	};
}

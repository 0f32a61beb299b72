import { sql } from 'kysely';
import type { Equipment, EquipmentFields, NewEquipment } from '../../domain/records';
import { fold } from '../../domain/text';
import { isLocalDate, plusDays, type Instant, type LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { amountProblem } from './amount';
import { listRecords, type RecordQuery } from './listRecords';
import type { RecordKind } from './recordKind';
import { saveRecords, type RecordResult } from './saveRecords';

/** Ten years: more is a slip of the keyboard. */
const LONGEST_SUPPLY_DAYS = 3650;
const LONGEST_LIFE_MONTHS = 600;

export const EQUIPMENT: RecordKind<EquipmentFields> = {
	table: 'equipment',
	isVisit: true,
	fields: {
		kind: ['kind', 'text'],
		lensType: ['lens_type', 'text'],
		description: ['description', 'text'],
		amountCents: ['amount_cents', 'integer'],
		orderedOn: ['ordered_on', 'text'],
		deliveredOn: ['delivered_on', 'text'],
		readyOn: ['ready_on', 'text'],
		returnedOn: ['returned_on', 'text'],
		firstProgressive: ['first_progressive', 'yesNo'],
		supplyDays: ['supply_days', 'integer'],
		supplyEndsOn: ['supply_ends_on', 'text'],
		usefulMonths: ['useful_months', 'integer'],
	},
	day: sql`coalesce(record.ordered_on, record.delivered_on)`,
	withDefaults: (equipment) => ({ ...equipment, kind: kindOf(equipment), supplyEndsOn: supplyEnd(equipment) }),
	identity: ({ orderedOn, deliveredOn, lensType = '', description = '' }) => `${orderedOn ?? deliveredOn ?? ''}|${lensType}|${fold(description)}`,
	problem({ orderedOn, deliveredOn, readyOn, returnedOn, amountCents, supplyDays, usefulMonths }, today) {
		const first = orderedOn ?? deliveredOn;
		if (!first) return { field: 'orderedOn', reason: 'ORDER_DATE_MISSING' };
		if (orderedOn && orderedOn > today) return { field: 'orderedOn', reason: 'ORDER_IN_FUTURE' };
		if (deliveredOn && deliveredOn > today) return { field: 'deliveredOn', reason: 'DELIVERY_IN_FUTURE' };
		if (deliveredOn && deliveredOn < first) return { field: 'deliveredOn', reason: 'DELIVERY_BEFORE_ORDER' };
		if (readyOn && readyOn < first) return { field: 'readyOn', reason: 'READY_BEFORE_ORDER' };
		if (readyOn && readyOn > today) return { field: 'readyOn', reason: 'READY_IN_FUTURE' };
		if (returnedOn && returnedOn < (deliveredOn ?? first)) return { field: 'returnedOn', reason: 'RETURN_BEFORE_DELIVERY' };
		if (!isWithin(supplyDays, LONGEST_SUPPLY_DAYS)) return { field: 'supplyDays', reason: 'SUPPLY_UNUSABLE' };
		if (!isWithin(usefulMonths, LONGEST_LIFE_MONTHS)) return { field: 'usefulMonths', reason: 'USEFUL_LIFE_UNUSABLE' };
		return amountProblem(amountCents);
	},
	isBad: (today) => sql`(coalesce(ordered_on, delivered_on) is null or ordered_on > ${today} or delivered_on > ${today} or delivered_on < ordered_on
		or ready_on > ${today} or ready_on < coalesce(ordered_on, delivered_on) or returned_on < coalesce(delivered_on, ordered_on) or supply_days not between 1 and ${LONGEST_SUPPLY_DAYS}
		or useful_months not between 1 and ${LONGEST_LIFE_MONTHS} or amount_cents < 0)`,
};

/** The kind that was given, else the one that the lenses tell: something else has none. */
function kindOf({ kind = 'other', lensType }: Partial<EquipmentFields>): EquipmentFields['kind'] {
	if (kind !== 'other' || lensType === undefined) return kind;
	return lensType === 'contact-lenses' ? 'contact-lenses' : 'spectacles';
}

/** A supply or a day that cannot be right has no end: the record is refused for it. */
function supplyEnd({ orderedOn, deliveredOn, supplyDays }: Partial<EquipmentFields>): LocalDate | undefined {
	const from = deliveredOn ?? orderedOn;
	return from && isLocalDate(from) && supplyDays && isWithin(supplyDays, LONGEST_SUPPLY_DAYS) ? plusDays(from, supplyDays) : undefined;
}

function isWithin(value: number | undefined, most: number): boolean {
	return value === undefined || (Number.isInteger(value) && value > 0 && value <= most);
}

/** Saves equipment as `saveRecords` does. Without a code it is recognised by customer, day of the order (else of the delivery), lens type and description. */
export async function saveEquipment(store: Store, equipment: readonly NewEquipment[], now: Instant): Promise<RecordResult[]> {
	return await saveRecords(store, EQUIPMENT, equipment, now);
}

/** Lists equipment; `from` and `to` are days of the order, else of the delivery. */
export async function listEquipment(store: Store, query: RecordQuery<EquipmentFields>): Promise<Equipment[]> {
	return await listRecords(store, EQUIPMENT, query);
}

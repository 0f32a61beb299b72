import type { Parsed } from '../parsed';
import type { ReasonCode } from '../reasons';
import { isAbsent } from './words';

const DAYS = { '': 1, g: 1, gg: 1, giorno: 1, giorni: 1, d: 1, day: 1, days: 1, sett: 7, settimana: 7, settimane: 7, week: 7, weeks: 7, mese: 30, mesi: 30, month: 30, months: 30 };
const MONTHS = { '': 1, m: 1, mese: 1, mesi: 1, month: 1, months: 1, anno: 12, anni: 12, a: 12, y: 12, year: 12, years: 12 };
const NUMBER_AND_UNIT = /^(\d{1,5})(?:[.,]0+)?\s*([a-z]*)\.?$/i;

/** Days of supply, from 1 to 3650: "90", "90 gg", "3 mesi" (of 30 days). */
export const supplyDays = (text: string) => duration(text, DAYS, 3650, 'SUPPLY_UNUSABLE');

/** Months of useful life, from 1 to 600: "24", "24 mesi", "2 anni". */
export const usefulMonths = (text: string) => duration(text, MONTHS, 600, 'USEFUL_LIFE_UNUSABLE');

function duration(text: string, units: Record<string, number>, most: number, problem: ReasonCode): Parsed<number> {
	if (isAbsent(text)) return {};
	const [, count, unit = ''] = NUMBER_AND_UNIT.exec(text) ?? [];
	const known = Object.hasOwn(units, unit.toLowerCase());
	const value = known ? Number(count) * units[unit.toLowerCase()] : NaN;
	return value >= 1 && value <= most ? { value } : { problem };
}

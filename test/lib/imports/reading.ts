import type { EndEvent, HeadingsEvent, ImportEvent, RowEvent } from '../../../lib/imports/events';
import type { ImportOptions } from '../../../lib/imports/options';
import { readExport } from '../../../lib/imports/readExport';

export const options: ImportOptions = { today: '2026-11-22', timeZone: 'Europe/Rome', country: 'IT' };

/** All events of a reading, sorted by kind. */
export interface Reading {
	headings: HeadingsEvent;
	rows: RowEvent[];
	end: EndEvent;
}

export async function collect(events: AsyncIterable<ImportEvent> | Iterable<ImportEvent>): Promise<Reading> {
	const all: ImportEvent[] = [];
	for await (const event of events) all.push(event);
	const [first, last] = [all[0], all[all.length - 1]];
	if (first.event !== 'headings' || last.event !== 'end') throw new Error('The events are not framed by headings and end.');
	return { headings: first, rows: all.slice(1, -1) as RowEvent[], end: last };
}

export async function readCsv(csv: string | Buffer, more: Partial<ImportOptions> = {}): Promise<Reading> {
	return await collect(readExport([Buffer.from(csv as string)], { ...options, ...more }));
}

/** Each row in a few words: its number and line, and the customer's last name or the reason of the rejection. */
export function inWords({ rows }: Reading): string[] {
	return rows.map(({ row, line, result }) => `${row}@${line} ${result.status === 'accepted' ? result.customer.lastName : `${result.rejection.field} ${result.rejection.reason}`}`);
}

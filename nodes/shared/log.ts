import type { FunctionsBase } from 'n8n-workflow';
import type { Shop } from '../../lib/domain/shop';
import { lastMigration } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';

/** What is logged: one line each, always with the same fields. */
export type LogEvent = 'poll' | 'course begins' | 'send' | 'heard' | 'import' | 'desk' | 'erase' | 'backup' | 'restore' | 'move' | 'migrate';

/** Numbers, switches, and codes of ours or of a provider. */
export type LogDetails = Record<string, number | boolean | string | readonly string[] | undefined>;

/** A code of ours or of a provider: no space, no `@`, no `+`, and no row of digits as long as a telephone number. */
const CODE = /^(?!.*\d{6})[\w.:/-]{1,64}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Writes a line into n8n's log: ids, counts, durations and codes, never a name, number, address or text. What does not look like a code is left out, whoever gave it.
 * With `N8N_LOG_FORMAT=json` the details are fields of their own.
 */
export function log(context: FunctionsBase, event: LogEvent, shop: Pick<Shop, 'code'> | undefined, details: LogDetails): void {
	const workflow = context.getWorkflow().id;
	context.logger.info(`Optical CRM: ${event}`, { event: `optical-crm.${event.replaceAll(' ', '-')}`, ...(shop && { shop: shop.code }), ...(workflow && { workflow }), ...safe(details) });
}

function safe(details: LogDetails): Record<string, unknown> {
	const isCode = (value: string) => DAY.test(value) || CODE.test(value);
	const kept = (value: LogDetails[string]) => (Array.isArray(value) ? value.filter(isCode) : typeof value === 'string' && !isCode(value) ? '?' : value);
	return Object.fromEntries(Object.entries(details).flatMap(([name, value]) => (value === undefined ? [] : [[name, kept(value)]])));
}

/** Tells once that this process has brought the store up to date. */
export function logMigration(context: FunctionsBase, place: StorePlace): void {
	const done = lastMigration(place);
	if (done) log(context, 'migrate', undefined, { ...done });
}

/** Tells how long a piece of work took. */
export function stopwatch(): () => number {
	const began = performance.now();
	return () => Math.round(performance.now() - began);
}

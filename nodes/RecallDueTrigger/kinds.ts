import { CrmError } from '../../lib/domain/errors';
import { dormantCustomers, dormantSettings } from '../../lib/occasions/dormant';
import type { DueKind } from '../../lib/occasions/dueKind';
import { eyewearCheck, eyewearSettings } from '../../lib/occasions/eyewear';
import { lensesRunOut, lensesSettings } from '../../lib/occasions/lenses';
import { missedAppointments, missedAppointmentSettings } from '../../lib/occasions/missedAppointment';
import { openQuotes, openQuoteSettings } from '../../lib/occasions/openQuote';
import { orderReadySettings, ordersReady } from '../../lib/occasions/orderReady';
import { ownDate, ownDateSettings } from '../../lib/occasions/ownDate';
import { survey, surveySettings } from '../../lib/occasions/survey';
import { visionCheck, visionSettings } from '../../lib/occasions/vision';
import { welcome, welcomeSettings } from '../../lib/occasions/welcome';

type Given = Record<string, unknown>;

/** The settings of a kind on the panel, by the name of its collection, and what is made of them. */
const KINDS: Record<string, [collection: string, make: (given: Given, timeZone: string) => DueKind]> = {
	'recall.vision': ['vision', (given) => visionCheck(visionSettings(given))],
	'recall.eyewear': ['eyewear', (given) => eyewearCheck(eyewearSettings(given))],
	'recall.lenses': ['lenses', (given) => lensesRunOut(lensesSettings(given))],
	'recall.dormant': ['dormant', (given) => dormantCustomers(dormantSettings(given))],
	'order.ready': ['orderReady', (given) => ordersReady(orderReadySettings(given))],
	'appointment.missed': ['missedAppointment', (given, timeZone) => missedAppointments(missedAppointmentSettings(given), timeZone)],
	'quote.open': ['openQuote', (given) => openQuotes(openQuoteSettings(given))],
	survey: ['survey', (given) => survey(surveySettings(given))],
	welcome: ['welcome', (given) => welcome(welcomeSettings(given))],
};

/**
 * The kinds that were chosen on the panel.
 * @param parameter reads a parameter of the panel
 * @throws CrmError when nothing was chosen, or settings contradict each other
 */
export function chosenKinds(chosen: readonly string[], parameter: (name: string) => unknown, timeZone: string): DueKind[] {
	const kinds = chosen.filter((kind) => KINDS[kind]).map((kind) => {
		const [collection, make] = KINDS[kind];
		return make((parameter(collection) ?? {}) as Given, timeZone);
	});
	const dates = chosen.includes('date') ? ((parameter('dates') as { date?: Given[] } | undefined)?.date ?? []) : [];
	const own = dates.map((given) => ownDate(ownDateSettings({ windowDays: 7, ...given } as Parameters<typeof ownDateSettings>[0]), timeZone));
	const all = [...kinds, ...own];
	if (all.length === 0) throw new CrmError('No kind of occasion is chosen.', 'Choose at least one under Kinds; for Date of Your Own add a date.');
	const names = all.map(({ kind }) => kind);
	if (new Set(names).size < names.length) throw new CrmError('Two dates have the same name.', 'Give each date under Dates of Your Own a name of its own.');
	return all;
}

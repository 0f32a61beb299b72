import type { IDataObject, IPollFunctions } from 'n8n-workflow';

const MINUTES_OF: Record<string, number> = { everyMinute: 1, everyHour: 60, everyDay: 24 * 60, everyWeek: 7 * 24 * 60, everyMonth: 31 * 24 * 60 };
/** A cron expression of one's own may mean anything; once a day is what a search for who is due needs. */
const ONCE_A_DAY = 24 * 60;

/** How often a trigger polls, as its panel says: the longest time between two polls, in minutes. Of several entries the most frequent counts. */
export function pollMinutes(context: Pick<IPollFunctions, 'getNodeParameter'>): number {
	const { item = [] } = context.getNodeParameter('pollTimes', {}) as { item?: IDataObject[] };
	const each = item.map(({ mode, unit, value }) => (mode === 'everyX' ? Number(value) * (unit === 'hours' ? 60 : 1) || ONCE_A_DAY : (MINUTES_OF[String(mode)] ?? ONCE_A_DAY)));
	return each.length === 0 ? ONCE_A_DAY : Math.min(...each);
}

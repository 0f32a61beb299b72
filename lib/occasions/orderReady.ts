import { plusDays } from '../domain/time';
import { course, courseSettings, firstStage, type CourseSettings } from './course';
import type { DueKind } from './dueKind';
import type { CustomerFacts, Due } from './facts';
import { wholeNumber } from './settings';
import { afterDays } from './spans';

/** When somebody is told that an order can be collected. */
export interface OrderReadySettings extends CourseSettings {
	/** Days after it was ready. */
	afterDays: number;
}

export const ORDER_READY_DEFAULTS: OrderReadySettings = { afterDays: 0, windowDays: 14, followUps: [7, 21], callLast: true };

/** @throws CrmError naming the setting that cannot be used */
export function orderReadySettings(given: Partial<Record<keyof OrderReadySettings, unknown>>): OrderReadySettings {
	const all = { ...ORDER_READY_DEFAULTS, ...given };
	return { ...courseSettings('the orders that are ready', all), afterDays: wholeNumber('"Days After" of the orders that are ready', all.afterDays, 0, 60) };
}

/** Each order that can be collected and was neither delivered nor returned. */
export function orderReadyDue({ equipment }: CustomerFacts, { afterDays }: OrderReadySettings): Due[] {
	return equipment.flatMap(({ readyOn, deliveredOn, returnedOn }) =>
		readyOn !== undefined && deliveredOn === undefined && returnedOn === undefined ? [{ dueOn: plusDays(readyOn, afterDays), since: readyOn }] : []);
}

/** Orders that wait to be collected, as a kind of occasion. The day from which one can be collected stands for the day of its purchase. */
export function ordersReady(settings: OrderReadySettings): DueKind {
	return { ofPurchase: true, ...course('order.ready', settings, (window) => [{
		...firstStage('order.ready'),
		unlessBooked: false,
		fact: { of: 'orderReady' },
		same: { dueDays: 0, sinceDays: 0 },
		when: afterDays(window(settings.windowDays), settings.afterDays),
	}]) };
}

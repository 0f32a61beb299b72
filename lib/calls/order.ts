import type { WaitingCall } from '../domain/calls';
import { rankOf } from '../domain/occasionKinds';
import type { Instant } from '../domain/time';

/**
 * The order in which calls are made: first what was promised ("call me at three"), then a customer who said that something is wrong, then by
 * the importance of the occasion, first-time wearers, what ends first, what was tried less often, and what is due longer.
 * @param until the end of the day: a promise for it counts as one
 */
export function orderCalls<Call extends WaitingCall>(calls: readonly Call[], until: Instant): Call[] {
	const keyed = calls.map((call) => ({ call, key: keyOf(call, until) }));
	return keyed.sort((one, other) => compare(one.key, other.key)).map(({ call }) => call);
}

type Key = Array<number | string>;

function keyOf({ tries, cause, kind, expiresOn, dueOn, messageId }: WaitingCall, until: Instant): Key {
	const promised = promiseOf(tries);
	const rank = rankOf(kind);
	return [
		promised !== undefined && promised < until ? 0 : 1,
		promised ?? '',
		cause === 'answered-wrong' ? 0 : 1,
		Number.isFinite(rank) ? rank : Number.MAX_SAFE_INTEGER,
		cause === 'first-time' ? 0 : 1,
		expiresOn ?? '9999-12-31',
		tries.length,
		dueOn,
		messageId,
	];
}

/** When the customer asked to be called, where that is the last word. */
export function promiseOf(tries: WaitingCall['tries']): Instant | undefined {
	const last = tries.at(-1);
	return last?.outcome === 'again' ? last.againAt : undefined;
}

function compare(one: Key, other: Key): number {
	const at = one.findIndex((value, index) => value !== other[index]);
	return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
}

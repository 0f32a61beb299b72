import type { Random } from '../../demo/shop/random';
import type { ProviderFault } from './provider';
import type { WireFault } from './wire';

/** Something that goes wrong in a run. `at` and `lasts` in milliseconds, from its beginning. */
export type Blow = { at: number } & (
	/** A process is killed, or all of them; absent `worker`: all. */
	| { what: 'kill'; worker?: number; lasts: number }
	| { what: 'killDatabase'; lasts: number }
	| { what: 'wire'; to: 'sms' | 'mail' | 'database'; fault: WireFault; cutAfter: number; lasts: number }
	| { what: 'provider'; fault: ProviderFault; lasts: number }
	/** The provider takes what comes, and says nothing, or breaks off. */
	| { what: 'providerSilent'; how: 'hang' | 'disconnect'; lasts: number }
	| { what: 'disk'; free: number; lasts: number }
	/** The clock stands so far from the right time. */
	| { what: 'clock'; offset: number; lasts: number }
	/** All are killed at the very moment at which the provider takes a message, before it answers. */
	| { what: 'killAtBooking'; lasts: number }
);

/** What can be done to the database of a run. */
export interface Possible {
	kill: boolean;
	wire: boolean;
	disk: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CLOCK_MOVES = [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 3 * MINUTE, -3 * MINUTE];
export const FAULTS: ProviderFault[] = [
	{ status: 500, takes: true }, { status: 500, takes: false }, { status: 503, takes: true }, { status: 429, takes: false }, { status: 400, takes: false }, { status: 401, takes: false },
];
export const WIRE_FAULTS: WireFault[] = ['refuse', 'cut', 'answerLost', 'slow', 'silent'];
/** As long as the text of an SMS and its headers, or the talk before a mail. Bytes. */
export const LONGEST_TALK = 1500;

/** What goes wrong in a run of so many milliseconds: three to eight things, in their order. */
export function drawBlows(random: Random, runMs: number, workers: number, possible: Possible): Blow[] {
	const kinds = [
		...Array.from({ length: 4 }, () => 'kill' as const),
		'killAtBooking', 'killAtBooking', 'wire', 'wire', 'provider', 'providerSilent', 'clock',
		...(possible.kill ? (['killDatabase', 'killDatabase'] as const) : []),
		...(possible.wire ? (['databaseWire'] as const) : []),
		...(possible.disk ? (['disk', 'disk'] as const) : []),
	] as const;
	const draw = (): Blow => {
		const at = random.integer(100, runMs - 100);
		const lasts = random.integer(20, 400);
		const kind = random.pick(kinds);
		switch (kind) {
			case 'kill': return { at, what: kind, ...(random.chance(0.7) && { worker: random.integer(0, workers - 1) }), lasts };
			case 'wire': return { at, what: kind, to: random.pick(['sms', 'mail'] as const), fault: random.pick(WIRE_FAULTS), cutAfter: random.integer(0, LONGEST_TALK), lasts };
			case 'databaseWire': return { at, what: 'wire', to: 'database', fault: random.pick(WIRE_FAULTS), cutAfter: random.integer(0, 50 * LONGEST_TALK), lasts };
			case 'provider': return { at, what: kind, fault: random.pick(FAULTS), lasts };
			case 'providerSilent': return { at, what: kind, how: random.pick(['hang', 'disconnect'] as const), lasts };
			case 'disk': return { at, what: kind, free: random.integer(0, 200) * 1024, lasts: lasts * 2 };
			case 'clock': return { at, what: kind, offset: random.pick(CLOCK_MOVES), lasts };
			default: return { at, what: kind, lasts };
		}
	};
	return Array.from({ length: random.integer(3, 8) }, draw).sort((one, other) => one.at - other.at);
}

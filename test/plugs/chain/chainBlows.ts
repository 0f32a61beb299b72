import type { Random } from '../../../demo/shop/random';
import { FAULTS, LONGEST_TALK, WIRE_FAULTS } from '../blows';
import type { ProviderFault } from '../provider';
import type { WireFault } from '../wire';

/** Something that goes wrong with the chain. `at` and `lasts` in milliseconds. */
export type ChainBlow = { at: number; lasts: number } & (
	| { what: 'kill'; part: string }
	/** A process of n8n is killed at the very moment at which a provider takes a message. */
	| { what: 'killAtBooking'; part: string }
	| { what: 'wire'; to: 'sms' | 'mail'; fault: WireFault; cutAfter: number }
	| { what: 'provider'; fault: ProviderFault }
);

/** Workers die most, as there are most of them in a chain. */
const PARTS = ['worker 1', 'worker 2', 'worker 1', 'worker 2', 'main', 'webhook 1', 'postgres', 'redis'];

/** Two to four things that go wrong in a run of so many milliseconds, in their order. */
export function drawChainBlows(random: Random, runMs: number): ChainBlow[] {
	const draw = (): ChainBlow => {
		const at = random.integer(500, runMs - 1_000);
		const lasts = random.integer(100, 4_000);
		const kind = random.weighted([[4, 'kill'], [2, 'killAtBooking'], [2, 'wire'], [1, 'provider']] as const);
		switch (kind) {
			case 'kill': return { at, lasts, what: kind, part: random.pick(PARTS) };
			case 'killAtBooking': return { at, lasts, what: kind, part: random.pick(['worker 1', 'worker 2']) };
			case 'wire': return { at, lasts, what: kind, to: random.pick(['sms', 'mail'] as const), fault: random.pick(WIRE_FAULTS), cutAfter: random.integer(0, LONGEST_TALK) };
			case 'provider': return { at, lasts, what: kind, fault: random.pick(FAULTS) };
		}
	};
	return Array.from({ length: random.integer(2, 4) }, draw).sort((one, other) => one.at - other.at);
}

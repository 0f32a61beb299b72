import fc from 'fast-check';
import type { Delivery } from '../../../lib/channels/channel';
import { afterDeliveries, standingOf, tryingOut } from '../../../lib/channels/circuit';
import type { Circuit } from '../../../lib/domain/sender';
import { plusMinutes } from '../../../lib/domain/time';

const NOW = '2026-11-22T08:00:00.000Z';
const CLOSED: Circuit = { failures: 0, openings: 0 };
const sent: Delivery = { outcome: 'sent', providerId: 'x' };
const down: Delivery = { outcome: 'down', code: 'DOWN' };
const alert: Delivery = { outcome: 'down', code: 'BAD_KEY', alert: true };
const tooFast: Delivery = { outcome: 'down', code: '429', backOff: true };
const unknown: Delivery = { outcome: 'unknown', code: 'ETIMEDOUT' };
const later: Delivery = { outcome: 'refused', code: '500', retry: true };
const never: Delivery = { outcome: 'refused', code: 'BAD_NUMBER', retry: false };
const after = (deliveries: Delivery[], circuit = CLOSED, now = NOW) => afterDeliveries(circuit, deliveries, now);

describe('a closed circuit', () => {
	it('opens after three failures in a row, and people are told why', () => {
		expect(after([down, unknown])).toEqual({ circuit: { failures: 2, openings: 0 } });
		expect(after([down, unknown, down])).toEqual({ circuit: { failures: 3, openings: 1, openUntil: plusMinutes(NOW, 1), code: 'DOWN' }, told: 'opened' });
		const [two] = [after([down, down]).circuit];
		expect(after([down], two)).toMatchObject({ circuit: { openings: 1 }, told: 'opened' });
	});

	it('counts from the start after whatever the provider has taken or refused for good', () => {
		for (const works of [sent, never]) expect(after([down, down, works, down, down]).circuit).toEqual({ failures: 2, openings: 0 });
		expect(after([down, later, down]).circuit).toEqual({ failures: 2, openings: 0 });
	});

	it('opens at once for what only a person can mend', () => {
		expect(after([alert])).toMatchObject({ circuit: { openUntil: plusMinutes(NOW, 1), code: 'BAD_KEY' }, told: 'opened' });
	});

	it('opens at once where it is only too fast, and tells nobody', () => {
		expect(after([tooFast])).toEqual({ circuit: { failures: 1, openings: 1, openUntil: plusMinutes(NOW, 1), code: '429' } });
	});

	it('opens once for many that fail together', () => {
		expect(after(Array.from({ length: 40 }, () => down)).circuit).toMatchObject({ openings: 1, openUntil: plusMinutes(NOW, 1) });
	});
});

describe('an open circuit', () => {
	const open = after([alert]).circuit;

	it('is open until its time is over; then one message tries, and for the others it is open', () => {
		expect(standingOf(open, plusMinutes(NOW, 0.9))).toBe('open');
		expect(standingOf(open, plusMinutes(NOW, 1))).toBe('trial');
		expect(standingOf(tryingOut(open, plusMinutes(NOW, 1)), plusMinutes(NOW, 2))).toBe('open');
	});

	it('closes by itself when the trial works, and forgets what was', () => {
		expect(after([sent], tryingOut(open, plusMinutes(NOW, 1)), plusMinutes(NOW, 1))).toEqual({ circuit: CLOSED, told: 'closed' });
	});

	it('stays open twice as long each time that the trial fails, an hour at most', () => {
		let [circuit, now] = [open, NOW];
		const waits: number[] = [];
		for (let round = 0; round < 8; round++) {
			now = circuit.openUntil as string;
			circuit = after([down], tryingOut(circuit, now), now).circuit;
			waits.push((Date.parse(circuit.openUntil as string) - Date.parse(now)) / 60_000);
		}
		expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
	});

	it('is open for an hour at most: an end further ahead was set by a clock that was ahead', () => {
		expect(standingOf({ ...CLOSED, openUntil: plusMinutes(NOW, 60) }, NOW)).toBe('open');
		expect(standingOf({ ...CLOSED, openUntil: plusMinutes(NOW, 61) }, NOW)).toBe('trial');
	});

	it('is tried again where nobody reports on the trial', () => {
		const trying = tryingOut(open, plusMinutes(NOW, 1));
		expect(standingOf(trying, plusMinutes(NOW, 3.9))).toBe('open');
		expect(standingOf(trying, plusMinutes(NOW, 4))).toBe('trial');
	});
});

it('whatever comes: what works last leaves it closed, and an open one always has an end', () => {
	const any = fc.constantFrom(sent, down, alert, tooFast, unknown, later, never);
	fc.assert(fc.property(fc.array(fc.array(any), { maxLength: 20 }), (batches) => {
		let [circuit, now] = [CLOSED, NOW];
		for (const batch of batches) {
			circuit = after(batch, circuit, now).circuit;
			if (circuit.openUntil !== undefined) {
				expect(Date.parse(circuit.openUntil) - Date.parse(now)).toBeLessThanOrEqual(60 * 60_000);
				expect(circuit.code).toBeDefined();
				now = circuit.openUntil;
			}
		}
		expect(after([sent], circuit, now).circuit).toEqual(CLOSED);
	}));
});

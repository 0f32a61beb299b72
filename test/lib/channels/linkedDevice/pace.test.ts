import fc from 'fast-check';
import { endingOf, reconnectMs } from '../../../../lib/channels/linkedDevice/ending';
import { dayLimit, gapMs, HUMAN_GAP, typingMs } from '../../../../lib/channels/linkedDevice/pace';
import { isSafeAddress } from '../../../../lib/channels/linkedDevice/settings';

const LINKED = '2026-11-01T10:00:00.000Z';
const after = (days: number) => new Date(Date.parse(LINKED) + days * 86_400_000).toISOString();
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

it.each([[0, 5], [2.9, 5], [3, 10], [7, 20], [14, 30], [29, 30], [30, 40], [400, 40]])('%d days after it was linked, %i messages a day', (days, messages) => {
	expect(dayLimit(LINKED, after(days))).toBe(messages);
});

it('the shop can lower the limit and not raise it, and a clock that goes wrong gives no more', () => {
	expect(dayLimit(LINKED, after(30), 12)).toBe(12);
	expect(dayLimit(LINKED, after(0), 100)).toBe(5);
	expect(dayLimit(LINKED, after(-5))).toBe(5);
});

it('the limit never falls as the link grows older', () => {
	fc.assert(fc.property(fc.nat(500), fc.nat(500), (one, more) => dayLimit(LINKED, after(one)) <= dayLimit(LINKED, after(one + more))));
});

it('pauses stay between the shortest and the longest, and differ', () => {
	fc.assert(fc.property(share, (random) => {
		const ms = gapMs(HUMAN_GAP, () => random);
		return ms >= HUMAN_GAP.shortest * 1000 && ms <= HUMAN_GAP.longest * 1000;
	}));
	expect(new Set([0, 0.3, 0.6, 0.9].map((random) => gapMs(HUMAN_GAP, () => random))).size).toBe(4);
});

it('longer texts take longer to type, up to some seconds', () => {
	expect(typingMs('Sì', () => 0.5)).toBe(1_500);
	expect(typingMs('x'.repeat(100), () => 0.5)).toBe(6_000);
	expect(typingMs('x'.repeat(5_000), () => 0.5)).toBe(12_000);
});

it.each([
	[401, { kind: 'rests', why: 'LOGGED_OUT', forget: true }],
	[403, { kind: 'rests', why: 'BANNED', forget: true }],
	[440, { kind: 'rests', why: 'CONFLICT', forget: false }],
	[515, { kind: 'restart' }],
	[428, { kind: 'again' }],
	[408, { kind: 'again' }],
	[503, { kind: 'again' }],
	[0, { kind: 'again' }],
])('the end %i means %j', (code, ending) => {
	expect(endingOf(code)).toEqual(ending);
});

it('waits longer after each failure to connect, up to ten minutes, and not all at once', () => {
	const wait = (failures: number, random = 0.5) => reconnectMs(failures, () => random);
	expect([0, 1, 2, 5].map((failures) => wait(failures))).toEqual([2_000, 4_000, 8_000, 64_000]);
	expect(wait(1_000)).toBe(600_000);
	expect(wait(0, 0)).toBeLessThan(wait(0, 0.99));
});

it.each([
	['wss://web.whatsapp.com/ws/chat', true], ['ws://127.0.0.1:4000', true], ['ws://[::1]:4000', true], ['ws://localhost', true],
	['ws://web.whatsapp.com/ws/chat', false], ['ws://127.0.0.1.evil.example', false], ['http://127.0.0.1', false], ['whatsapp', false],
])('%s is a safe address: %s', (url, isSafe) => {
	expect(isSafeAddress(url)).toBe(isSafe);
});

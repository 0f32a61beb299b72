import fc from 'fast-check';
import { exposition } from '../../../lib/health/exposition';
import { metricsOf, metricsOfTrouble } from '../../../lib/health/metrics';
import type { SignOfLife } from '../../../lib/domain/health';
import { health } from '../desk/states';
import { readExposition } from './parser';

const AT = '2026-11-22T08:00:00.000Z';
const sign = (what: SignOfLife['what'], name: string, times: number, things: number): SignOfLife => ({ what, name, times, things, lastAt: AT });
const SIGNS = [sign('poll', 'birthday', 10, 25), sign('sent', 'email', 5, 120), sign('failed', 'email', 1, 2), sign('heard', 'sms reply', 3, 4), sign('imported', 'customer', 1, 5000)];
const metrics = (shop = 'main') => readExposition(metricsOf(shop, { ...health().health, signs: SIGNS }));
const value = (name: string, labels: object) => metrics().get(`optical_crm_${name}`)?.samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify({ shop: 'main', ...labels }))?.value;

it('writes whatever the labels and texts hold so that a parser reads the same', () => {
	const nasty = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '{', '}', ',', '=', ' ', 'è', '#') });
	const label = fc.dictionary(fc.constantFrom('shop', 'kind', 'state'), nasty);
	const family = fc.record({ help: nasty, type: fc.constantFrom('gauge' as const, 'counter' as const), samples: fc.uniqueArray(fc.record({ labels: label, value: fc.oneof(fc.integer(), fc.constantFrom(Infinity, -Infinity, 1.5e300, 1e-9)) }), { minLength: 1, maxLength: 4, selector: ({ labels }) => JSON.stringify(Object.entries(labels).sort()) }) });
	fc.assert(fc.property(fc.array(family, { maxLength: 4 }), (given) => {
		const families = given.map((one, place) => ({ ...one, name: `metric_${place}` }));
		const read = readExposition(exposition(families));
		expect([...read.keys()]).toEqual(families.map(({ name }) => name));
		for (const { name, help, type, samples } of families) expect(read.get(name)).toEqual({ help, type, samples: samples.map(({ labels, value: number }) => ({ labels: { ...labels }, value: number })) });
	}));
});

it('the parser itself finds what is wrong', () => {
	for (const bad of ['a 1', '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n', '# TYPE a gauge\na{x="\\q"} 1\n', '# TYPE a gauge\na 1\na 2\n', '# TYPE a thing\n', '# TYPE a gauge\nb 1\n', '# TYPE a gauge\na{x="1" y="2"} 1\n', '# TYPE a gauge\na one\n', '# TYPE a gauge\na 1\n# HELP a late\n']) {
		expect(() => readExposition(bad)).toThrow();
	}
});

it('tells each figure with help and type, counters by their name', () => {
	for (const [name, { help, type, samples }] of metrics()) {
		expect([name, help.length > 10, ['gauge', 'counter'].includes(type), type === 'counter' ? name.endsWith('_total') : !name.endsWith('_total')]).toEqual([name, true, true, true]);
		for (const { labels } of samples) expect(labels.shop).toBe('main');
	}
	expect([value('up', {}), value('health', { state: 'bad' }), value('health', { state: 'ok' })]).toEqual([1, 1, 0]);
	expect([value('messages_waiting', { state: 'pending' }), value('messages_oldest_age_seconds', { state: 'pending' }), value('messages_ready', { channel: 'email' })]).toEqual([40, 4 * 86_400, 3]);
	expect([value('messages_total', { channel: 'email', state: 'sent' }), value('messages_total', { channel: 'email', state: 'failed' })]).toEqual([120, 2]);
	expect([value('polls_total', { kind: 'birthday' }), value('occasions_found_total', { kind: 'birthday' }), value('poll_late', { kind: 'birthday' })]).toEqual([10, 25, 1]);
	expect([value('events_heard_total', { channel: 'sms', kind: 'reply' }), value('rows_imported_total', { kind: 'customer' })]).toEqual([4, 5000]);
	expect([value('senders_paused', { channel: 'email' }), value('senders_paused', { channel: 'sms' }), value('campaigns_held', {})]).toEqual([1, 0, 1]);
});

it('holds labels of few values only, and no account of the shop', () => {
	const text = metricsOf('main', { ...health().health, signs: SIGNS });
	expect(text).not.toMatch(/@|ottica|smtp/i);
	const names = new Set([...metrics().values()].flatMap(({ samples }) => samples.flatMap(({ labels }) => Object.keys(labels))));
	expect([...names].sort()).toEqual(['channel', 'kind', 'shop', 'state']);
});

it('of a store that cannot be read it tells that, and nothing else', () => {
	expect([...readExposition(metricsOfTrouble('main'))]).toEqual([['optical_crm_up', { help: expect.any(String), type: 'gauge', samples: [{ labels: { shop: 'main' }, value: 0 }] }]]);
});

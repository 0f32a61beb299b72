import { travel } from '../../../demo/timemachine/travel';
import { daysOfYears } from '../../../demo/timemachine/run';
import { renderRun } from '../../../demo/timemachine/page/page';
import { dayOff } from '../../../demo/timemachine/check/holidays';
import { OptionError } from '../../../demo/setup/demoOptions';
import { readOptions } from '../../../demo/timemachine/options';
import en from '../../../demo/timemachine/words/en.json';
import it_ from '../../../demo/timemachine/words/it.json';
import { elementsOf } from '../../lib/web/markup';

/** A winter and a spring with 29 February and the change of the clock. */
const OPTIONS = { from: '2023-12-15', days: 150, count: 120, seed: 8 };

describe('a run of the time machine', () => {
	it('lives through leap day, change of the clock and downtime, and breaks no invariant', async () => {
		const { summary, history } = await travel(OPTIONS);
		expect(summary).toMatchObject({ ok: true, from: '2023-12-15', to: '2024-05-12', days: 150, seed: 8, problems: {}, customers: { first: 120 } });
		expect(summary.invariants.filter(({ result }) => result === 'broken')).toEqual([]);
		expect(summary.downDays).toBeGreaterThan(0);
		expect(Object.keys(summary.years)).toEqual(expect.arrayContaining(['2023', '2024']));
		expect(summary.years['2024'].birthday).toMatchObject({ occasions: expect.any(Number), blocked: { CONSENT_MISSING: expect.any(Number) } });
		expect(summary.messages + summary.calls).toBe(history.recording.departures.length);
		const kinds = Object.values(summary.years).flatMap((year) => Object.keys(year));
		expect(Object.keys(it_.kinds)).toEqual(expect.arrayContaining(kinds));
		expect(kinds).toEqual(expect.arrayContaining(['birthday', 'recall.vision', 'recall.eyewear', 'order.ready', 'progressive', 'welcome']));
		const sum = (pick: 'occasions' | 'messages' | 'calls') => Object.values(summary.years).flatMap((year) => Object.values(year)).reduce((total, count) => total + count[pick], 0);
		expect([sum('messages'), sum('calls'), sum('occasions')]).toEqual([summary.messages, summary.calls, history.occasions.length]);
	}, 60_000);

	it('is the same again with the same seed, and another with another', async () => {
		const short = { ...OPTIONS, days: 40, count: 60 };
		const lived = async (seed: number) => {
			const { summary: { cpuSeconds: _, ...summary }, history } = await travel({ ...short, seed });
			return JSON.stringify([summary, history.recording.departures.map(({ refusalUrl: __, ...departure }) => departure)]);
		};
		const first = await lived(5);
		expect(await lived(5)).toBe(first);
		expect(await lived(6)).not.toBe(first);
	}, 60_000);

	it('is told on a page without a script, in Italian and English', async () => {
		const { summary, history } = await travel({ ...OPTIONS, days: 30, count: 40 });
		const [broken] = summary.invariants;
		Object.assign(broken, { result: 'broken', count: 1 });
		broken.violations = [{ day: '2024-01-02', customer: 7, what: 'planted' }];
		for (const language of ['it', 'en'] as const) {
			const page = renderRun(history, summary, 'Ottica <b>Prova</b>', language);
			expect(page).toContain(`<html lang="${language}">`);
			expect(page).not.toMatch(/<script|undefined|NaN|\{\w+\}<|<b>Prova/);
			expect(page).toMatch(language === 'it' ? /2 gennaio 2024, cliente 7/ : /2 January 2024, customer 7/);
			// A cell for each day.
			expect(elementsOf(page).filter(({ name, attributes }) => name === 'td' && /v\d/.test(attributes.class ?? ''))).toHaveLength(30);
		}
	}, 60_000);

	it('has the same words in both languages, and words for every invariant', async () => {
		const keys = (value: object, path = ''): string[] => Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' ? keys(inner, `${path}${key}.`) : `${path}${key}`));
		expect(keys(en)).toEqual(keys(it_));
		const { summary } = await travel({ ...OPTIONS, days: 2, count: 5 });
		expect(summary.invariants.map(({ name }) => name).sort()).toEqual(Object.keys(it_.invariants).sort());
	});
});

describe('the options', () => {
	it('are ten years from 2020 unless told', () => {
		expect(readOptions([])).toMatchObject({ from: '2020-01-01', years: 10, customers: 2000, seed: 1, language: 'it', postgres: undefined });
		expect(readOptions(['--from', '2024-02-29', '--years', '1', '--postgres', 'postgres://anna:p%40ss@db.example:5433/crm'])).toMatchObject({
			from: '2024-02-29', years: 1, postgres: { host: 'db.example', port: 5433, name: 'crm', user: 'anna', password: 'p@ss' },
		});
		expect(daysOfYears('2020-01-01', 10)).toBe(3653);
		expect(daysOfYears('2024-02-29', 1)).toBe(365);
	});

	it.each([
		[['--from', '2023-02-29'], /--from/], [['--from', '1999-01-01'], /--from/], [['--years', '0'], /--years/], [['--years', '2.5'], /--years/],
		[['--customers', 'many'], /--customers/], [['--language', 'fr'], /--language/], [['--postgres', 'mysql://x'], /--postgres/], [['--port', '1'], /--port/],
	])('%j are refused by name', (args, message) => {
		expect(() => readOptions(args)).toThrow(OptionError);
		expect(() => readOptions(args)).toThrow(message);
	});
});

it.each([
	['2024-12-25', 'holiday'], ['2024-04-01', 'holiday'], ['2026-10-04', 'Sunday'], ['2027-10-04', 'holiday'], ['2025-10-04', undefined], ['2024-03-31', 'Sunday'], ['2024-04-02', undefined],
] as const)('%s is %s', (day, kind) => {
	expect(dayOff(day)).toBe(kind);
});

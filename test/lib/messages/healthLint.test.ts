import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthDetails } from '../../../lib/messages/healthLint';

const read = (file: string) => readFileSync(join(__dirname, 'health', `${file}.txt`), 'utf8').trim().split('\n');
const [harmful, harmless] = [read('harmful'), read('harmless')];
const isFound = (text: string) => healthDetails(text).length > 0;

describe('measured on sentences in Italian and English', () => {
	it('there are enough of them, and no sentence twice', () => {
		expect(harmful.length).toBeGreaterThanOrEqual(100);
		expect(harmless.length).toBeGreaterThanOrEqual(100);
		expect(new Set([...harmful, ...harmless]).size).toBe(harmful.length + harmless.length);
	});

	it('at most 2 % of the harmful ones are missed', () => {
		const missed = harmful.filter((text) => !isFound(text));
		expect({ missed: missed.length <= harmful.length * 0.02, which: missed }).toEqual({ missed: true, which: missed });
	});

	it('at most 2 % of the harmless ones are false alarms', () => {
		const alarms = harmless.filter(isFound);
		expect({ few: alarms.length <= harmless.length * 0.02, which: alarms }).toEqual({ few: true, which: alarms });
	});

	it('it does not matter how a sentence is spaced, cased or accented', () => {
		for (const text of harmful) {
			expect(isFound(text.toUpperCase())).toBe(isFound(text));
			expect(isFound(text.normalize('NFD'))).toBe(isFound(text));
			expect(isFound(`Gentile signora,\n\n${text.replace(/ /g, '\u00a0')}\n\nA presto`)).toBe(isFound(text));
		}
	});
});

it.each([
	['La sua miopia.', 'diagnosis', 'sua miopia'],
	['Visus 8/10.', 'acuity', 'Visus 8/10'],
	['Asse 90°', 'refraction', 'Asse 90°'],
	['Gentile {{customer.lastName}}, {{equipment.addition}}', 'placeholder', '{{equipment.addition}}'],
])('says what it found, and where: %s', (text, detail, words) => {
	const [found] = healthDetails(text);
	expect(found).toEqual({ detail, at: text.indexOf(words), length: words.length });
});

it('puts its findings in the order of the text', () => {
	const places = healthDetails('Visus 8/10. La sua miopia. OD -2,00. {{exam.sphere}}').map(({ at }) => at);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	expect(places.length).toBeGreaterThan(3);
});

it('a text of several lines has its findings where they stand, and a place may stretch over lines', () => {
	const text = 'Gentile Anna,\n\nla sua miopia è\nrimasta uguale.\nVisus 8/10.\n{{exam.\nsphere}} Visus 8/10.';
	expect(healthDetails(text).map(({ at, length }) => text.slice(at, at + length))).toEqual(['sua miopia', 'miopia', 'Visus 8/10', '{{exam.\nsphere}}', 'Visus 8/10']);
	// The second time its lines are known.
	expect(healthDetails(text)).toEqual(healthDetails(` ${text}`).map((found) => ({ ...found, at: found.at - 1 })));
});

it('finds nothing in the templates of the package', () => {
	const folder = join(__dirname, '../../../templates');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
	expect(files.length).toBeGreaterThan(4);
	expect(files.filter((file) => isFound(readFileSync(join(folder, file), 'utf8')))).toEqual([]);
});

it('takes its time in proportion to the text', () => {
	const text = 'Gentile signora, la sua nuova gradazione della sua nuova sfera e della sua asse sua sua sua, tua, your. '.repeat(500);
	const start = performance.now();
	healthDetails(text);
	expect(performance.now() - start).toBeLessThan(2000);
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cutIntoCells } from '../../../../lib/imports/csv/cells';
import { MOST_ROW_CHARACTERS, splitLines, type Line } from '../../../../lib/imports/csv/lines';
import { quoteState } from '../../../../lib/imports/csv/quotes';
import { RecordJoiner } from '../../../../lib/imports/csv/records';

async function linesOf(...pieces: string[]): Promise<Line[]> {
	const lines: Line[] = [];
	for await (const batch of splitLines((async function* () { yield* pieces; })())) lines.push(...batch);
	return lines;
}

/** Each row as `first line: text` or `first line! reason`. */
async function rowsOf(text: string, columns?: number): Promise<string[]> {
	const joiner = new RecordJoiner(';');
	joiner.columns = columns;
	const records = [...(await linesOf(text)).flatMap((line) => [...joiner.push(line)]), ...joiner.end()];
	return records.map((record) => (record.problem ? `${record.line}! ${record.problem}` : `${record.line}: ${record.text}`));
}

describe('splitLines', () => {
	test.each([
		['LF', ['a\nb\n'], ['a', 'b']],
		['CRLF', ['a\r\nb\r\n'], ['a', 'b']],
		['CRLF cut in the middle', ['a\r', '\nb'], ['a', 'b']],
		['CR', ['a\rb\rc'], ['a', 'b', 'c']],
		['CR cut behind it', ['a\r', 'b\rc'], ['a', 'b', 'c']],
		['a CR inside a line', ['a\rb\nc\n'], ['a\rb', 'c']],
		['no line break', ['a', 'b'], ['ab']],
		['empty lines', ['a\n\nb'], ['a', '', 'b']],
	])('%s', async (_, pieces, texts) => {
		const lines = await linesOf(...pieces);
		expect(lines.map(({ text }) => text)).toEqual(texts);
		expect(lines.map(({ number }) => number)).toEqual(texts.map((_text, index) => index + 1));
	});

	test('says whether the last line was ended', async () => {
		expect((await linesOf('a\nb')).map(({ unended }) => unended)).toEqual([undefined, true]);
		expect((await linesOf('a\nb\n')).map(({ unended }) => unended)).toEqual([undefined, undefined]);
	});

	test('does not keep a line over the limit, and goes on after it', async () => {
		const mega = 'x'.repeat(100_000);
		const lines = await linesOf('a\n', ...Array.from({ length: 100 }, () => mega), '\nb\n');
		expect(lines).toEqual([{ number: 1, text: 'a' }, { number: 2, text: '', tooLarge: true }, { number: 3, text: 'b' }]);
		expect(await linesOf('y'.repeat(MOST_ROW_CHARACTERS))).toHaveLength(1);
	});
});

describe('quoteState', () => {
	test.each([
		['a;b', 'closed'], ['"a";b', 'closed'], ['"a;b', 'open'], ['"a""b";c', 'closed'], ['"a"b;c', 'broken'], ['Bar "Da Gino";c', 'closed'],
		['Via 5";c', 'closed'], [' "a;b" ;c', 'closed'], ['a;"', 'open'], ['""', 'closed'], ['"""', 'open'], ['="001";b', 'closed'],
	])('%s is %s', (text, state) => {
		expect(quoteState(text, ';', false)).toBe(state);
	});

	test('the CSV parser can read every closed line, and no open one', () => {
		fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', ';', 'a', ' ', '\t'), minLength: 1 }), (text) => {
			fc.pre(text.trim() !== '');
			const state = quoteState(text, ';', false);
			const whole = cutIntoCells([{ text }], ';')[0] !== undefined;
			if (state === 'closed') expect(whole).toBe(true);
			if (state === 'open') expect(whole).toBe(false);
		}), { numRuns: 2000 });
	});
});

describe('cutIntoCells', () => {
	test('a row without quotes is cut as the CSV parser cuts it', () => {
		const text = fc.string({ unit: fc.constantFrom(...';,ab \u00a0\t1è'), minLength: 1 }).filter((row) => row.trim() !== '');
		fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.constantFrom(';', ','), (rows, separator) => {
			const byParser = rows.map((row) => parse(row, { delimiter: separator, record_delimiter: '\n', relax_column_count: true, relax_quotes: true, trim: true })[0]);
			expect(cutIntoCells(rows.map((row) => ({ text: row })), separator)).toEqual(byParser);
		}), { numRuns: 1000 });
	});

	test('rows with and without quotes stay in their order', () => {
		const rows = ['a;b', '"c;d";e', 'f', '"g', 'h;i"j', '"k""l";m'].map((text) => ({ text }));
		expect(cutIntoCells(rows, ';')).toEqual([['a', 'b'], ['c;d', 'e'], ['f'], undefined, ['h', 'i"j'], ['k"l', 'm']]);
	});
});

describe('RecordJoiner', () => {
	test('joins a cell that goes over several lines', async () => {
		expect(await rowsOf('a;"b\nc\n\nd";e\nf;g;h')).toEqual(['1: a;"b\nc\n\nd";e', '5: f;g;h']);
	});

	test('skips blank lines', async () => {
		expect(await rowsOf('a;b\n\n  \nc;d\n')).toEqual(['1: a;b', '4: c;d']);
	});

	test('a quote that never closes costs its own line only', async () => {
		expect(await rowsOf('"a;b;c\nd;e;f\ng;h;i\n')).toEqual(['1! QUOTE_NOT_CLOSED', '2: d;e;f', '3: g;h;i']);
		expect(await rowsOf('a;b;"c\n"d";"e";"f"\ng;h;i\n')).toEqual(['1! QUOTE_NOT_CLOSED', '2: "d";"e";"f"', '3: g;h;i']);
		expect(await rowsOf('"a;b;c\n"d;e;f\n"g";h;i\n')).toEqual(['1! QUOTE_NOT_CLOSED', '2! QUOTE_NOT_CLOSED', '3: "g";h;i']);
	});

	test('a row inside an open quote is a row, once the number of columns is known', async () => {
		const text = '1;a;"nota\n2;b;c\n3;d;e\n4;f;nota"\n';
		expect(await rowsOf(text, 3)).toEqual(['1! QUOTE_NOT_CLOSED', '2: 2;b;c', '3: 3;d;e', '4: 4;f;nota"']);
	});

	test('a quote in the wrong place costs its own line only', async () => {
		expect(await rowsOf('"a"b;c\nd;e\n')).toEqual(['1! QUOTE_BROKEN', '2: d;e']);
	});

	test('too large a line is one refused row', async () => {
		const rows = await rowsOf(`a;b\nc;${'x'.repeat(MOST_ROW_CHARACTERS + 1)}\nd;e\n`);
		expect(rows).toEqual(['1: a;b', '2! ROW_TOO_LARGE', '3: d;e']);
	});

	test('every line that is not blank is in exactly one row', async () => {
		await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom('"', ';', 'a', '\n', ' ') }), async (text) => {
			const joiner = new RecordJoiner(';');
			const lines = await linesOf(text);
			const records = [...lines.flatMap((line) => [...joiner.push(line)]), ...joiner.end()];
			const covered = records.flatMap(({ line, lastLine }) => Array.from({ length: lastLine - line + 1 }, (_, index) => line + index));
			expect(covered).toEqual([...new Set(covered)].sort((one, other) => one - other));
			const mustBeCovered = lines.filter((line) => line.text.trim() !== '').map(({ number }) => number);
			expect(covered).toEqual(expect.arrayContaining(mustBeCovered));
		}), { numRuns: 1000 });
	});
});

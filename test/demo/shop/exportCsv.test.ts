import { exportCsv } from '../../../demo/shop/exportCsv';
import { HEADINGS } from '../../../demo/shop/rows';

const row = (name: string) => HEADINGS.map((heading) => (heading === 'Cognome' ? name : ''));

test('semicolons, CRLF, quotes only where they are needed', () => {
	const lines = exportCsv([row('Rossi'), row('Ros;si "jr"')], 'utf-8').toString().split('\r\n');
	expect(lines[0]).toBe(HEADINGS.join(';'));
	expect(lines[1]).toMatch(/^;Rossi;/);
	expect(lines[2]).toMatch(/^;"Ros;si ""jr""";/);
	expect(lines[3]).toBe('');
});

test('the three encodings', () => {
	expect(exportCsv([row('Cantù')], 'windows-1252').includes(Buffer.from([0x43, 0x61, 0x6e, 0x74, 0xf9]))).toBe(true);
	expect(exportCsv([row('Cantù')], 'utf-8').includes(Buffer.from([0x74, 0xc3, 0xb9]))).toBe(true);
	expect(exportCsv([row('Cantù')], 'utf-8-bom').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test('a character that Windows-1252 lacks is an error, not a question mark', () => {
	expect(() => exportCsv([row('Kovač')], 'windows-1252')).toThrow(/U\+10d/);
});

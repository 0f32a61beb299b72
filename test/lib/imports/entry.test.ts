import { customerRow } from '../../../lib/imports/customerRow';
import { guessMapping } from '../../../lib/imports/headings';

const OPTIONS = { today: '2026-11-22', timeZone: 'Europe/Rome', country: 'IT' };
const read = (cells: Record<string, unknown>) => customerRow({ Cognome: 'Rossi', ...cells }, guessMapping(['Cognome', ...Object.keys(cells)]).mapping, OPTIONS, { row: 1 });

test.each([
	['Operatore', 'Data inserimento'], ['INSERITO DA', 'Inserito il'], ['Cod. operatore', 'DATA_CREAZIONE'], ['Entered by', 'Created on'],
])('who typed a customer in, and when, comes from %s and %s', (operator, day) => {
	expect(read({ [operator]: 'Anna', [day]: '03/11/2025' })).toMatchObject({ status: 'accepted', customer: { enteredBy: 'Anna', enteredOn: '2025-11-03' }, warnings: [] });
});

test('a day of entry that cannot be right is left out and reported', () => {
	const result = read({ Operatore: '', 'Data inserimento': '24/12/2026' });
	expect(result).toMatchObject({ status: 'accepted', warnings: [{ field: 'enteredOn', reason: 'ENTRY_DATE_UNUSABLE' }] });
	expect(result.status === 'accepted' && Object.keys(result.customer)).not.toContain('enteredOn');
});

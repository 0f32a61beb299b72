import { CrmError } from '../../../lib/domain/errors';
import { readRows } from '../../../lib/imports/readRows';
import { collect, options } from './reading';

test('items of another node are rows', async () => {
	const { headings, rows, end } = await collect(readRows([{ Cognome: 'ROSSI', Nome: 'ANNA', row_number: 2 }, { Cognome: 'Bianchi', 'E-mail': 'b@posta.example' }, { Cognome: '', Nome: null }, { Cognome: '=1', Nome: 'x' }], options));
	expect(headings).toEqual({ event: 'headings', headings: ['Cognome', 'Nome', 'row_number', 'E-mail'], mapping: { lastName: 'Cognome', firstName: 'Nome', email: 'E-mail' }, unknownHeadings: ['row_number'] });
	expect(rows).toMatchObject([
		{ row: 1, result: { status: 'accepted', customer: { lastName: 'Rossi', firstName: 'Anna' } } },
		{ row: 2, result: { status: 'accepted', customer: { contactPoints: [{ value: 'b@posta.example' }] } } },
		{ row: 3, result: { status: 'rejected', rejection: { row: 3, field: 'lastName', reason: 'NAME_IS_FORMULA' } } },
	]);
	expect(end).toEqual({ event: 'end', rows: 3, accepted: 2, rejected: 1, blankRows: 1, reasons: { NAME_IS_FORMULA: 1 } });
});

test('what is no record is a refused row, and field names cannot reach into objects', async () => {
	const { rows } = await collect(readRows([{ Cognome: 'Rossi', Nome: { toString: 1 } }, null, 'Rossi', ['Rossi'], JSON.parse('{"__proto__":{"Nome":"Eva"},"Cognome":"Neri"}')], options));
	expect(rows.map(({ result }) => (result.status === 'accepted' ? result.customer.lastName + result.customer.firstName : result.rejection.reason))).toEqual([
		'Rossi', 'ROW_NOT_A_RECORD', 'ROW_NOT_A_RECORD', 'ROW_NOT_A_RECORD', 'Neri',
	]);
});

test('no rows, or none with a name, is an error', () => {
	expect(() => [...readRows([], options)]).toThrow(CrmError);
	expect(() => [...readRows([{ Telefono: '1' }], options)]).toThrow(/name/);
});

import { readApproveAction } from '../../../../lib/desk/approve/action';
import { readForm, type Form } from '../../../../lib/web/form';

const MESSAGE = { message: '7:0123456789abcdef' };
const seen = { id: 7, contentHash: '0123456789abcdef' };
const read = (fields: Record<string, string>) => readApproveAction(readForm(fields) as Form);

it.each([
	[{ action: 'look', ...MESSAGE, body: ' Ciao\r\n' }, { kind: 'look', message: seen, draft: { body: 'Ciao' }, frame: false }],
	[{ action: 'lookMail', ...MESSAGE, subject: ' A\nB ', body: '' }, { kind: 'look', message: seen, draft: { subject: 'A B', body: '' }, fault: 'emptyBody', frame: true }],
	[{ action: 'undo', at: '1764000000000' }, { kind: 'undo', at: 1764000000000 }],
	[{ action: 'putOff', ...MESSAGE, until: '2026-12-01' }, { kind: 'putOff', message: seen, until: '2026-12-01' }],
	[{ action: 'changeChannel', ...MESSAGE, channel: 'sms' }, { kind: 'changeChannel', message: seen, channel: 'sms' }],
	[{ action: 'never', ...MESSAGE, scope: 'all', note: ' al\nbanco ' }, { kind: 'never', message: seen, scope: 'all', note: 'al banco' }],
	[{ action: 'approveAll', of: '?view=approve&kind=birthday', claim: 'x', read: 'yes' }, { kind: 'approveAll', place: { page: 1, kind: 'birthday' }, claim: 'x' }],
	[{ action: 'complain', ...MESSAGE, about: 'sounds', note: 'finto' }, { kind: 'complain', id: 7, about: 'sounds', words: 'finto' }],
])('reads %j', (fields, expected) => {
	expect(read(fields)).toEqual(expected);
});

it.each<Record<string, string>>([
	{ action: 'look', ...MESSAGE }, { action: 'look', body: 'x' }, { action: 'undo', at: '-1' }, { action: 'putOff', ...MESSAGE, until: '2026-02-30' },
	{ action: 'putOff', ...MESSAGE, until: '' }, { action: 'changeChannel', ...MESSAGE, channel: 'fax' }, { action: 'never', ...MESSAGE, scope: 'x' }, { action: 'approveAll', of: '?view=approve', claim: 'x' },
	{ action: 'approveAll', of: '?view=message&id=1', claim: 'x', read: 'yes' }, { action: 'complain', ...MESSAGE, about: 'toString' }, { action: 'toString' },
])('takes nothing that is not whole: %j', (fields) => {
	expect(read(fields)).toBeUndefined();
});

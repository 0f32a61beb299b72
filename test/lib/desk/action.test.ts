import { parse } from 'node:querystring';
import fc from 'fast-check';
import { parseDeskAction, rejectionWhy, REJECT_REASONS, seenField } from '../../../lib/desk/action';
import { DRAFT_LIMITS } from '../../../lib/desk/draft';
import { deskTexts } from '../../../lib/desk/words';
import { readForm } from '../../../lib/web/form';

const hash = 'a'.repeat(64);
const actionOf = (fields: object) => {
	const post = parseDeskAction(readForm(fields));
	return 'action' in post ? post.action : post.problem;
};

describe('parseDeskAction', () => {
	it('reads token and way back', () => {
		expect(parseDeskAction(readForm({ action: 'logout', csrf: 'c', back: '?view=message&id=3&page=2' }))).toEqual({
			action: { kind: 'logout' },
			csrf: 'c',
			back: { view: 'message', id: 3, place: { page: 2 } },
		});
	});

	it('leads on to Today after an approval, and back to the message after a save', () => {
		const back = (action: string) => parseDeskAction(readForm({ action, message: `7:${hash}`, body: 'a', back: '?view=message&id=7&page=2' }));
		expect(back('saveAndApprove')).toMatchObject({ back: { view: 'approve', place: { page: 2 } } });
		expect(back('save')).toMatchObject({ back: { view: 'message', id: 7, place: { page: 2 } } });
	});

	it.each([
		['login', { user: ' Chiara ', password: ' a b ' }, { kind: 'login', user: 'Chiara', password: ' a b ' }],
		['approve', { message: `7:${hash}` }, { kind: 'approve', message: { id: 7, contentHash: hash } }],
		['useOriginal', { message: `7:${hash}` }, { kind: 'useOriginal', message: { id: 7, contentHash: hash } }],
		['approvePicked', {}, { kind: 'approveMany', messages: [] }],
		['approvePicked', { pick: `7:${hash}`, shown: [`7:${hash}`, `8:${hash}`] }, { kind: 'approveMany', messages: [{ id: 7, contentHash: hash }] }],
		['approveShown', { shown: [`7:${hash}`, `8:${hash}`, `7:${hash}`] }, { kind: 'approveMany', messages: [{ id: 7, contentHash: hash }, { id: 8, contentHash: hash }] }],
		['reject', { message: `7:${hash}`, reason: 'timing', note: ' torna\na maggio ' }, { kind: 'reject', message: { id: 7, contentHash: hash }, reason: 'timing', note: 'torna a maggio' }],
		['reject', { message: `7:${hash}`, reason: 'other', note: '' }, { kind: 'reject', message: { id: 7, contentHash: hash }, reason: 'other' }],
		['save', { message: `7:${hash}`, subject: ' S\r\n2 ', body: 'a\r\n\r\nb ' }, { kind: 'save', message: { id: 7, contentHash: hash }, draft: { subject: 'S 2', body: 'a\n\nb' }, thenApprove: false }],
		['saveAndApprove', { message: `7:${hash}`, body: 'a' }, { kind: 'save', message: { id: 7, contentHash: hash }, draft: { body: 'a' }, thenApprove: true }],
		['arrived', { uncertain: '9' }, { kind: 'resolve', id: 9, arrived: true }],
		['notArrived', { uncertain: '9' }, { kind: 'resolve', id: 9, arrived: false }],
	])('%s', (action, fields, expected) => {
		expect(actionOf({ action, ...fields })).toEqual(expected);
	});

	it.each([
		[{ subject: ' ', body: 'a' }, 'emptySubject'],
		[{ subject: 'a', body: ' \n ' }, 'emptyBody'],
		[{ subject: 'a', body: 'x'.repeat(DRAFT_LIMITS.body + 1) }, 'tooLong'],
		[{ subject: 'x'.repeat(DRAFT_LIMITS.subject + 1), body: 'a' }, 'tooLong'],
		[{ subject: 'x'.repeat(DRAFT_LIMITS.subject), body: 'x'.repeat(DRAFT_LIMITS.body) }, undefined],
	])('finds the fault of a draft', (fields, fault) => {
		expect(actionOf({ action: 'save', message: `7:${hash}`, ...fields })).toMatchObject({ kind: 'save', ...(fault && { fault }) });
		expect('fault' in Object(actionOf({ action: 'save', message: `7:${hash}`, ...fields }))).toBe(fault !== undefined);
	});

	it.each([
		[{}],
		[{ action: 'delete' }],
		[{ action: ['approve', 'reject'], message: `7:${hash}` }],
		[{ action: 'approve' }],
		[{ action: 'approve', message: '7' }],
		[{ action: 'approve', message: `7:${hash}\n` }],
		[{ action: 'approve', message: [`7:${hash}`, `8:${hash}`] }],
		[{ action: 'useOriginal' }],
		[{ action: 'approvePicked', pick: [`7:${hash}`, 'x'] }],
		[{ action: 'reject', message: `7:${hash}` }],
		[{ action: 'reject', message: `7:${hash}`, reason: 'toString' }],
		[{ action: 'save', message: `7:${hash}` }],
		[{ action: 'arrived', uncertain: '1.5' }],
		[{ action: 'login', user: 'a', password: 'x'.repeat(1001) }],
	])('refuses %j', (fields) => {
		expect(actionOf(fields)).toBe('badForm');
	});

	it('refuses what is no form', () => {
		expect(parseDeskAction(undefined)).toEqual({ problem: 'badForm' });
	});

	it('survives any bytes', () => {
		const field = fc.constantFrom('action', 'message', 'pick', 'shown', 'reason', 'note', 'body', 'subject', 'uncertain', 'back', 'csrf', 'user');
		const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('approve', 'save', 'reject', 'approveShown', `7:${hash}`, '?view=message&id=1'));
		fc.assert(fc.property(fc.array(fc.tuple(field, value)), (fields) => void parseDeskAction(readForm(parse(new URLSearchParams(fields).toString())))));
		fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void parseDeskAction(readForm(parse(Buffer.from(bytes).toString('latin1'))))));
	});

	it('reads what seenField wrote', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), fc.stringMatching(/^[\w+/=-]{8,128}$/), (id, contentHash) => {
				expect(actionOf({ action: 'approve', message: seenField({ id, contentHash }) })).toEqual({ kind: 'approve', message: { id, contentHash } });
			}),
		);
	});
});

describe('reasons', () => {
	it('have words', () => {
		expect(Object.keys(deskTexts('it').rejecting.reasons)).toEqual([...REJECT_REASONS]);
	});

	it('become one text', () => {
		expect([rejectionWhy({ reason: 'other' }), rejectionWhy({ reason: 'other', note: 'mai' })]).toEqual(['other', 'other: mai']);
	});
});

import type { CustomerPageState, CustomersState, ErasedState } from '../../../lib/desk/customer/state';
import { frame, type Words } from './states';

const AT = '2026-11-22T08:00:00.000Z';
const asIs: Words = (plain) => plain;

export function customers(words = asIs): CustomersState {
	return {
		...frame(words), section: 'customers', place: { page: 2, q: words('rossi mar') || 'x' }, outcome: 'found', total: 45, isMore: false, letters: 2,
		customers: [
			{ id: 5, name: words('Maria Rossi') || 'x', birthDate: '1980-02-29', contacts: [words('+39 333 123 4567'), words('maria@posta.example')] },
			{ id: 6, name: '', contacts: [] },
		],
	};
}

export function customerPage(words = asIs): CustomerPageState {
	const said = { channels: ['email' as const], purposes: ['marketing' as const], channel: 'email' as const, purpose: 'marketing' as const, saidAt: AT };
	return {
		...frame(words), section: 'customers', place: { page: 2, q: words('rossi') || 'x' },
		customer: { id: 5, name: words('Maria Rossi') || 'x', surname: words('Rossi'), code: words('C5') || 'x', birthDate: '2012-02-29', age: 14, deceased: true, isMinor: true },
		contacts: [
			{ id: 1, kind: 'mobile', words: words('+39 333 123 4567'), status: 'valid', preferred: true, unreachable: ['whatsapp'], suppressions: [{ purpose: 'any', reason: words('objected'), since: AT }], rpo: { listed: true, checkedAt: AT } },
			{ id: 2, kind: 'address', words: words('Via Po 1, Firenze'), status: 'bounced', preferred: false, unreachable: [], suppressions: [], rpo: { listed: false, checkedAt: AT } },
		],
		preferredChannel: 'email',
		household: [{ id: 6, name: words('Carlo Rossi') || 'x', age: 50 }, { id: 7, name: words('Ada Rossi') || 'x' }],
		consents: [
			{ ...said, id: 9, status: 'granted', source: words('desk') || 'x', method: words('paper') || 'x', operator: words('chiara') || 'x', evidence: words('raccoglitore 7') || 'x', noticeVersion: words('2024-01') || 'x', note: words('al banco') || 'x', onlyFor: words('maria@posta.example') || 'x' },
			{ ...said, id: 10, status: 'objected', source: 'import', channels: ['any'], purposes: ['any'], channel: 'any', purpose: 'any' },
		],
		notices: [words('2024-01')],
		why: [words('In data 3 marzo si è deciso di scrivere.')],
		olderWhy: 'hidden',
		timeline: {
			total: 45,
			entries: [
				{ type: 'message', id: 1, at: '2026-11-20', kind: words('birthday'), details: words('email') || 'x', state: words('sent') || 'x', text: words('Auguri') || 'x' },
				{ type: 'call', id: 2, at: AT, kind: words('reached'), text: words('preferisce la sera') || 'x', who: words('chiara') || 'x', linkId: 1 },
				{ type: 'reply', id: 3, at: AT, kind: words('email'), text: words('Grazie') || 'x', linkId: 4 },
				{ type: 'ticket', id: 4, at: AT, kind: words('question'), state: words('open') || 'x', linkId: 4 },
				{ type: 'survey', id: 5, at: AT, kind: words('9') },
				{ type: 'exam', id: 6, at: '2026-01-02', kind: words('vision') || 'x', who: words('dott. Neri') || 'x' },
				{ type: 'purchase', id: 7, at: '2026-01-03', kind: words('spectacles') || 'x', details: words('montatura blu') || 'x', state: 'returned' },
				{ type: 'appointment', id: 8, at: '2026-12-01', kind: words('vision') || 'x', state: words('booked') || 'x' },
				{ type: 'quote', id: 9, at: '2026-01-04', kind: words('open') || 'x', details: words('lenti') || 'x' },
				{ type: 'consent', id: 10, at: AT, kind: words('granted'), details: words('email'), state: words('marketing') },
				{ type: 'merge', id: 11, at: AT, details: words('8'), who: words('chiara') || 'x' },
			],
		},
		typed: { status: 'granted', channel: 'email', purpose: 'marketing', method: 'paper', day: words('2026-11-22'), evidence: words('raccoglitore 7'), notice: '', guardian: words('la madre'), note: words('al banco') },
		fault: 'guardianMissing',
		eraseFault: 'surname',
	};
}

export function erased(words = asIs): ErasedState {
	return {
		...frame(words), section: 'customers', customerId: 5, counts: { customers: 1, messages: 1200, secrets: 3 },
		proof: { tables: 50, rows: 123_456, left: [{ table: words('messages'), column: words('body'), row: 7 }], ofOthers: 2 },
	};
}

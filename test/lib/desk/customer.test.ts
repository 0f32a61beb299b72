import { parseDeskAction, typedIn } from '../../../lib/desk/action';
import { renderCustomer } from '../../../lib/desk/customer/customerPage';
import { renderCustomers } from '../../../lib/desk/customer/customersPage';
import { renderErased } from '../../../lib/desk/customer/erasedPage';
import { readForm } from '../../../lib/web/form';
import { elementsOf } from '../web/markup';
import { customerPage, customers, erased } from './customerStates';

const SAID = { status: 'granted', channel: 'email', purpose: 'marketing', method: 'paper', day: '2026-11-22', evidence: ' raccoglitore\n7 ', notice: '2024-01', guardian: '', note: 'al banco' };
const read = (fields: object) => {
	const posted = parseDeskAction(readForm({ back: '?view=customer&id=5', csrf: 'x', customer: '5', ...fields }));
	return 'problem' in posted ? posted.problem : posted.action;
};
const text = ({ body }: { body: string }) => elementsOf(body).find(({ name }) => name === 'main')?.text.replace(/\s+/g, ' ') ?? '';

it('reads what is asked for about a customer', () => {
	expect(read({ action: 'recordConsent', ...SAID })).toEqual({ kind: 'recordConsent', customer: 5, typed: { ...SAID, evidence: 'raccoglitore 7' } });
	expect(read({ action: 'savePreference', channel: 'sms' })).toEqual({ kind: 'savePreference', customer: 5, channel: 'sms' });
	expect(read({ action: 'savePreference', channel: '' })).toEqual({ kind: 'savePreference', customer: 5 });
	expect(read({ action: 'exportCustomer' })).toEqual({ kind: 'exportCustomer', customer: 5 });
	expect(read({ action: 'eraseCustomer', surname: ' Rossi ' })).toEqual({ kind: 'eraseCustomer', customer: 5, surname: 'Rossi' });
});

it.each([
	{ action: 'recordConsent', ...SAID, status: 'expired' }, { action: 'recordConsent', ...SAID, channel: 'piccione' }, { action: 'recordConsent', ...SAID, purpose: '' },
	{ action: 'recordConsent', ...SAID, method: 'double-opt-in' }, { action: 'recordConsent', ...SAID, customer: '0' }, { action: 'recordConsent', ...SAID, channel: ['email', 'sms'] },
	{ action: 'savePreference' }, { action: 'savePreference', channel: 'any' }, { action: 'exportCustomer', customer: '5x' }, { action: 'eraseCustomer', customer: '' },
])('takes no form that is not ours: %j', (fields) => {
	expect(read(fields)).toBe('badForm');
});

it('gives back what had been typed where the page was too old', () => {
	const action = read({ action: 'recordConsent', ...SAID });
	expect(typeof action === 'object' && typedIn(action)).toEqual({ body: 'raccoglitore 7\nal banco' });
});

it('says in words what a record decides: everything in one word, a part of it by name', () => {
	const [granted] = customerPage().consents;
	const said = (changes: object) => text(renderCustomer({ ...customerPage(), consents: [{ ...granted, ...changes }] }));
	expect(said({})).toContain('auguri, novità e offerte · E-mail solo per maria@posta.example');
	expect(said({ channels: ['email', 'sms', 'whatsapp', 'whatsappLinked', 'letter', 'call', 'push'], purposes: ['recall', 'marketing', 'survey', 'health', 'profiling'] })).toContain('tutto, tranne avvisi su acquisti e appuntamenti · tutti i canali');
	expect(said({ channels: ['sms', 'call'], purposes: ['recall', 'survey'] })).toContain('richiami per i controlli, sondaggi · SMS, Telefonata');
	expect(said({ evidence: 'sha256:00ff' })).toContain('Prova: (cancellato)');
	expect(said({ evidence: undefined })).toContain('Nessuna prova registrata');
	// Of a day only, a no is kept at its end in UTC, which in Italy is the next day already.
	expect(said({ status: 'objected', saidAt: '2026-11-20T23:59:59.999Z' })).toContain('Detto il 20 novembre 2026');
	expect(text(renderCustomer({ ...customerPage(), consents: [] }))).toContain('Non ha mai detto né sì né no');
});

it('offers to withdraw what was granted, and to erase only to the lead', () => {
	const buttons = (state = customerPage()) => elementsOf(renderCustomer(state).body).filter(({ name }) => name === 'button').map(({ attributes }) => attributes.value);
	const count = (state?: ReturnType<typeof customerPage>) => buttons(state).filter((value) => value === 'recordConsent').length;
	expect([count(), count({ ...customerPage(), consents: [] })]).toEqual([3, 2]);
	expect([buttons().includes('eraseCustomer'), buttons({ ...customerPage(), role: 'staff' }).includes('eraseCustomer')]).toEqual([true, false]);
});

it('opens what was refused, and nothing else', () => {
	const open = (changes: object) => elementsOf(renderCustomer({ ...customerPage(), typed: undefined, fault: undefined, eraseFault: undefined, ...changes }).body).filter(({ name, attributes }) => name === 'details' && 'open' in attributes).map(({ attributes }) => attributes.id);
	expect([open({}), open({ fault: 'future' }), open({ eraseFault: 'sending' })]).toEqual([[], ['record'], ['erase']]);
});

it('says how many were found, that there are more, too little to search by, and nobody', () => {
	const state = customers();
	expect(text(renderCustomers(state))).toContain('45 clienti trovati. Maria Rossi 29 febbraio 1980 (46 anni) +39 333 123 4567 · maria@posta.example');
	expect(text(renderCustomers({ ...state, total: 10_000, isMore: true }))).toContain('Sono 10.000 o più');
	expect(text(renderCustomers({ ...state, outcome: 'tooShort', total: 0, customers: [] }))).toContain('almeno 2 lettere');
	expect(text(renderCustomers({ ...state, total: 0, customers: [] }))).toContain('Nessun cliente trovato');
	expect(text(renderCustomers({ ...state, outcome: 'notAsked', total: 0, customers: [], place: { page: 1 } }))).not.toContain('trovato');
});

it('shows what an erasure left and took, in words that name tables only where something is wrong', () => {
	const { proof, ...state } = erased();
	expect(text(renderErased({ ...state, proof }))).toContain('tabella messages, colonna body, riga 7');
	const whole = text(renderErased({ ...state, proof: { ...proof, left: [], ofOthers: 0 } }));
	expect(whole).toContain('50 tabelle, 123.456 righe');
	expect(whole).not.toContain('colonna');
	expect(whole).not.toContain('secrets');
});

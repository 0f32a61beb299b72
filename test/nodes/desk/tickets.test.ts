import type { Channel } from '../../../lib/domain/glossary';
import { getTicket } from '../../../lib/store/replies/tickets';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { NOW, openShop, type TestShop } from '../support/shop';
import { press, staff, textOf } from './support';

jest.setTimeout(60_000);

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const wrote = async (from: string, text: string, channel: Channel = 'email') => await receiveEvents(shop.store, [{ kind: 'reply', channel, eventId: `${from} ${text}`, from, text, at: NOW }] as Parameters<typeof receiveEvents>[1], NOW);
const giulia = async (changes: object = {}) => (await shop.customers(1, { firstName: 'Giulia', lastName: 'Neri', contactPoints: [{ kind: 'email', value: 'giulia@posta.example' }], consents: [], ...changes }))[0];

it('answers in the staff’s words, which leave by the workflow, and the second of two is told', async () => {
	const customerId = await giulia();
	await wrote('giulia@posta.example', 'Avete lenti da sole?');
	const [chiara, marco] = [await staff(shop), await staff(shop, 'marco')];
	expect(textOf(await chiara.get('?view=tickets'))).toContain('Avete lenti da sole?');
	expect(textOf(await chiara.get('?view=ticket&id=1'))).toContain('Giulia Neri');
	const reply = await press(chiara, 'answerTicket', { ticket: '1', text: 'Certo, passi quando vuole.' }, '?view=tickets');
	expect(reply).toMatchObject({ status: 303, headers: { Location: '?view=tickets&done=ticketAnswered&n=1' } });
	expect(reply.items.map(({ json }) => json)).toMatchObject([{ customer: { id: customerId }, occasion: { kind: 'reply' }, message: { state: 'approved', channel: 'email' }, desk: { by: 'chiara' } }]);
	const late = await press(marco, 'answerTicket', { ticket: '1', text: 'Anche io rispondo' });
	expect([late.status, late.items, textOf(late)]).toEqual([409, [], expect.stringContaining('Anche io rispondo')]);
	expect(await shop.store.db.selectFrom('messages').select('body').execute()).toEqual([{ body: 'Certo, passi quando vuole.' }]);
	expect(textOf(await marco.get('?view=tickets&kind=answered'))).toContain('chiara');
});

it('keeps the words where they are none, or the rules refuse them', async () => {
	await giulia({ contactPoints: [{ kind: 'email', value: 'casa@posta.example' }, { kind: 'email', value: 'giulia@posta.example' }] });
	await wrote('giulia@posta.example', 'Avete lenti da sole?');
	const visitor = await staff(shop);
	expect(textOf(await press(visitor, 'answerTicket', { ticket: '1', text: '  ' }))).toContain('La risposta è vuota');
	const refused = await press(visitor, 'answerTicket', { ticket: '1', text: 'Certo!' });
	expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('Certo!</textarea>')]);
	expect(textOf(refused)).toContain('un recapito diverso');
	expect(await getTicket(shop.store, 1)).toMatchObject({ state: 'open' });
	expect(textOf(await press(visitor, 'answerTicket', { ticket: '1', text: 'x'.repeat(3001) }))).toContain('3000 caratteri');
});

it('finds whose a stranger’s message is, by name or number, and closes it with a note', async () => {
	const customerId = await giulia({ contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }] });
	await wrote('+393459999999', 'mi chiamate?', 'sms');
	const visitor = await staff(shop);
	expect((await visitor.get('?view=ticket&id=1')).body).not.toContain('value="answerTicket"');
	for (const q of ['neri giu', '333 1234567']) expect(textOf(await visitor.get(`?view=ticket&id=1&q=${encodeURIComponent(q)}`))).toContain('È di Giulia Neri');
	expect(textOf(await visitor.get('?view=ticket&id=1&q=nessuno'))).toContain('Nessun cliente trovato');
	await press(visitor, 'assignTicket', { ticket: '1', customer: String(customerId) });
	expect(await getTicket(shop.store, 1)).toMatchObject({ customerId });
	expect(textOf(await visitor.get('?view=ticket&id=1'))).toContain('mi chiamate?');
	await press(visitor, 'closeTicket', { ticket: '1', note: 'chiamata' });
	expect(await getTicket(shop.store, 1)).toMatchObject({ state: 'closed', closedBy: 'chiara', note: 'chiamata' });
	expect((await press(visitor, 'closeTicket', { ticket: '1', note: 'di nuovo' })).headers.Location).toContain('left=1');
	expect((await visitor.get('?view=ticket&id=9')).status).toBe(404);
});

import type { INodeParameters } from 'n8n-workflow';
import { startImapStandin, type ImapStandin } from '../../../demo/standins/imap';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { runNode, testCredential, type NodeRun } from '../../support/runNode';
import { failure, NOW, openShop, type TestShop } from '../support/shop';

// The first of them loads n8n's core and the IMAP client.
jest.setTimeout(20_000);
let shop: TestShop;
let server: ImapStandin;
beforeEach(async () => void ([shop, server] = [await openShop(), await startImapStandin()]));
afterEach(async () => {
	await server.stop();
	await shop.close();
});

const mailbox = (changes: object = {}) => ({ host: '127.0.0.1', port: server.port, secure: false, user: 'shop', password: 'mailbox', folder: 'INBOX', ...changes });
const run = async (resource: string, operation: string, parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) =>
	(await runNode(OpticalCrm, { credentials: { ...shop.credentials, opticalMailboxApi: mailbox() }, parameters: { resource, operation, ...parameters }, ...more }))[0].map(({ json }) => json);
const write = (from: string, text: string, id = 1) => server.deliver(`From: ${from}\r\nMessage-ID: <r${id}@posta.example>\r\n\r\n${text}\r\n`);

describe('Mailbox > Read', () => {
	it('takes in what customers wrote, once, and marks it as seen', async () => {
		const [id] = await shop.customers(1, { contactPoints: [{ kind: 'email', value: 'giulia@posta.example' }] });
		write('giulia@posta.example', 'A che ora aprite?');
		expect(await run('mailbox', 'read')).toMatchObject([{ customer: { id }, reply: { kind: 'reply', meaning: 'question', channel: 'email' } }]);
		expect(server.mails[0].flags).toContain('\\Seen');
		expect(await run('mailbox', 'read')).toEqual([]);
		expect(JSON.stringify(await run('ticket', 'getAll'))).toContain('A che ora aprite?');
	});

	it('leaves mails unseen whose events could not be kept', async () => {
		write('giulia@posta.example', 'ciao');
		await shop.store.db.schema.alterTable('inbound_messages').renameTo('elsewhere').execute();
		await expect(run('mailbox', 'read')).rejects.toThrow();
		expect(server.mails[0].flags.size).toBe(0);
	});

	it('says how to go on where the server refuses', async () => {
		const wrong = { credentials: { ...shop.credentials, opticalMailboxApi: mailbox({ password: 'no' }) } };
		expect(await failure(run('mailbox', 'read', {}, wrong))).toMatchObject({ message: expect.stringContaining('cannot be read'), description: expect.stringContaining('Check user and password') });
		expect(await testCredential(OpticalCrm, 'opticalMailboxApi', mailbox())).toMatchObject({ status: 'OK' });
		expect(await testCredential(OpticalCrm, 'opticalMailboxApi', mailbox({ password: 'no' }))).toMatchObject({ status: 'Error' });
		expect(await testCredential(OpticalCrm, 'opticalMailboxApi', mailbox({ host: ' ' }))).toMatchObject({ status: 'Error', message: expect.stringContaining('no host') });
	});
});

describe('Ticket', () => {
	it('is closed once, by somebody, and a new message opens another', async () => {
		const event = (eventId: string) => ({ kind: 'reply' as const, channel: 'sms' as const, eventId, from: '+393331234567', text: 'mi chiamate?', at: NOW });
		await receiveEvents(shop.store, [event('1')], NOW);
		const [{ id }] = await run('ticket', 'getAll');
		expect(await run('ticket', 'close', { ticketId: id as number, who: 'Chiara', note: 'chiamato' })).toEqual([{ id, state: 'closed' }]);
		expect(await failure(run('ticket', 'close', { ticketId: id as number, who: 'Marco' }))).toMatchObject({ message: `Item 0: There is no open ticket ${id}` });
		expect(await run('ticket', 'getAll', { state: 'closed' })).toMatchObject([{ closedBy: 'Chiara', note: 'chiamato' }]);
		await receiveEvents(shop.store, [event('2')], NOW);
		expect((await run('ticket', 'getAll')).map((ticket) => ticket.id)).not.toEqual([id]);
		expect(await failure(run('ticket', 'close', { ticketId: 99, who: ' ' }))).toMatchObject({ message: 'Item 0: Nobody is named who sees to the ticket' });
	});
});

describe('Ticket > Answer', () => {
	const wrote = async (from = 'giulia@posta.example') => {
		const [id] = await shop.customers(1, { contactPoints: [{ kind: 'email', value: 'giulia@posta.example' }], consents: [] });
		await receiveEvents(shop.store, [{ kind: 'reply', channel: 'email', eventId: 'q', from, text: 'Avete lenti da sole?', at: NOW }], NOW);
		const [ticket] = await run('ticket', 'getAll');
		return { id, ticketId: ticket.id as number };
	};
	const answer = async (ticketId: number, text = 'Certo, passi quando vuole.') => await run('ticket', 'answer', { ticketId, who: 'Chiara', text });

	it('waits approved for Send Message, without marketing consent and once', async () => {
		const { id, ticketId } = await wrote();
		expect(await answer(ticketId)).toMatchObject([{ ticket: { id: ticketId, state: 'answered' }, message: { state: 'approved', channel: 'email', duplicate: false } }]);
		const [message] = await shop.store.db.selectFrom('messages').selectAll().execute();
		expect(message).toMatchObject({ customer_id: id, class: 'service', state: 'approved', subject: 'La risposta di Ottica Prova', body: 'Certo, passi quando vuole.' });
		expect(message.text).toContain('Ottica Prova');
		expect(message.approved_hash).toBe(message.content_hash);
		expect(await failure(answer(ticketId))).toMatchObject({ message: `Item 0: There is no open ticket ${ticketId}` });
		expect(await shop.store.db.selectFrom('messages').select('id').execute()).toHaveLength(1);
	});

	it('leaves the ticket open where nothing can be sent', async () => {
		const stranger = await wrote('nobody@posta.example');
		expect(await failure(answer(stranger.ticketId))).toMatchObject({ message: `Item 0: Nobody knows whose ticket ${stranger.ticketId} is` });
		expect(await failure(answer(stranger.ticketId, '  '))).toMatchObject({ message: 'Item 0: The answer is empty' });
		expect(await run('ticket', 'getAll')).toHaveLength(1);
	});

	it('does not go to another address than the one that wrote', async () => {
		const { id, ticketId } = await wrote();
		await shop.store.db.insertInto('contact_points').values({ shop_id: 1, customer_id: id, kind: 'email', value: 'new@posta.example', line: null, status: 'valid', preferred: 1, address_hash: 'h', created_at: NOW, retry_after: null }).execute();
		await shop.store.db.updateTable('contact_points').set({ preferred: 0 }).where('value', '=', 'giulia@posta.example').execute();
		expect(await failure(answer(ticketId))).toMatchObject({ message: expect.stringContaining('wrote from an address that is not the one') });
		expect(await run('ticket', 'getAll')).toHaveLength(1);
	});
});

describe('Frequent Question', () => {
	const parking = { name: 'parking', language: 'it', phrases: 'Parcheggi*, posto auto', answer: 'Sì, nel cortile.' };

	it("is kept, listed beside the package's, and removed", async () => {
		expect(await run('question', 'upsert', parking)).toEqual([{ ...parking, phrases: ['parcheggi*', 'posto auto'] }]);
		const listed = await run('question', 'getAll');
		expect(listed).toContainEqual(expect.objectContaining({ name: 'parking', own: true }));
		expect(listed).toContainEqual(expect.objectContaining({ name: 'hours', language: 'en', own: false }));
		expect(await run('question', 'remove', { name: 'parking', language: 'it' })).toMatchObject([{ removed: true }]);
		expect(await failure(run('question', 'remove', { name: 'parking', language: 'it' }))).toMatchObject({ message: 'Item 0: The shop has no question "parking" of its own' });
	});

	it('is refused with what is wrong with it', async () => {
		expect(await failure(run('question', 'upsert', { ...parking, answer: 'Ecco {price}' }))).toMatchObject({ message: 'Item 0: The answer holds {price}, which is none of the places' });
		expect(await failure(run('question', 'upsert', { ...parking, phrases: ' , *' }))).toMatchObject({ message: expect.stringContaining('no words') });
	});
});

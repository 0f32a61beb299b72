import { startImapStandin, type ImapStandin } from '../../../../demo/standins/imap';
import { readMailbox, type MailboxSettings } from '../../../../lib/channels/mailbox/mailbox';

const NOW = '2026-11-22T10:00:00.000Z';
let server: ImapStandin;
beforeEach(async () => void (server = await startImapStandin()));
afterEach(async () => await server.stop());

const settings = (changes: Partial<MailboxSettings> = {}): MailboxSettings => ({ host: '127.0.0.1', port: server.port, secure: false, user: 'shop', password: 'mailbox', folder: '', ...changes });
const write = (id: number, text = 'ciao') => server.deliver(`From: g@posta.example\r\nMessage-ID: <r${id}@posta.example>\r\nDate: Sun, 22 Nov 2026 09:0${id}:00 +0000\r\n\r\n${text}\r\n`);

it('reads what is unseen, in its order, and marks it only when it is kept', async () => {
	write(1);
	write(2).flags.add('\\Seen');
	write(3, 'perché no? però…');
	const first = await readMailbox(settings(), 10, NOW);
	expect(first.events.map(({ eventId }) => eventId)).toEqual(['<r1@posta.example>', '<r3@posta.example>']);
	await first.close();
	const again = await readMailbox(settings(), 10, NOW);
	expect(again).toMatchObject({ mails: 2, skipped: 0 });
	await again.done();
	await again.close();
	expect(server.mails.map(({ flags }) => flags.has('\\Seen'))).toEqual([true, true, true]);
	expect((await readMailbox(settings(), 10, NOW)).events).toEqual([]);
});

it('takes so many at a time, and leaves alone what is too large', async () => {
	write(1, 'x'.repeat(2_100_000));
	write(2);
	write(3);
	const read = await readMailbox(settings(), 2, NOW);
	expect(read).toMatchObject({ mails: 1, skipped: 1, events: [{ eventId: '<r2@posta.example>' }] });
	await read.close();
});

it('says what the server says of a wrong password or a port that nobody serves', async () => {
	await expect(readMailbox(settings({ password: 'wrong' }), 10, NOW)).rejects.toThrow();
	await expect(readMailbox(settings({ port: 1 }), 10, NOW)).rejects.toThrow();
});

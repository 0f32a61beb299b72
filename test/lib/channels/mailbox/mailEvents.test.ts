import { mailEvents } from '../../../../lib/channels/mailbox/mailEvents';

const NOW = '2026-11-22T10:00:00.000Z';
const read = async (...lines: string[]) => await mailEvents(Buffer.from(lines.join('\r\n')), NOW);

/** As RFC 3464, Appendix E has it, with our own id. */
const dsn = (action: string, status: string) => [
	'Date: Sun, 22 Nov 2026 09:55:00 +0000', 'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>', 'Message-Id: <d1@mx.example>', 'To: <ciao@ottica.example>', 'MIME-Version: 1.0',
	'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', 'Subject: Returned mail', '',
	'--b', '', 'The address does not exist.', '',
	'--b', 'Content-Type: message/delivery-status', '',
	'Reporting-MTA: dns; mx.example', 'Arrival-Date: Sun, 22 Nov 2026 09:54:00 +0000', '',
	'Final-Recipient: rfc822; giulia@posta.example', `Action: ${action}`, `Status: ${status}`, 'Diagnostic-Code: smtp; 550 no', ' such user', '',
	'--b', 'Content-Type: message/rfc822', '',
	'From: Ottica <ciao@ottica.example>', 'To: giulia@posta.example', 'Message-ID: <ocrm-7-1@ottica.example>', 'Subject: Auguri', '', 'Tanti auguri', '--b--', '',
];

it.each([
	['failed', '5.1.1', { state: 'failed', code: '5.1.1', permanent: true }],
	['failed', '4.2.2 (mailbox full)', { state: 'failed', code: '4.2.2', permanent: false }],
	['FAILED', '5.7.1', { state: 'failed', permanent: true }],
	['delivered', '2.0.0', { state: 'delivered' }],
])('a report that a mail has %s (%s)', async (action, status, expected) => {
	expect(await read(...dsn(action, status))).toMatchObject([{ kind: 'delivery', channel: 'email', providerId: '<ocrm-7-1@ottica.example>', eventId: '<d1@mx.example>:1', at: '2026-11-22T09:55:00.000Z', ...expected }]);
});

it('a delay is no failure, and a report about a mail of somebody else tells nothing', async () => {
	expect(await read(...dsn('delayed', '4.4.1'))).toEqual([]);
	expect(await read(...dsn('failed', '5.1.1').map((line) => line.replace('ocrm-7-1', 'other-7-1')))).toEqual([]);
});

it('a complaint of a mailbox provider (RFC 5965)', async () => {
	const events = await read(
		'From: <abuse@provider.example>', 'Date: Sun, 22 Nov 2026 09:00:00 +0000', 'Message-ID: <c1@provider.example>', 'MIME-Version: 1.0',
		'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '',
		'--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', '',
		'--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: SomeGenerator/1.0', 'Version: 1', 'Original-Rcpt-To: <Giulia@Posta.example>', '',
		'--b', 'Content-Type: message/rfc822', '', 'To: giulia@posta.example', 'Message-ID: <ocrm-9-2@ottica.example>', '', 'x', '--b--', '',
	);
	expect(events).toEqual([{ kind: 'complaint', channel: 'email', eventId: '<c1@provider.example>', from: 'giulia@posta.example', providerId: '<ocrm-9-2@ottica.example>', at: '2026-11-22T09:00:00.000Z' }]);
});

const answer = (text: string, ...headers: string[]) => ['From: "Giulia R." <Giulia@Posta.example>', 'Date: Sun, 22 Nov 2026 09:00:00 +0000', 'Message-ID: <r1@posta.example>', ...headers, '', text];

it('what a customer wrote, without what she answers', async () => {
	const text = 'Grazie, vorrei prenotare.\r\n\r\nGiulia\r\n\r\nIl giorno dom 22 nov 2026 alle ore 09:00 Ottica Prova\r\n<ciao@ottica.example> ha scritto:\r\n\r\n> Se le va, troviamo un momento';
	expect(await read(...answer(text, 'In-Reply-To: <ocrm-7-1@ottica.example>'))).toEqual([
		{ kind: 'reply', channel: 'email', eventId: '<r1@posta.example>', from: 'giulia@posta.example', text: 'Grazie, vorrei prenotare.\n\nGiulia', at: '2026-11-22T09:00:00.000Z', inReplyTo: '<ocrm-7-1@ottica.example>' },
	]);
});

it.each([
	['Stop\r\n\r\nInviato da iPhone', 'Stop'], ['Ok\r\n-- \r\nDott. Rossi\r\nVia Roma', 'Ok'], ['Yes please\r\n\r\nOn Sun, Nov 22, 2026 at 9:00 AM Ottica <c@o.example> wrote:\r\n> x', 'Yes please'],
	['Va bene\r\n\r\n-----Messaggio originale-----\r\nDa: Ottica', 'Va bene'], ['Ne parlavo con Il mio vicino, ha scritto un libro', 'Ne parlavo con Il mio vicino, ha scritto un libro'],
])('%j: %s', async (text, expected) => {
	expect(await read(...answer(text))).toMatchObject([{ text: expected }]);
});

it.each([['Auto-Submitted: auto-replied'], ['Precedence: bulk'], ['List-Id: <news.example>'], ['X-Autoreply: yes']])('tells nothing where a machine wrote: %s', async (header) => {
	expect(await read(...answer('Sono in ferie', header))).toEqual([]);
});

it('tells nothing of an empty mail or of bytes that are no mail, and of a mail from tomorrow that it came now', async () => {
	expect(await read(...answer(''))).toEqual([]);
	expect(await mailEvents(Buffer.from([0, 255, 13, 10, 200]), NOW)).toEqual([]);
	expect(await read(...answer('ciao').map((line) => line.replace('2026 09', '2030 09')))).toMatchObject([{ at: NOW }]);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Mailbox } from './mailbox';
import { listPage, mailBody, mailPage, notFoundPage, views, type View } from './mailboxHtml';

/** A running page that shows what a mailbox got. */
export interface MailboxPage {
	/** Without a slash at the end. */
	baseUrl: string;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// What a mail brings along may neither run nor load anything nor reach this page.
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Serves, on the loopback address only:
 * `/` the list, `/mails/<id>?view=html|text|headers|raw` one mail, `/api/mails` all of them as JSON (oldest first; the fields of ReceivedMail).
 *
 * @param port 0 for any free one
 * @throws if the port is taken
 */
export async function startMailboxPage(mailbox: Mailbox, port = 0): Promise<MailboxPage> {
	const server = createServer((request, response) => answer(mailbox, request, response));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	return {
		baseUrl: `http://${HOST}:${(server.address() as { port: number }).port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function answer(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): void {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		send(response, 405, 'text/plain', 'Only GET is served here.\n', PAGE_POLICY);
		return;
	}
	// A request line that is no address gets the same answer as an unknown one.
	const { pathname, searchParams } = URL.parse(request.url ?? '/', 'http://localhost') ?? new URL('http://localhost/none');
	if (pathname === '/') return send(response, 200, 'text/html', listPage(mailbox.mails()), PAGE_POLICY);
	if (pathname === '/api/mails') return send(response, 200, 'application/json', JSON.stringify(mailbox.mails()), PAGE_POLICY);

	const [, folder, id, part] = pathname.split('/');
	const mail = folder === 'mails' ? mailbox.mails().find((each) => each.id === id) : undefined;
	if (mail && part === undefined) return send(response, 200, 'text/html', mailPage(mail, chosenView(searchParams.get('view'))), PAGE_POLICY);
	if (mail && part === 'body') return send(response, 200, 'text/html', mailBody(mail), MAIL_POLICY);
	send(response, 404, 'text/html', notFoundPage(), PAGE_POLICY);
}

function chosenView(name: string | null): View {
	return name !== null && Object.hasOwn(views, name) ? (name as View) : 'html';
}

function send(response: ServerResponse, status: number, type: string, body: string, policy: string): void {
	response.writeHead(status, {
		'content-type': `${type}; charset=utf-8`,
		'content-security-policy': policy,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store',
	});
	response.end(body);
}

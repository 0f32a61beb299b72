import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerTo, bounceOf } from '../standins/customerMail';
import type { ReceivedMail } from '../standins/mailFolder';
import type { Standins } from '../standins/standins';
import { heldStill, notFoundPage } from './frame';
import { lettersPage } from './letterPages';
import { mailBody, mailPage, mailsPage, views, type View } from './mailPages';
import { overview } from './overview';
import { addressOf, phonePage, phonesPage, screen } from './phonePages';
import { Phones } from './phones';

/** The running page that shows what arrived. */
export interface DemoPage {
	/** Without a slash at the end. */
	baseUrl: string;
	stop(): Promise<void>;
}

interface Answer {
	status: number;
	type?: string;
	body: string | Buffer;
	headers?: Record<string, string>;
}

interface Asked {
	pathname: string;
	query: URLSearchParams;
	/** What a form sent; absent on GET. */
	form?: URLSearchParams;
}

const HOST = '127.0.0.1';
const MOST_BYTES = 20_000;
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
// What a mail brings along may neither run nor load anything nor reach this page.
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Serves, on the loopback address only: `/` everything, `/phones`, `/mails` and `/letters` with what is below them, and `/api/mails` (all mails as JSON,
 * oldest first; the fields of ReceivedMail).
 *
 * @param owners whose a number or an app is
 * @param port 0 for any free one
 * @throws if the port is taken
 */
export async function startDemoPage(standins: Standins, owners: ReadonlyMap<string, string>, port = 0): Promise<DemoPage> {
	const phones = new Phones(standins, owners);
	const server = createServer((request, response) => {
		respond(standins, phones, request)
			.catch((error: Error): Answer => ({ status: 500, type: 'text/plain', body: `The page of the demo failed: ${error.message}\n` }))
			.then((answer) => send(response, answer), () => response.destroy());
	});
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

async function respond(standins: Standins, phones: Phones, request: IncomingMessage): Promise<Answer> {
	const { method = 'GET', headers } = request;
	// A request line that is no address gets the same answer as an unknown one.
	const { pathname, searchParams: query } = URL.parse(request.url ?? '/', 'http://localhost') ?? new URL('http://localhost/none');
	if (method === 'GET' || method === 'HEAD') return await show(standins, phones, { pathname, query });
	if (method !== 'POST') return { status: 405, type: 'text/plain', body: 'Only GET and POST are served here.\n' };
	// A page of somebody else, open in the same browser, must not answer in the customer's name.
	if (headers.origin !== `http://${headers.host}`) return { status: 403, type: 'text/plain', body: 'This form comes from another page.\n' };
	const form = await readForm(request);
	return form ? await act(standins, phones, { pathname, query, form }) : { status: 413, type: 'text/plain', body: 'Too long.\n' };
}

async function show({ mailbox, post }: Standins, phones: Phones, { pathname, query }: Asked): Promise<Answer> {
	const ok = (body: string): Answer => ({ status: 200, body: query.has('still') ? heldStill(body) : body });
	const mails = mailbox.mails();
	if (pathname === '/') return ok(overview({ phones: phones.list(), mails, letters: post.orders }));
	if (pathname === '/phones') return ok(phonesPage(phones.list()));
	if (pathname === '/mails') return ok(mailsPage(mails));
	if (pathname === '/letters') return ok(lettersPage(post.orders));
	if (pathname === '/api/mails') return { status: 200, type: 'application/json', body: JSON.stringify(mails) };
	const phone = phones.find(query.get('of'));
	if (phone && pathname === '/phone') return ok(phonePage(phone));
	if (phone && pathname === '/phone/screen') return ok(screen(phone));

	const [, folder, id, part] = pathname.split('/');
	const mail = mailOf(mails, folder, id);
	if (mail && part === undefined) return ok(mailPage(mail, chosenView(query.get('view')), query.get('told') === 'yes' ? 'It is on its way to the shop.' : ''));
	if (mail && part === 'body') return { status: 200, body: mailBody(mail), headers: { 'content-security-policy': MAIL_POLICY } };
	const letter = folder === 'letters' ? post.orders.find((order) => `${order.id}.pdf` === id) : undefined;
	if (letter) return { status: 200, type: 'application/pdf', body: letter.pdf };
	return { status: 404, body: notFoundPage() };
}

/** Somebody answers as the customer. */
async function act({ mailbox, imap }: Standins, phones: Phones, { pathname, query, form }: Required<Asked>): Promise<Answer> {
	const text = (form.get('text') ?? '').trim();
	const seeOther = (location: string): Answer => ({ status: 303, body: '', headers: { location } });
	const phone = phones.find(query.get('of'));
	if (phone && pathname === '/phone') {
		const problem = text === '' ? 'Write something first.' : await phones.answer(phone, form.get('via') === 'whatsapp' ? 'whatsapp' : 'sms', text);
		return problem ? { status: 422, body: phonePage(phone, { problem, typed: text }) } : seeOther(addressOf(phone));
	}
	const [, folder, id] = pathname.split('/');
	const mail = mailOf(mailbox.mails(), folder, id);
	if (!mail) return { status: 404, body: notFoundPage() };
	const bounces = form.get('what') === 'bounce';
	if (!bounces && text === '') return { status: 422, body: mailPage(mail, 'html', 'Write something first.') };
	imap.deliver(bounces ? bounceOf(mail) : await answerTo(mail, text));
	return seeOther(`/mails/${mail.id}?told=yes`);
}

function mailOf(mails: readonly ReceivedMail[], folder: string, id: string): ReceivedMail | undefined {
	return folder === 'mails' ? mails.find((each) => each.id === id) : undefined;
}

/** Undefined where it is too long. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		bytes += part.length;
		if (bytes <= MOST_BYTES) parts.push(part);
	}
	return bytes > MOST_BYTES ? undefined : new URLSearchParams(Buffer.concat(parts).toString());
}

function chosenView(name: string | null): View {
	return name !== null && Object.hasOwn(views, name) ? (name as View) : 'html';
}

function send(response: ServerResponse, { status, type = 'text/html', body, headers }: Answer): void {
	response.writeHead(status, {
		'content-type': typeof body === 'string' ? `${type}; charset=utf-8` : type,
		'content-security-policy': PAGE_POLICY,
		'x-content-type-options': 'nosniff',
		// With `no-referrer`, browsers send a form without its origin.
		'referrer-policy': 'same-origin',
		'cache-control': 'no-store',
		...headers,
	});
	response.end(body);
}

import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { graphError, type Answer } from './whatsAppApi/errors';
import { creationError, shownText, templateError, type StandinTemplate } from './whatsAppApi/templates';
import { accountWebhook, messageWebhook, preferenceWebhook, statusWebhook, type Sender } from './whatsAppApi/webhooks';

export type { StandinTemplate } from './whatsAppApi/templates';

/** A message that the stand-in has taken. */
export interface StandinWhatsAppMessage {
	id: string;
	/** E.164. */
	to: string;
	type: 'text' | 'template';
	/** As the customer reads it. */
	text: string;
	template?: { name: string; language: string };
	/** What was sent along to come back with each status. */
	opaque?: string;
	/** The whole request. */
	request: Record<string, unknown>;
	/** Milliseconds since 1970. */
	at: number;
}

/** How the stand-in misbehaves. By default it does not. Can be changed at any time. */
export interface WhatsAppFaults {
	/** Milliseconds before an answer; the message is kept by then. */
	delayMs: number;
	/** What follows a taken message: its answer, silence, or a cut connection. */
	afterTaking: 'answer' | 'hang' | 'disconnect';
	/** Numbers whose messages are refused at once, with Meta's code. */
	refuse: Record<string, number>;
	/** Numbers whose messages are taken and fail later, by a status. */
	failLater: Record<string, number>;
	/** Statuses come twice, and the last one first. */
	disorder: boolean;
}

export interface WhatsAppStandinOptions {
	/** 0 or nothing: any free port. */
	port?: number;
	accessToken?: string;
	appSecret?: string;
	verifyToken?: string;
	phoneNumberId?: string;
	wabaId?: string;
	/** The shop's number, digits only. */
	displayNumber?: string;
	/** Where webhooks go; can be set later. */
	webhookUrl?: string;
	/** Milliseconds after which sent, delivered and read go out by themselves; absent: only by `status`. */
	reportAfterMs?: number;
	/** Milliseconds since 1970. */
	clock?: () => number;
}

/** A running stand-in for Meta's Graph API. It delivers nothing, and forgets everything when it stops. */
export interface WhatsAppStandin extends Required<Pick<WhatsAppStandinOptions, 'accessToken' | 'appSecret' | 'verifyToken' | 'phoneNumberId' | 'wabaId'>> {
	port: number;
	/** The base URL for the credential. */
	url: string;
	/** Oldest first. */
	messages: readonly StandinWhatsAppMessage[];
	templates: readonly StandinTemplate[];
	faults: WhatsAppFaults;
	webhookUrl?: string;
	/** How the number stands. */
	account: { quality_rating: string; whatsapp_business_manager_messaging_limit: string; status: string };
	/** Adds a template, approved unless told otherwise, or changes the one of that name and language; a change of its state is told by a webhook. */
	setTemplate(template: Partial<StandinTemplate> & { name: string }): Promise<StandinTemplate>;
	/** A customer writes, which opens the window. Gives the status that the webhook answered. */
	reply(number: string, text: string, inReplyTo?: string): Promise<number>;
	/** A customer taps a quick reply below a message of ours. */
	tap(number: string, label: string, inReplyTo: string): Promise<number>;
	/** A customer stops or resumes marketing in the app. */
	prefer(number: string, value: 'stop' | 'resume'): Promise<number>;
	/** A status of a message goes out. */
	status(id: string, status: 'sent' | 'delivered' | 'read' | 'failed', code?: number): Promise<number>;
	/** Something about templates or the account goes out, such as `account_update`. */
	tell(field: string, value: object): Promise<number>;
	/** Any body, signed with the secret given; for forged ones. */
	post(body: string, secret?: string): Promise<number>;
	/** Asks the webhook as Meta does when it is set up. True where it answers with the challenge. */
	verify(): Promise<boolean>;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const WINDOW_MS = 86_400_000;

/**
 * Starts a local HTTP server that speaks the documented protocol of the WhatsApp Cloud API: messages, templates with their checks, the window of 24
 * hours, and signed webhooks.
 * @throws if the port is taken
 */
export async function startWhatsAppStandin(options: WhatsAppStandinOptions = {}): Promise<WhatsAppStandin> {
	const { clock = Date.now, reportAfterMs, webhookUrl } = options;
	const { accessToken = 'demo-access-token', appSecret = 'demo-app-secret', verifyToken = 'demo-verify-token', phoneNumberId = '106540352242922', wabaId = '102290129340398', displayNumber = '390550000000' } = options;
	const sender: Sender = { wabaId, phoneNumberId, displayNumber };
	const messages: StandinWhatsAppMessage[] = [];
	const templates: StandinTemplate[] = [];
	const windows = new Map<string, number>();
	const ending = new AbortController();
	let serial = 0;
	const nextId = () => `wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI${String(++serial).padStart(10, '0')}AA==`;
	const seconds = () => Math.floor(clock() / 1000);
	const findTemplate = (name: unknown, language: unknown) => templates.find((each) => each.name === name && each.language === language);

	const send = async (body: string, secret = appSecret): Promise<number> => {
		if (!standin.webhookUrl) return 0;
		const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
		const answer = await fetch(standin.webhookUrl, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature }, signal: ending.signal });
		await answer.arrayBuffer();
		return answer.status;
	};
	const push = (payload: object) => send(JSON.stringify(payload));
	const statusOf = ({ id, to, opaque, template }: StandinWhatsAppMessage, status: string, code?: number) => {
		const category = template ? findTemplate(template.name, template.language)?.category.toLowerCase() : 'service';
		return push(statusWebhook(sender, id, to, status, { at: seconds(), code, opaque, category }));
	};
	const report = async (message: StandinWhatsAppMessage, failure?: number): Promise<void> => {
		await sleep(reportAfterMs ?? 0, undefined, { signal: ending.signal });
		const states = failure === undefined ? ['sent', 'delivered', 'read'] : ['failed'];
		for (const state of standin.faults.disorder ? [...states].reverse().flatMap((each) => [each, each]) : states) await statusOf(message, state, failure);
	};

	/** Takes a message as `POST /{version}/{phone-number-id}/messages` does. */
	const take = (request: Record<string, unknown>): Answer & { taken?: StandinWhatsAppMessage; failure?: number } => {
		const { messaging_product, to, type, biz_opaque_callback_data: opaque } = request as Record<string, string | undefined>;
		const { text, template } = request;
		if (messaging_product !== 'whatsapp' || !to) return graphError(131008);
		if (type !== 'text' && type !== 'template') return graphError(131051);
		const number = `+${String(to).replace(/\D/g, '')}`;
		const refused = standin.faults.refuse[number];
		if (refused !== undefined) return graphError(refused);
		const use = (template ?? {}) as { name?: string; language?: { code?: string } };
		const known = type === 'template' ? findTemplate(use.name, use.language?.code) : undefined;
		const wrong = type === 'template' ? templateError(use as Record<string, unknown>, known) : undefined;
		if (wrong) return wrong;
		const body = type === 'text' ? String((text as { body?: string } | undefined)?.body ?? '') : shownText(use as Record<string, unknown>, known as StandinTemplate);
		if (body === '') return graphError(131008);
		const taken: StandinWhatsAppMessage = { id: nextId(), to: number, type, text: body, ...(known && { template: { name: known.name, language: known.language } }), ...(opaque && { opaque }), request, at: clock() };
		// A closed window is told later, as Meta does.
		const open = type === 'template' || clock() - (windows.get(number) ?? -Infinity) < WINDOW_MS;
		const failure = standin.faults.failLater[number] ?? (open ? undefined : 131047);
		messages.push(taken);
		return { status: 200, body: { messaging_product: 'whatsapp', contacts: [{ input: to, wa_id: number.slice(1) }], messages: [{ id: taken.id, ...(known && { message_status: 'accepted' }) }] }, taken, failure };
	};

	const listTemplates = (query: URLSearchParams): Answer => {
		const [limit, from] = [Number(query.get('limit') ?? 25), Number(query.get('after') ?? 0)];
		const end = Math.min(from + limit, templates.length);
		const more = end < templates.length;
		return { status: 200, body: { data: templates.slice(from, end), paging: { cursors: { before: String(from), after: String(end) }, ...(more && { next: `${standin.url}/next` }) } } };
	};

	const createTemplate = (given: Record<string, unknown>): Answer => {
		const wrong = creationError(given, templates);
		if (wrong) return wrong;
		const { name, language, category, parameter_format, components } = given as unknown as StandinTemplate;
		const made: StandinTemplate = { id: String(1_387_372_356_726_668 + templates.length), name, language, category: category.toUpperCase(), status: 'PENDING', parameter_format: parameter_format ?? 'POSITIONAL', components };
		templates.push(made);
		return { status: 200, body: { id: made.id, status: made.status, category: made.category } };
	};

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? '/', `http://${HOST}`);
		const [, version, node, edge] = url.pathname.split('/');
		const given = request.method === 'POST' ? (JSON.parse((await readText(request)) || '{}') as Record<string, unknown>) : {};
		const answer = ({ status, body }: Answer) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (request.headers.authorization !== `Bearer ${accessToken}`) return void answer(graphError(190));
		if (!/^v\d+\.0$/.test(version)) return void answer(graphError(100, 'Unknown path components'));
		if (request.method === 'GET' && node === phoneNumberId && !edge) return void answer({ status: 200, body: { id: phoneNumberId, display_phone_number: `+${displayNumber}`, verified_name: 'Ottica', ...standin.account } });
		if (node === wabaId && edge === 'message_templates') return void answer(request.method === 'GET' ? listTemplates(url.searchParams) : createTemplate(given));
		if (request.method !== 'POST' || node !== phoneNumberId || edge !== 'messages') return void answer(graphError(100, 'Unsupported request', { error_subcode: 33 }));
		const { taken, failure, ...told } = take(given);
		await sleep(standin.faults.delayMs);
		if (taken && standin.faults.afterTaking === 'hang') return;
		if (taken && standin.faults.afterTaking === 'disconnect') return void request.socket.destroy();
		answer(told);
		if (taken && (reportAfterMs !== undefined || failure !== undefined)) report(taken, failure).catch(() => undefined);
	};

	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.headersSent || response.writeHead(500).end());
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, HOST, resolve));
	const { port } = server.address() as { port: number };

	const hears = (number: string, message: object, inReplyTo?: string) => {
		windows.set(number, clock());
		return push(messageWebhook(sender, number, nextId(), seconds(), message, inReplyTo));
	};
	const standin: WhatsAppStandin = {
		port, url: `http://${HOST}:${port}`, accessToken, appSecret, verifyToken, phoneNumberId, wabaId, webhookUrl, messages, templates,
		faults: { delayMs: 0, afterTaking: 'answer', refuse: {}, failLater: {}, disorder: false },
		account: { quality_rating: 'GREEN', whatsapp_business_manager_messaging_limit: 'TIER_250', status: 'CONNECTED' },
		setTemplate: async (given) => {
			const known = findTemplate(given.name, given.language ?? 'it');
			const before = known?.status;
			const template: StandinTemplate = known ?? {
				id: String(1_387_372_356_726_668 + templates.length), name: given.name, language: 'it', category: 'MARKETING', status: 'APPROVED', parameter_format: 'NAMED', components: [{ type: 'BODY', text: 'Buongiorno dalla sua ottica.' }],
			};
			Object.assign(template, given);
			if (!known) templates.push(template);
			else if (before !== template.status) await standin.tell('message_template_status_update', { event: template.status, message_template_id: Number(template.id), message_template_name: template.name, message_template_language: template.language.replace('_', '-'), reason: 'NONE', message_template_category: template.category });
			return template;
		},
		reply: (number, text, inReplyTo) => hears(number, { type: 'text', text: { body: text } }, inReplyTo),
		tap: (number, label, inReplyTo) => hears(number, { type: 'button', button: { payload: label, text: label } }, inReplyTo),
		prefer: (number, value) => push(preferenceWebhook(sender, number, value, seconds())),
		status: (id, status, code) => statusOf(messages.find((message) => message.id === id) as StandinWhatsAppMessage, status, code),
		tell: (field, value) => push(accountWebhook(sender, field, value, seconds())),
		post: send,
		verify: async () => {
			const challenge = String(1_158_201_444 + serial);
			const url = new URL(standin.webhookUrl ?? '');
			for (const [name, value] of Object.entries({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken })) url.searchParams.set(name, value);
			const answer = await fetch(url, { signal: ending.signal });
			return answer.status === 200 && (await answer.text()) === challenge;
		},
		stop: async () => {
			ending.abort();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return standin;
}

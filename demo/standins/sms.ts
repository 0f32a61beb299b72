import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { brevoStandin } from './smsProviders/brevo';
import { genericStandin } from './smsProviders/generic';
import type { SmsAnswer, SmsCall, StandinProvider, StandinSms, WebhookOut } from './smsProviders/provider';
import { skebbyStandin } from './smsProviders/skebby';
import { smshostingStandin } from './smsProviders/smshosting';
import { twilioStandin } from './smsProviders/twilio';

export type { StandinSms } from './smsProviders/provider';

/** How the stand-in misbehaves; for tests. By default it does not. */
export interface SmsFaults {
	/** Milliseconds before an answer; the SMS is kept by then. */
	delayMs: number;
	/** What follows a taken SMS: its answer, silence, or a cut connection. It is kept in all three cases. */
	afterTaking: 'answer' | 'hang' | 'disconnect';
	/** Answered to every SMS instead, which is then not kept. */
	status?: number;
}

export interface SmsStandinOptions {
	/** 0 or nothing: any free port. */
	port?: number;
	/** What a provider's panel holds: where answers go, and reports on SMS that name no address themselves. With the token in it. */
	webhookUrl?: string;
	/** Milliseconds after which a report goes out by itself; absent: only by `deliver`. */
	reportAfterMs?: number;
	/** The shop's number, to which answers go. */
	number?: string;
}

/** A running stand-in for the SMS providers. It delivers nothing, and forgets everything when it stops. */
export interface SmsStandin {
	port: number;
	/** The base URL of all providers; the described one is at `/generic/messages`. */
	url: string;
	/** Oldest first. */
	messages: readonly StandinSms[];
	/** Can be changed at any time. */
	faults: SmsFaults;
	/** Can be changed at any time. */
	webhookUrl?: string;
	/** Somebody answers from `number`, by the provider of the last SMS to it (or of the last one at all). Gives the status that the webhook answered. */
	reply(number: string, text: string): Promise<number>;
	/** The report on a message goes out. Gives the status that the webhook answered. */
	deliver(id: string, state?: 'delivered' | 'failed'): Promise<number>;
	/** Skebby's sessions end. */
	endSessions(): void;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Starts a local HTTP server that speaks the documented protocols of Twilio, Skebby, smshosting and Brevo, and of one made-up provider.
 * @throws if the port is taken
 */
export async function startSmsStandin({ port = 0, webhookUrl, reportAfterMs, number = '+390294750000' }: SmsStandinOptions = {}): Promise<SmsStandin> {
	const skebby = skebbyStandin();
	const providers: Record<string, StandinProvider> = { twilio: twilioStandin(), skebby, smshosting: smshostingStandin(), brevo: brevoStandin(), generic: genericStandin() };
	const messages: StandinSms[] = [];
	const timers = new AbortController();
	const standin: SmsStandin = {
		port,
		url: '',
		messages,
		webhookUrl,
		faults: { delayMs: 0, afterTaking: 'answer' },
		reply: async (from, answer) => {
			const latest = messages.findLast(({ to }) => to === from) ?? messages.at(-1);
			if (!latest || !standin.webhookUrl) throw new Error('Nothing was sent yet, or no webhook address is known: nobody can answer.');
			return await call(standin.webhookUrl, providers[latest.provider].reply(from, number, answer, latest));
		},
		deliver: async (id, state = 'delivered') => {
			const sms = messages.find((one) => one.id === id);
			const address = sms?.callback ?? standin.webhookUrl;
			if (!sms || !address) throw new Error('There is no such SMS, or no address for its report.');
			sms.state = state;
			return await call(address, providers[sms.provider].report(sms, state));
		},
		endSessions: () => skebby.endSessions(),
		stop: async () => {
			timers.abort();
			server.closeAllConnections();
			if (server.listening) await new Promise((resolve) => server.close(resolve));
		},
	};

	function answer(request: SmsCall): { answer: SmsAnswer; taken: boolean } {
		for (const [name, provider] of Object.entries(providers)) {
			let taken = false;
			const found = provider.handle(request, (sms) => {
				taken = true;
				const kept: StandinSms = { ...sms, id: sms.id ?? String(messages.length + 1), provider: name, at: new Date().toISOString(), state: 'sent' };
				// As a real one does when it fails before it has looked at the message.
				if (standin.faults.status === undefined) keep(kept);
				return kept;
			});
			if (found) return taken && standin.faults.status !== undefined ? { answer: { status: standin.faults.status, body: {} }, taken } : { answer: found, taken };
		}
		return { answer: { status: 404, body: 'No provider of this stand-in has such an address.' }, taken: false };
	}

	function keep(sms: StandinSms): void {
		messages.push(sms);
		if (reportAfterMs === undefined) return;
		// Whether anybody listens is not the sender's business, as with a real provider.
		sleep(reportAfterMs, undefined, { signal: timers.signal, ref: false }).then(async () => await standin.deliver(sms.id)).catch(() => undefined);
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { answer: found, taken } = answer(await readCall(request));
		await sleep(standin.faults.delayMs);
		if (taken && standin.faults.afterTaking === 'hang') return;
		if (taken && standin.faults.afterTaking === 'disconnect') return void request.socket.destroy();
		const isText = typeof found.body === 'string';
		response.writeHead(found.status, { 'Content-Type': isText ? 'text/plain' : 'application/json' }).end(isText ? found.body : JSON.stringify(found.body));
	}

	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	standin.port = (server.address() as { port: number }).port;
	standin.url = `http://${HOST}:${standin.port}`;
	return standin;
}

async function readCall(request: IncomingMessage): Promise<SmsCall> {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	const body = await readText(request);
	const isJson = /json/.test(request.headers['content-type'] ?? '');
	const json: unknown = isJson && body ? JSON.parse(body) : {};
	return {
		method: request.method ?? 'GET',
		path: pathname,
		headers: request.headers as SmsCall['headers'],
		query: searchParams,
		form: new URLSearchParams(isJson ? '' : body),
		json: typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {},
	};
}

/** Calls a webhook, and gives its status. */
async function call(address: string, { method, form, json, sign }: WebhookOut): Promise<number> {
	const url = new URL(address);
	if (method === 'GET') for (const [name, value] of Object.entries(form ?? {})) url.searchParams.set(name, value);
	const body = method === 'GET' ? undefined : form ? new URLSearchParams(form).toString() : JSON.stringify(json);
	const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
	const answer = await fetch(url, { method, body, headers: { ...(body !== undefined && { 'Content-Type': type }), ...sign?.(url.toString()) } });
	await answer.arrayBuffer();
	return answer.status;
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { Http } from '../../lib/channels/http';
import type { SmsSettings } from '../../lib/channels/sms/settings';
import { smsWebhook } from '../../lib/channels/sms/webhook';
import { challengeAnswer } from '../../lib/channels/whatsApp/signature';
import { readWhatsAppWebhook, type WebhookAccount } from '../../lib/channels/whatsApp/webhook';
import type { InboundEvent } from '../../lib/domain/inbound';
import type { Instant } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { commonHeaders } from '../../lib/web/headers';
import type { Page } from '../../lib/web/page';
import { httpOf } from '../shared/http';
import { logHeard } from '../shared/logHeard';
import { receiveEvents } from '../shared/receiveEvents';
import { readMail } from './mailProviders';

/** A provider's call, as it came in. */
export interface ProviderCall {
	method: string;
	/** With its question mark, or empty. */
	query: string;
	headers: Record<string, string | undefined>;
	/** The exact bytes. */
	rawBody: Buffer;
	receivedAt: Instant;
}

/** What a call tells; that it does not come from the provider; or what to answer where it only asks whether the address is ours. */
export type Told = InboundEvent[] | 'forged' | { answer: string };

interface Provider {
	credential: string;
	/** @param http asks the provider itself, where a call cannot be checked without it */
	read(settings: IDataObject, call: ProviderCall, http: Http): Told | Promise<Told>;
}

/** The channels whose providers call this node, by the value of `from` in the address. */
const PROVIDERS: Record<string, Provider> = {
	email: { credential: 'opticalSmtpApi', read: readMail },
	sms: { credential: 'opticalSmsApi', read: (settings, call) => smsWebhook(settings as unknown as SmsSettings, call) },
	whatsapp: { credential: 'opticalWhatsAppCloudApi', read: readWhatsApp },
};

/** Meta asks by GET whether the address is ours, and tells by POST. */
function readWhatsApp(settings: IDataObject, { method, query, headers, rawBody }: ProviderCall): Told {
	if (method === 'POST') return readWhatsAppWebhook(rawBody, headers['x-hub-signature-256'], settings as unknown as WebhookAccount);
	const challenge = challengeAnswer(Object.fromEntries(new URLSearchParams(query)), String(settings.verifyToken ?? ''));
	return challenge === undefined ? 'forged' : { answer: challenge };
}

/** The provider that an address is for: `?from=sms` behind the production URL. */
export function providerOf(query: unknown): Provider | undefined {
	const { from } = query as { from?: unknown };
	return typeof from === 'string' && Object.hasOwn(PROVIDERS, from) ? PROVIDERS[from] : undefined;
}

/**
 * Takes in what a provider tells, once it has proved who it is. The answer has no words: Twilio would send them to the customer.
 * @returns 403 where the proof fails, and nothing is changed then
 */
export async function answerProvider(context: IWebhookFunctions, provider: Provider, store: Store, now: Instant): Promise<{ page: Page; items: INodeExecutionData[] }> {
	const told = await provider.read(await context.getCredentials(provider.credential), await callOf(context, now), httpOf(context as unknown as IExecuteFunctions, provider.credential));
	if (told === 'forged') {
		context.logger.warn(`${context.getNode().name}: a call that claims to come from the provider could not prove it, and was refused.`);
		return { page: wordless(403), items: [] };
	}
	if (!Array.isArray(told)) return { page: { ...wordless(200), body: told.answer }, items: [] };
	const heard = await receiveEvents(store, told, now);
	logHeard(context, store, told);
	return { page: wordless(200), items: heard.map((json) => ({ json: json as unknown as IDataObject })) };
}

/** Nothing was kept: the provider calls again later. */
export function providerTrouble(): Page {
	return wordless(503);
}

function wordless(status: number): Page {
	return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...commonHeaders() }, body: '' };
}

async function callOf(context: IWebhookFunctions, now: Instant): Promise<ProviderCall> {
	const request = context.getRequestObject();
	// Bodies of a kind that n8n does not parse are read only when they are asked for.
	if (request.rawBody === undefined && request.method === 'POST') await request.readRawBody?.();
	return {
		method: request.method,
		query: new URL(request.originalUrl, 'http://localhost').search,
		headers: context.getHeaderData() as Record<string, string | undefined>,
		rawBody: request.rawBody ?? Buffer.alloc(0),
		receivedAt: now,
	};
}

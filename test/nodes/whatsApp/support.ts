import { createServer, type Server } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { startWhatsAppStandin, type WhatsAppStandin } from '../../../demo/standins/whatsApp';
import { whatsAppChannel } from '../../../lib/channels/whatsApp/cloudApi';
import { fetchAccount } from '../../../lib/channels/whatsApp/account';
import { fetchTemplates } from '../../../lib/channels/whatsApp/templates';
import { challengeAnswer } from '../../../lib/channels/whatsApp/signature';
import { readWhatsAppWebhook } from '../../../lib/channels/whatsApp/webhook';
import type { InboundEvent } from '../../../lib/domain/inbound';
import type { ItemOccasion } from '../../../lib/domain/item';
import type { MessageExtra, WhatsAppTemplateUse } from '../../../lib/domain/messageExtra';
import type { Instant } from '../../../lib/domain/time';
import { customerFacts } from '../../../lib/store/facts';
import { contentHash } from '../../../lib/messages/hash';
import { occasionIds } from '../../../lib/store/settling';
import { queueMessages } from '../../../lib/store/messages';
import { recordConsents } from '../../../lib/store/recordConsents';
import { saveWhatsAppAccount, saveWhatsAppTemplates, type WhatsAppAlert } from '../../../lib/store/whatsApp/whatsAppAccount';
import { saveWording } from '../../../lib/store/wordings';
import { sendMessages } from '../../../nodes/shared/sendMessages';
import { takeInWhatsAppEvents } from '../../../nodes/shared/whatsAppEvents';
import { plainHttp } from '../../support/plainHttp';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';

export const NOW = '2026-11-24T09:00:00.000Z';
export const USE: WhatsAppTemplateUse = { name: 'ordine_pronto', language: 'it', category: 'UTILITY', parameterFormat: 'NAMED', body: [{ name: 'customer_name', text: 'Giulia' }] };
export const BODY = [{ type: 'BODY', text: 'Buongiorno {{customer_name}}, i suoi occhiali sono pronti da Ottica Prova.' }];
const TEXT = 'Buongiorno Giulia, i suoi occhiali sono pronti. Ottica Prova, +39055000000';

export let test: TestStore;
export let meta: WhatsAppStandin;
let hook: Server;
export let events: InboundEvent[];
export let alerts: WhatsAppAlert[];
export let clock: Instant;
let serial = 0;
/** Makes numbers and occasions that nothing else has. */
export const next = () => ++serial;

/** Each test of a file has a store, Meta and the address to which Meta tells everything of its own. */
export function eachWithItsOwnMeta(): void {
	beforeEach(async () => {
		clock = NOW;
		[events, alerts] = [[], []];
		test = await openTestStore(NOW);
		meta = await startWhatsAppStandin({ clock: () => Date.parse(clock) });
		// The address to which Meta tells everything, as the trigger will serve it.
		hook = createServer(async (request, response) => {
			const url = new URL(request.url ?? '/', 'http://localhost');
			if (request.method === 'GET') {
				const challenge = challengeAnswer(Object.fromEntries(url.searchParams), meta.verifyToken);
				return void response.writeHead(challenge === undefined ? 403 : 200).end(challenge);
			}
			const read = readWhatsAppWebhook(Buffer.from(await readText(request)), request.headers['x-hub-signature-256'] as string | undefined, meta);
			if (read === 'forged') return void response.writeHead(403).end();
			events.push(...read);
			alerts.push(...(await takeInWhatsAppEvents(test.store, read, clock)));
			response.writeHead(200).end();
		});
		await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
		meta.webhookUrl = `http://127.0.0.1:${(hook.address() as { port: number }).port}/hook`;
		await meta.setTemplate({ name: 'ordine_pronto', category: 'UTILITY', components: BODY });
		await saveWording(test.store, 'wa-1', 'Sì, Ottica Prova può scrivermi su WhatsApp.', NOW);
		await sync();
	});
	afterEach(async () => {
		await meta.stop();
		hook.closeAllConnections();
		await new Promise((resolve) => hook.close(resolve));
		await test.close();
	});
}

/** Time goes on, or back. */
export function at(instant: Instant): void {
	clock = instant;
}

export const settings = () => ({ baseUrl: meta.url, version: 'v26.0', phoneNumberId: meta.phoneNumberId, wabaId: meta.wabaId });
export async function sync(): Promise<void> {
	await saveWhatsAppAccount(test.store, await fetchAccount(settings(), plainHttp(), clock));
	await saveWhatsAppTemplates(test.store, meta.wabaId, await fetchTemplates(settings(), plainHttp()), clock);
}

/** A customer with a mobile number, opted in unless told otherwise. */
export async function person(number = `+39333${String(1_000_000 + next())}`, optedIn = true): Promise<number> {
	const [id] = await saved(test.store, [customer({ contactPoints: [{ kind: 'phone', value: number, line: 'mobile' }], consents: [] })], NOW);
	const purposes = ['marketing', 'service'] as const;
	if (optedIn) await recordConsents(test.store, purposes.map((purpose) => ({ customerId: id, channel: 'whatsapp', purpose, status: 'granted', legalBasis: 'consent', capturedAt: NOW, source: 'desk', noticeVersion: '2024-01', wordingVersion: 'wa-1', doubleOptInAt: NOW })), NOW);
	return id;
}

/** An approved message to each of them. */
export async function approved(customerIds: number[], extra: MessageExtra | null = { whatsApp: USE }, occasion: Partial<ItemOccasion> = {}): Promise<number[]> {
	const facts = await customerFacts(test.store, customerIds);
	const { kind = 'order.ready', class: messageClass = 'service' } = occasion;
	const keys = customerIds.map((customerId) => ({ customerId, kind, dueOn: '2026-11-24', stage: next() }));
	const occasions = await occasionIds(test.store, keys, NOW);
	const points = customerIds.map((id) => facts.get(id)?.contactPoints[0].id as number);
	const values = await test.store.db.selectFrom('contact_points').select(['id', 'value']).where('id', 'in', points).execute();
	const queued = await queueMessages(test.store, customerIds.map((customerId, index) => {
		const recipient = values.find(({ id }) => id === points[index])?.value as string;
		const message = { channel: 'whatsapp' as const, class: messageClass, language: 'it' as const, templateId: kind, templateVersion: 1, body: TEXT, text: `${TEXT}. Rispondi STOP per non riceverne più.`, ...(extra && { extra }) };
		return { customerId, occasionId: occasions[index] as number, contactPointId: points[index], message, contentHash: contentHash({ recipient, channel: 'whatsapp', text: message.text, ...(extra && { extra }) }) };
	}), 'policy', NOW);
	return queued.map(({ id }) => id);
}

export const send = async (ids?: number[], parallel = 20) => {
	const { messages: done } = await sendMessages(test.store, 'whatsapp', whatsAppChannel(settings(), plainHttp()), { ids, most: 100, parallel, leaseMinutes: 2 }, () => clock);
	return [...done].sort((one, other) => one.id - other.id).map(({ to, why }) => [to, why].filter(Boolean).join(' '));
};

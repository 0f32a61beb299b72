import { of } from '../asked';
import type { World } from '../world';

const WHO = 'chiara';
const providerIds = (world: World) => world.rows('messages').flatMap(({ provider_id: id }) => id ?? []);

/** What comes back: deliveries, answers, tickets; Meta's account, and the shop's own phone. */
export const INBOUND = {
	'replies/deliveries': of<typeof import('../../../../../lib/store/replies/deliveries')>({
		applyDeliveries: (world) => [world.store, [
			...world.rows('messages').flatMap(({ provider_id: providerId, channel, id }) => (providerId === null ? [] : [{ kind: 'delivery' as const, channel: channel as 'email', providerId, eventId: `d${id}`, state: 'failed' as const, at: world.now, permanent: id % 2 === 0 }])),
			// A provider gives the key of a message back, and a key can be forged.
			...world.rows('messages').filter(({ state }) => state === 'uncertain').map(({ id }) => ({ kind: 'delivery' as const, channel: 'whatsapp' as const, providerId: `new ${id}`, eventId: `k${id}`, state: 'sent' as const, at: world.now, key: `ocrm-${id}-1` })),
		], world.now],
	}),
	'replies/frequentQuestions': of<typeof import('../../../../../lib/store/replies/frequentQuestions')>({
		ownQuestions: ({ store }) => [store],
		saveQuestion: ({ store, now }) => [store, { name: 'orari', language: 'it', phrases: ['aperti'], answer: 'Sì' }, now],
		removeQuestion: ({ store }) => [store, 'it', 'orari'],
		orderStates: (world) => [world.store, world.ids('customers'), world.today],
	}),
	'replies/inboundMessages': of<typeof import('../../../../../lib/store/replies/inboundMessages')>({
		saveInbound: (world) => [world.store, world.rows('messages').map(({ id, customer_id: customerId }) => ({ customerId, channel: 'email', sender: 'a@b.example', text: 'Ciao', meaning: 'other', at: world.now, messageId: id, ticketId: world.one('tickets').id })), world.now],
		conversation: (world) => [world.store, world.one('customers').id, 'email', 50],
		strangersLines: ({ store }) => [store, 'sms', '+393470000000', 50],
	}),
	'replies/providerEvents': of<typeof import('../../../../../lib/store/replies/providerEvents')>({
		freshEvents: (world) => [world.store, [...world.rows('provider_events').map(({ event_id: eventId }) => eventId), 'event 99'].map((eventId) => ({ kind: 'delivery' as const, channel: 'email' as const, providerId: 'x', eventId, state: 'read' as const, at: world.now })), world.now],
	}),
	'replies/senders': of<typeof import('../../../../../lib/store/replies/senders')>({
		possibleSenders: ({ store }) => [store, [{ channel: 'sms', from: '+39333123450' }, { channel: 'whatsapp', from: '+3933312345' }, { channel: 'email', from: 'person0@posta.example' }, { channel: 'sms', from: '+393331234500' }]],
		senderKey: 'joins two texts',
		recipientsOf: (world) => [world.store, providerIds(world)],
	}),
	'replies/surveys': of<typeof import('../../../../../lib/store/replies/surveys')>({
		recordSurveyAnswers: (world) => [world.store, world.rows('messages').map(({ id, customer_id: customerId }) => ({ customerId, messageId: id, score: 1, comment: 'male', at: world.now }))],
		surveyMessage: (world) => [world.store, world.one('messages').occasion_id],
		surveyAnswer: (world) => [world.store, world.one('survey_answers').message_id as number],
	}),
	'replies/tickets': of<typeof import('../../../../../lib/store/replies/tickets')>({
		openTickets: (world) => [world.store, world.rows('messages').filter(({ state }) => state === 'read').map(({ id, customer_id: customerId }, index) => ({ customerId, channel: 'email', sender: index % 2 ? `person${index}@posta.example` : `fresh${index}@posta.example`, kind: 'problem', messageId: id, at: world.now })), world.now],
		listTickets: ({ store }) => [store, 'open', { limit: 100, offset: 0 }],
		getTicket: (world) => [world.store, world.one('tickets').id],
		endTicket: (world) => [world.store, world.one('tickets').id, 'closed', WHO, undefined, world.now],
		assignTicket: (world) => [world.store, world.one('tickets', ({ customer_id: id }) => id === null).id, world.one('customers', (row) => row.erased_at === null && row.merged_into === null).id, world.now],
	}),
	'whatsApp/whatsAppAccount': of<typeof import('../../../../../lib/store/whatsApp/whatsAppAccount')>({
		saveWhatsAppAccount: ({ store, now }) => [store, { wabaId: `waba ${store.shop.code}`, phoneNumberId: 'p', quality: 'RED', state: 'CONNECTED', fetchedAt: now }],
		whatsAppAccount: ({ store }) => [store],
		saveWhatsAppTemplates: ({ store, now }) => [store, `waba ${store.shop.code}`, [], now],
		whatsAppTemplates: ({ store }) => [store],
		toAccountTemplate: 'reads one row',
		recordTemplateEvents: (world) => [world.store, world.rows('whatsapp_templates').flatMap(({ waba_id: account, name, language }) => [
			{ kind: 'template' as const, channel: 'whatsapp' as const, eventId: 't', account, name, language, state: 'PAUSED', at: world.now }, { kind: 'template' as const, channel: 'whatsapp' as const, eventId: 'a', account, quality: 'RED', at: world.now },
		])],
		stopWhatsAppTemplates: ({ store, now }) => [store, [{ name: 'birthday', language: 'it' }], now],
	}),
	'whatsApp/whatsAppWindows': of<typeof import('../../../../../lib/store/whatsApp/whatsAppWindows')>({ openWhatsAppWindows: ({ store }) => [store, [{ from: '+39333123450', at: '2026-11-27T00:00:00.000Z' }], '2026-11-28T00:00:00.000Z'] }),
	'linkedDevice/device': of<typeof import('../../../../../lib/store/linkedDevice/device')>({
		findLinkedDevice: ({ store, now }) => [store, now],
		holdLinkedDevice: ({ store, now }) => [store, 'process', '2026-11-25T00:00:00.000Z', now],
		releaseLinkedDevice: ({ store, now }) => [store, 'process', now],
		changeLinkedDevice: ({ store, now }) => [store, 'process', { state: 'loggedOut' }, now],
		stopLinkedDevice: ({ store, now }) => [store, '463', now],
		resumeLinkedDevice: ({ store, now }) => [store, now],
		wishOfLinkedDevice: ({ store, now }) => [store, { kind: 'unlink' }, now],
		wishIsDone: ({ store, now }) => [store, { kind: 'unlink' }, now],
	}),
	'linkedDevice/keys': of<typeof import('../../../../../lib/store/linkedDevice/keys')>({
		keyShelf: {
			with: ({ store }) => [store, store.secret, 'process'],
			then: async (shelf: { read(kind: string, names: string[]): Promise<unknown>; write(rows: object[]): Promise<void> }) => {
				const read = await shelf.read('session', ['one']);
				await shelf.write([{ kind: 'session', name: 'one', value: null }]);
				return read;
			},
		},
		forgetKeys: ({ store }) => [store],
	}),
	'linkedDevice/leftMessages': of<typeof import('../../../../../lib/store/linkedDevice/leftMessages')>({
		leaveForPhone: (world) => [world.store, world.ids('messages'), world.now],
		lastWrittenToPhone: (world) => [world.store, world.ids('customers')],
	}),
	'linkedDevice/seal': 'encrypts a text',
	'linkedDevice/outlive': 'restores a backup: the whole file, whatever shops it holds',
};

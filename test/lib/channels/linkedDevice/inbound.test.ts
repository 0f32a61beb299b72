import type { WAMessage } from '@whiskeysockets/baileys';
import { deliveryOf, replyOf } from '../../../../lib/channels/linkedDevice/inbound';
import { messageName } from '../../../../lib/channels/linkedDevice/messageName';

const NOW = '2026-11-24T09:00:00.000Z';
const SECRET = 'a-secret-of-the-linked-phone-0123456789';
const FROM = '+393331234567';

const heard = (message: object | undefined, changes: object = {}) =>
	replyOf({ key: { id: 'ABC', remoteJid: '1@lid', fromMe: false }, messageTimestamp: Date.parse('2026-11-24T08:30:00Z') / 1000, message, ...changes } as WAMessage, FROM, NOW);

it('is a reply as of every other channel', () => {
	expect(heard({ conversation: 'Ciao' })).toEqual({ kind: 'reply', channel: 'whatsappLinked', eventId: 'ABC', from: FROM, text: 'Ciao', at: '2026-11-24T08:30:00.000Z' });
});

it.each([
	[{ extendedTextMessage: { text: 'Sì', contextInfo: { stanzaId: '3EB01' } } }, { text: 'Sì', inReplyTo: '3EB01' }],
	[{ imageMessage: { caption: 'la montatura' } }, { text: '📷 la montatura' }],
	[{ audioMessage: {} }, { text: '🎤' }],
	[{ ephemeralMessage: { message: { conversation: 'BASTA' } } }, { text: 'BASTA' }],
	[{ viewOnceMessageV2: { message: { imageMessage: {} } } }, { text: '📷' }],
])('reads %j', (message, said) => {
	expect(heard(message)).toMatchObject(said);
});

it('what the shop wrote itself, and what says nothing, is no reply', () => {
	expect(heard({ conversation: 'Ciao' }, { key: { id: 'ABC', remoteJid: '1@lid', fromMe: true } })).toBeUndefined();
	expect(heard({ protocolMessage: { type: 3 } })).toBeUndefined();
	expect(heard({ reactionMessage: { text: '👍' } })).toBeUndefined();
	expect(heard(undefined)).toBeUndefined();
});

it('a moment that lies ahead is now, and one that is not told too', () => {
	expect(heard({ conversation: 'x' }, { messageTimestamp: Date.parse('2027-01-01T00:00:00Z') / 1000 })?.at).toBe(NOW);
	expect(heard({ conversation: 'x' }, { messageTimestamp: undefined })?.at).toBe(NOW);
});

it('states of our messages name the message, those of others are no news', () => {
	const name = messageName('ocrm-7-1', SECRET, Buffer.alloc(9));
	const told = (status: number, key: object = {}) => deliveryOf({ key: { id: name, fromMe: true, ...key }, update: { status } }, SECRET, NOW);
	expect(told(3)).toEqual({ kind: 'delivery', channel: 'whatsappLinked', providerId: name, eventId: `${name} delivered`, state: 'delivered', at: NOW, key: 'ocrm-7-1' });
	expect(told(4)).toMatchObject({ state: 'read' });
	expect(told(2)).toBeUndefined();
	expect(told(0)).toBeUndefined();
	expect(told(3, { fromMe: false })).toBeUndefined();
	expect(told(3, { id: '3EB0000000000000000000' })).not.toHaveProperty('key');
});

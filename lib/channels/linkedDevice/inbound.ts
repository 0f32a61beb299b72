import type { proto, WAMessage, WAMessageUpdate } from '@whiskeysockets/baileys';
import type { DeliveryEvent, ReplyEvent } from '../../domain/inbound';
import type { Instant } from '../../domain/time';
import { keyOfName } from './messageName';

const CHANNEL = 'whatsappLinked';
/** What stands for something that is no text: as on the official channel. */
const SIGNS: ReadonlyArray<[keyof proto.IMessage, string]> = [
	['imageMessage', '📷'], ['videoMessage', '🎞️'], ['audioMessage', '🎤'], ['stickerMessage', '🏷️'], ['documentMessage', '📄'], ['locationMessage', '📍'], ['contactMessage', '👤'],
];
const STATES: Record<number, DeliveryEvent['state']> = { 3: 'delivered', 4: 'read', 5: 'read' };

/**
 * A message that came to the shop's phone, as the reply of a customer; undefined for what the shop itself wrote, for groups and status notes, and for what says
 * nothing, such as the notes by which devices agree.
 * @param number E.164 of whoever wrote
 */
export function replyOf({ key, message, messageTimestamp }: WAMessage, number: string, now: Instant): ReplyEvent | undefined {
	const said = saidIn(message);
	if (key.fromMe || !key.id || said === undefined) return undefined;
	const seconds = Number(messageTimestamp ?? 0);
	const at = seconds > 0 ? new Date(seconds * 1000).toISOString() : now;
	return { kind: 'reply', channel: CHANNEL, eventId: key.id, from: number, ...said, at: at > now ? now : at };
}

/** How far a message of ours is; undefined for what is no news. */
export function deliveryOf({ key, update }: WAMessageUpdate, secret: string, now: Instant): DeliveryEvent | undefined {
	const state = STATES[Number(update.status ?? 0)];
	if (!key.fromMe || !key.id || state === undefined) return undefined;
	const ours = keyOfName(key.id, secret);
	return { kind: 'delivery', channel: CHANNEL, providerId: key.id, eventId: `${key.id} ${state}`, state, at: now, ...(ours && { key: ours }) };
}

/** The words of a message, and what it answers. */
function saidIn(given: proto.IMessage | null | undefined): Pick<ReplyEvent, 'text' | 'inReplyTo'> | undefined {
	const message = unwrapped(given);
	if (!message) return undefined;
	const inReplyTo = contextOf(message)?.stanzaId;
	const said = (text: string) => ({ text, ...(inReplyTo && { inReplyTo }) });
	const text = message.conversation || message.extendedTextMessage?.text;
	if (text) return said(text);
	const found = SIGNS.find(([kind]) => message[kind]);
	if (!found) return undefined;
	const caption = (message[found[0]] as { caption?: string | null }).caption;
	return said([found[1], caption].filter(Boolean).join(' '));
}

/** Messages that vanish, or are to be seen once, come in a wrapping. */
function unwrapped(message: proto.IMessage | null | undefined): proto.IMessage | undefined {
	const inner = message?.ephemeralMessage ?? message?.viewOnceMessage ?? message?.viewOnceMessageV2 ?? message?.documentWithCaptionMessage;
	return inner ? unwrapped(inner.message) : (message ?? undefined);
}

function contextOf({ extendedTextMessage, imageMessage, videoMessage, audioMessage, documentMessage, stickerMessage }: proto.IMessage): proto.IContextInfo | null | undefined {
	return (extendedTextMessage ?? imageMessage ?? videoMessage ?? audioMessage ?? documentMessage ?? stickerMessage)?.contextInfo;
}

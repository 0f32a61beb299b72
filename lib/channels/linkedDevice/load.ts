import { inspect } from 'node:util';

export type Baileys = typeof import('@whiskeysockets/baileys');

/**
 * Baileys, loaded when the phone is used and not before. Its libsignal prints whole sessions, private keys included, on the console: here they get a form in which
 * nothing stands.
 */
export async function loadBaileys(): Promise<Baileys> {
	const { SessionRecord } = await import('libsignal');
	const { createEntry } = SessionRecord as unknown as { createEntry(): object };
	Object.getPrototypeOf(createEntry())[inspect.custom] = () => '[session]';
	return await import('@whiskeysockets/baileys');
}

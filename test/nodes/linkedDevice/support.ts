import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { HeardEvent } from '../../../nodes/shared/receiveEvents';
import { Phone, type PhoneSettings } from '../../../nodes/WhatsAppLinkedDeviceTrigger/phone';
import { startLinkedDeviceStandin, type LinkedDeviceStandin } from '../../../demo/standins/linkedDevice/server';
import type { LinkedDevice } from '../../../lib/domain/linkedDevice';
import { instantOf } from '../../../lib/domain/time';
import { findLinkedDevice, wishOfLinkedDevice } from '../../../lib/store/linkedDevice/device';
import { leaveForPhone } from '../../../lib/store/linkedDevice/leftMessages';
import type { Store } from '../../../lib/store/open';

export const LINKED_SECRET = 'a-secret-of-the-linked-phone-0123456789';
export const ANNA = '+393331234567';

export const clock = () => instantOf(new Date());

/** A phone in this process, with nothing of a person's slowness. */
export function phoneOf(store: Store, url: string, changes: Partial<PhoneSettings> = {}) {
	const heard: HeardEvent[] = [];
	const warnings: unknown[] = [];
	const settings: PhoneSettings = { secret: LINKED_SECRET, url, gap: { shortest: 0, longest: 0 }, typing: () => 5, ackMs: 500, beatMs: 50, holdMs: 30_000, random: () => 0, ...changes };
	const phone = new Phone({ store, settings, clock, emit: (events) => heard.push(...events), warn: (error) => warnings.push(error) });
	return { phone, heard, warnings };
}

/** Waits until something is so. */
export async function until<Result>(what: string, look: () => Promise<Result | undefined | false> | Result | undefined | false, longestMs = 15_000): Promise<Result> {
	const end = Date.now() + longestMs;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
		await sleep(25);
	}
}

export async function deviceWhen(store: Store, what: string, is: (device: LinkedDevice) => boolean): Promise<LinkedDevice> {
	return await until(what, async () => {
		const device = await findLinkedDevice(store, clock());
		return device && is(device) ? device : undefined;
	});
}

/** The lead asks for a QR code on the Desk and scans it. */
export async function link(store: Store, server: LinkedDeviceStandin): Promise<void> {
	await until('the node runs', async () => await wishOfLinkedDevice(store, { kind: 'connect' }, clock()));
	const { qr } = await deviceWhen(store, 'a QR code is shown', ({ qr }) => qr !== undefined);
	server.scan(qr as string);
	await deviceWhen(store, 'the phone is linked', ({ state, connected }) => state === 'linked' && connected);
}

export async function stateOf(store: Store, id: number): Promise<string> {
	const { rows } = await sql<{ state: string }>`select state from messages where id = ${id}`.execute(store.db);
	return rows[0].state;
}

export { leaveForPhone, sleep, startLinkedDeviceStandin };

import { setTimeout as sleep } from 'node:timers/promises';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';
import type { LinkedDevice } from '../../lib/domain/linkedDevice';
import type { Instant } from '../../lib/domain/time';
import { findLinkedDevice, wishOfLinkedDevice } from '../../lib/store/linkedDevice/device';
import type { Store } from '../../lib/store/open';
import { qrGif } from '../../lib/web/qr';

/** The published workflow connects and gets a code meanwhile. */
const WAIT_MS = 40_000;
const LOOK_MS = 500;

/**
 * How the phone stands, as an item for the editor; with a picture of the QR code where it is not linked. The session itself belongs to the published workflow: a run by
 * hand that opened one of its own would shut that one out, and would end with the run.
 * @throws CrmError where no published workflow holds the session
 */
export async function shownPhone(store: Store, clock: () => Instant, makeBinary: (bytes: Buffer, name: string, type: string) => Promise<IBinaryData>): Promise<INodeExecutionData> {
	const found = await findLinkedDevice(store, clock());
	if (!found?.isHeld) throw new CrmError('No published workflow keeps the session of the phone', 'Publish this workflow, and execute the node again after some seconds.');
	if (found.state === 'linked') return { json: toJson(found) };
	if (found.qr === undefined) await wishOfLinkedDevice(store, { kind: 'connect' }, clock());
	const device = await untilShown(store, clock, found);
	if (device.qr === undefined) return { json: toJson(device) };
	return { json: toJson(device), binary: { qr: await makeBinary(Buffer.from(qrGif(device.qr), 'base64'), 'qr.gif', 'image/gif') } };
}

async function untilShown(store: Store, clock: () => Instant, found: LinkedDevice): Promise<LinkedDevice> {
	let device = found;
	for (let waited = 0; waited < WAIT_MS && device.qr === undefined && device.state !== 'linked'; waited += LOOK_MS) {
		await sleep(LOOK_MS);
		device = (await findLinkedDevice(store, clock())) ?? device;
	}
	return device;
}

function toJson({ state, connected, number, linkedAt, stoppedCode }: LinkedDevice): IDataObject {
	return { phone: { state, connected, ...(number && { number }), ...(linkedAt && { linkedAt }), ...(stoppedCode && { stoppedCode }) } };
}

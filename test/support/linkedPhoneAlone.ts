import { openStore, type StoreSettings } from '../../lib/store/open';
import { instantOf } from '../../lib/domain/time';
import { Phone } from '../../nodes/WhatsAppLinkedDeviceTrigger/phone';

/** A process of its own that keeps the session of the shop's phone until it is killed: `tsx linkedPhoneAlone.ts <settings of the store as JSON> <address> <secret>`. */
async function main(settings: StoreSettings, url: string, secret: string): Promise<void> {
	const store = await openStore(settings);
	new Phone({
		store,
		settings: { secret, url, gap: { shortest: 0, longest: 0 }, typing: () => 20, ackMs: 20_000, beatMs: 20, holdMs: 30_000, random: () => 0 },
		clock: () => instantOf(new Date()),
		emit: () => undefined,
		warn: (error) => process.stderr.write(`${String(error)}\n`),
	}).start();
}

void main(JSON.parse(process.argv[2]) as StoreSettings, process.argv[3], process.argv[4]);

import type { Channel } from '../../lib/channels/channel';
import { dayLimit, gapMs } from '../../lib/channels/linkedDevice/pace';
import { linkedSender, type LinkedDevice } from '../../lib/domain/linkedDevice';
import type { Instant } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { markUncertain } from '../../lib/store/sending';
import type { HeardEvent } from '../shared/receiveEvents';
import { sendMessages, type SentMessage } from '../shared/sendMessages';
import type { PhoneSettings } from './phone';

const CHANNEL = 'whatsappLinked';
/** Looking up, typing and waiting for the server's word last some minutes at worst. */
const LEASE_MINUTES = 6;
/** What is worth telling the workflow of a message. */
const TOLD: ReadonlyArray<SentMessage['to']> = ['sent', 'failed', 'uncertain', 'blocked'];
const TRIED: ReadonlyArray<SentMessage['to']> = ['sent', 'failed', 'uncertain'];

/** Sends what was left for the phone: one message at a time, with the pauses of a person between them. */
export class Sender {
	private nextAt = 0;
	private sending?: Promise<void>;

	constructor(private readonly store: Store, private readonly channel: Channel, private readonly settings: PhoneSettings, private readonly clock: () => Instant, private readonly emit: (events: HeardEvent[]) => void) {}

	/** Sends the next message, if its time has come and none is under way; goes on by itself. */
	next(device: LinkedDevice): void {
		if (this.sending || Date.parse(this.clock()) < this.nextAt) return;
		this.sending = this.send(device)
			// What went wrong in the store is seen by the next beat, and a message in `sending` becomes uncertain by itself.
			.catch(() => undefined)
			.finally(() => (this.sending = undefined));
	}

	async idle(): Promise<void> {
		await this.sending;
	}

	private async send({ number, linkedAt }: LinkedDevice): Promise<void> {
		const { gap, perDay, random } = this.settings;
		const now = this.clock();
		const overdue = await markUncertain(this.store, now);
		const limits = { perSecond: 0, perMinute: gap.shortest > 0 ? 60 / gap.shortest : 0, perDay: dayLimit(linkedAt ?? now, now, perDay) };
		const { messages } = await sendMessages(this.store, CHANNEL, this.channel, { most: 1, parallel: 1, leaseMinutes: LEASE_MINUTES, sender: { name: linkedSender(number), limits }, random }, this.clock);
		if (messages.some(({ to }) => TRIED.includes(to))) this.nextAt = Date.parse(this.clock()) + gapMs(gap, random);
		const told = messages.filter(({ to }) => TOLD.includes(to)).map(({ id, to, why, customerId }): HeardEvent => ({
			customer: { id: customerId }, message: { id, state: to }, reply: { kind: 'delivery', channel: CHANNEL, at: this.clock(), ...(why !== undefined && { code: why }) },
		}));
		const lost = overdue.map((id): HeardEvent => ({ message: { id, state: 'uncertain' }, reply: { kind: 'delivery', channel: CHANNEL, at: now, code: 'OUTCOME_UNKNOWN' } }));
		if (told.length + lost.length > 0) this.emit([...told, ...lost]);
	}
}

import type { Channel, Delivery } from '../../lib/channels/channel';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import type { Instant, LocalDate } from '../../lib/domain/time';
import type { Random } from '../shop/random';
import { SENDING } from './world/habits';

/** What left the shop, or may have: seen from outside, whatever the store says of it. */
export interface Departure {
	/** Id of the message in the store. */
	messageId: number;
	at: Instant;
	channel: ChannelName;
	recipient: string;
	refusalUrl?: string;
}

/** What was seen during a run from outside the store. */
export interface Recording {
	departures: Departure[];
	/** Days on which the triggers polled. */
	polled: Set<LocalDate>;
	/** Items that could not be handled, by what was wrong. */
	problems: Record<string, number>;
}

/** A provider that calls nobody: it writes down what it was given, and now and then is busy or does not answer. */
export class RecordingSender implements Channel {
	/** What the run does with the departures of its last sending. */
	readonly fresh: Departure[] = [];

	constructor(private readonly channel: ChannelName, private readonly recording: Recording, private readonly random: Random, private readonly clock: () => Instant) {}

	async send({ id, recipient, refusalUrl }: Parameters<Channel['send']>[0]): Promise<Delivery> {
		if (this.random.chance(SENDING.busy)) return { outcome: 'refused', code: 'BUSY', retry: true };
		const departure = { messageId: id, at: this.clock(), channel: this.channel, recipient, refusalUrl };
		this.recording.departures.push(departure);
		if (this.random.chance(SENDING.unknown)) return { outcome: 'unknown', code: 'NO_ANSWER' };
		this.fresh.push(departure);
		return { outcome: 'sent', providerId: `recorded-${id}` };
	}

	async close(): Promise<void> {}
}

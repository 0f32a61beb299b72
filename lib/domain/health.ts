import type { Channel } from './glossary';
import type { LinkedState } from './linkedDevice';
import type { Circuit } from './sender';
import type { Instant, LocalDate } from './time';

/**
 * What leaves a sign of life. `poll`: a Due trigger looked, by occasion kind. Of messages, by channel, how a sending ended: `sent`, `failed`, `uncertain`, `blocked`, `retried` (it
 * waits for another try), `returned` (to the staff). `heard`: a webhook or a mailbox brought something, by channel and kind of event. `imported`: rows of an export. `backup`:
 * the store was copied.
 */
export type SignKind = 'poll' | 'sent' | 'failed' | 'uncertain' | 'blocked' | 'retried' | 'returned' | 'heard' | 'imported' | 'backup';

/** What a part of the system did last, and how often since the store counts. */
export interface SignOfLife {
	what: SignKind;
	name: string;
	lastAt: Instant;
	times: number;
	/** How many things in all: occasions that were found, messages, rows. */
	things: number;
	/** How the last one went wrong. */
	code?: string;
	/** How often it should come. */
	everyMinutes?: number;
}

/** So many, and since when the oldest of them waits. */
export interface Waiting {
	count: number;
	oldest?: Instant;
}

/** What waits in the store. */
export interface QueueHealth {
	/** For the staff's yes. */
	pending: Waiting;
	/** Approved, and its hour has come; on channels that need no hand. */
	approved: Waiting & { byChannel: Partial<Record<Channel, Waiting>> };
	/** Being sent for longer than a sending may take. */
	overdue: Waiting;
	/** Nobody knows whether they left. */
	uncertain: Waiting;
	/** In the last 24 hours. */
	failed: number;
	tickets: Waiting;
	/** Occasions whose workflow did not say in time what became of them. They come again by themselves. */
	lostLeases: Waiting;
}

/** Where the store is, and how large. */
export interface StoreHealth {
	kind: 'file' | 'postgres';
	schemaVersion: number;
	bytes: number;
	/** Of the disk that the file lies on. */
	freeBytes?: number;
	/** Absent where none was ever made by the node. PostgreSQL is backed up by its own tools. */
	lastBackup?: Instant;
}

/** An account or number that messages leave by. */
export interface SenderHealth extends Circuit {
	/** Holds the name of the account: for the lead, not for logs and metrics. */
	name: string;
	channel: Channel;
	/** `open`: it is left alone. `trial`: one message tries it. */
	circuit: 'closed' | 'open' | 'trial';
	nextAt?: Instant;
	/** Messages today. */
	today: number;
}

/** How a channel does. */
export interface ChannelHealth {
	channel: Channel;
	lastSent?: Instant;
	lastFailed?: { at: Instant; code?: string };
	/** Campaigns that a brake holds on it. */
	held: number;
}

/** How a search for who is due does. */
export interface PollHealth {
	/** Occasion kind. */
	kind: string;
	lastAt: Instant;
	everyMinutes: number;
	/** `off`: silent for so long that somebody has switched it off. */
	state: 'onTime' | 'late' | 'off';
}

/** What was heard last. */
export interface HeardHealth {
	channel: string;
	/** Of the event: `delivery`, `reply` and the like. */
	kind: string;
	lastAt: Instant;
}

/** All that is known of how the shop's system does, at a moment. */
export interface HealthFacts {
	at: Instant;
	today: LocalDate;
	store: StoreHealth;
	queue: QueueHealth;
	senders: SenderHealth[];
	channels: ChannelHealth[];
	polls: PollHealth[];
	heard: HeardHealth[];
	/** Alerts that last, by kind. */
	alerts: Record<string, number>;
	/** Campaigns that a brake holds. */
	holds: number;
	/** Open sessions at the Desk. */
	sessions: number;
	/** The shop's own phone; absent where it was never used. */
	phone?: { state: LinkedState; connected: boolean; isHeld: boolean; isStopped: boolean };
	/** Everything that is counted, for metrics. */
	signs: SignOfLife[];
}

/** From good to bad. */
export const HEALTH_LEVELS = ['ok', 'warn', 'bad'] as const;
export type HealthLevel = (typeof HEALTH_LEVELS)[number];

/** Something that somebody should look at; words for it are in templates. */
export interface Finding {
	code: 'diskFull' | 'diskLow' | 'backupNever' | 'backupOld' | 'pendingOld' | 'approvedOld' | 'overdue' | 'uncertain' | 'uncertainOld' | 'failedMany' | 'senderOpen' | 'pollLate' | 'pollNever'
		| 'holds' | 'phoneOffline' | 'phoneStopped' | 'phoneUnlinked' | 'ticketsOld';
	level: Exclude<HealthLevel, 'ok'>;
	/** How many it is about. */
	count: number;
	/** Which: a channel, an occasion kind, a number of megabytes. */
	about?: string;
	/** Since when. */
	since?: Instant;
}

/** How it does, as a whole. */
export interface Health extends HealthFacts {
	state: HealthLevel;
	/** The worst first. */
	findings: Finding[];
}

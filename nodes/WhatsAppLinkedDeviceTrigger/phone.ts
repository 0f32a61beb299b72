import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkedDeviceChannel } from '../../lib/channels/linkedDevice/channel';
import { openLinkedClient, type LinkedClient, type News } from '../../lib/channels/linkedDevice/client';
import { hasSession } from '../../lib/channels/linkedDevice/keys';
import { endingOf, reconnectMs, type Rest } from '../../lib/channels/linkedDevice/ending';
import type { Gap } from '../../lib/channels/linkedDevice/pace';
import { CrmError } from '../../lib/domain/errors';
import type { InboundEvent } from '../../lib/domain/inbound';
import { LINKED_ALERT, LostHold, type LinkedDevice, type LinkedState, type LinkedWish } from '../../lib/domain/linkedDevice';
import { plusMinutes, type Instant } from '../../lib/domain/time';
import { closeAlert, openAlert } from '../../lib/store/alerts';
import { changeLinkedDevice, holdLinkedDevice, releaseLinkedDevice, stopLinkedDevice, wishIsDone, type LinkedChange } from '../../lib/store/linkedDevice/device';
import { forgetKeys, keyShelf } from '../../lib/store/linkedDevice/keys';
import type { Store } from '../../lib/store/open';
import { receiveEvents, type HeardEvent } from '../shared/receiveEvents';
import { Sender } from './sender';

/** How the phone is used. */
export interface PhoneSettings {
	/** Encrypts the session's keys, and marks the names of messages. */
	secret: string;
	/** Where WhatsApp is; absent: WhatsApp's own address. */
	url?: string;
	/** Messages a day; it can only lower what the age of the link allows. */
	perDay?: number;
	/** Between two messages. */
	gap: Gap;
	/** How long the customer sees that something is being typed. Milliseconds. */
	typing(text: string): number;
	/** How long to wait for WhatsApp's word about a message. Milliseconds. */
	ackMs: number;
	/** How often the hold is renewed, wishes are looked at and messages taken. Milliseconds. */
	beatMs: number;
	/** After so long without a beat another process may take the session. Milliseconds; a multiple of `beatMs`. */
	holdMs: number;
	/** From 0 to 1. */
	random: () => number;
}

/** What the phone works with. */
export interface PhoneSetup {
	store: Store;
	settings: PhoneSettings;
	clock: () => Instant;
	/** Starts the workflow with what was heard, or what became of a message. */
	emit(events: HeardEvent[]): void;
	/** Of an error, without personal data. */
	warn(error: unknown): void;
}

const STATE_OF: Record<Rest, LinkedState> = { LOGGED_OUT: 'loggedOut', BANNED: 'banned', CONFLICT: 'conflict' };
/** A QR code is good for a minute, and then for twenty seconds each; a pairing code for some minutes. */
const QR_MINUTES = 1;
const CODE_MINUTES = 3;
/** So many attempts to connect fail before somebody is told. */
const FAILURES_BEFORE_ALERT = 5;
const OFFLINE = 'NO_CONNECTION';
/** So long nobody is told again that the secret is another. */
const WRONG_SECRET_MS = 10 * 60_000;
/** How often it is tried to keep what a customer wrote. */
const KEEPING_TRIES = 5;
/** A message that is under way may finish before the node stops. */
const LAST_WAIT_MS = 20_000;

/** The shop's phone in this process: holds the session where no other process does, keeps it connected, hears and sends. */
export class Phone {
	private readonly holder = randomUUID();
	private readonly sender: Sender;
	private client?: LinkedClient;
	private isOpen = false;
	/** News of a client that was left come too late to count. */
	private generation = 0;
	/** Nobody asked for it: then no QR code is offered. */
	private pairs = false;
	private lastWish?: string;
	private failures = 0;
	private connectAt = 0;
	private timer?: NodeJS.Timeout;
	private beating?: Promise<void>;
	private isStopped = false;

	constructor(private readonly setup: PhoneSetup) {
		const { store, settings, clock, emit } = setup;
		const restricted = async (code: string) => {
			await stopLinkedDevice(store, code, clock());
			await this.alert(code);
		};
		const channel = linkedDeviceChannel({ client: () => (this.isOpen ? this.client : undefined), secret: settings.secret, typing: settings.typing, ackMs: settings.ackMs, restricted });
		this.sender = new Sender(store, channel, settings, clock, emit);
	}

	start(): void {
		this.beat();
		this.timer = setInterval(() => this.beat(), this.setup.settings.beatMs);
	}

	/** Lets a message that is under way finish, closes the connection and gives the session to the next process. */
	async stop(): Promise<void> {
		this.isStopped = true;
		clearInterval(this.timer);
		await this.beating;
		await Promise.race([this.sender.idle(), sleep(LAST_WAIT_MS, undefined, { ref: false })]);
		await this.leave();
		await releaseLinkedDevice(this.setup.store, this.holder, this.setup.clock());
	}

	private beat(): void {
		if (this.beating || this.isStopped) return;
		this.beating = this.work()
			.catch(async (error) => await this.gaveUp(error))
			.finally(() => (this.beating = undefined));
	}

	/** Something could not be kept, or another process has the session: nothing goes on without it, and the next beat begins anew. */
	private async gaveUp(error: unknown): Promise<void> {
		await this.leave().catch(() => undefined);
		if (!(error instanceof LostHold)) this.setup.warn(error);
	}

	private async work(): Promise<void> {
		const now = this.setup.clock();
		const device = await this.hold(now);
		if (!device) return await this.leave();
		if (device.wish) await this.obey(device, device.wish);
		const wants = device.state === 'linked' || (device.state === 'pairing' && this.pairs);
		if (wants && !this.client && Date.parse(now) >= this.connectAt) await this.connect(device);
		if (this.isOpen && device.state === 'linked' && device.stoppedCode === undefined) this.sender.next(device);
	}

	/** Takes or keeps the session; undefined where another process has it. */
	private async hold(now: Instant): Promise<LinkedDevice | undefined> {
		const { store, settings } = this.setup;
		return await holdLinkedDevice(store, this.holder, plusMinutes(now, settings.holdMs / 60_000), now);
	}

	/** Does what a person asked for on the Desk. */
	private async obey(device: LinkedDevice, wish: LinkedWish): Promise<void> {
		const { store, clock } = this.setup;
		if (wish.kind === 'unlink') {
			// Also where there is no connection by which the phone could be told: the keys are gone, and so is the session.
			await this.client?.logOut().catch(() => undefined);
			await this.end('pairing', true);
		} else {
			if (device.state !== 'linked' && device.state !== 'pairing') await this.note({ state: device.state === 'conflict' ? 'linked' : 'pairing' });
			this.pairs = true;
			// A wish that waits for a line is no reason to ask for one without end.
			const asked = JSON.stringify(wish);
			if (asked !== this.lastWish) this.connectAt = 0;
			this.lastWish = asked;
			if (wish.kind === 'code' && !(await this.offerCode(device, wish.number))) return;
		}
		this.lastWish = undefined;
		await wishIsDone(store, wish, clock());
	}

	/** False while there is nothing yet to which the code would belong: then the wish stays. */
	private async offerCode(device: LinkedDevice, number: string): Promise<boolean> {
		if (device.state === 'linked') return true;
		if (!this.client || device.qr === undefined) return false;
		const code = await this.client.pairingCode(number);
		await this.note({ code, shownUntil: plusMinutes(this.setup.clock(), CODE_MINUTES) });
		return true;
	}

	private async connect(device: LinkedDevice): Promise<void> {
		const { store, settings: { secret, url }, clock } = this.setup;
		const shelf = keyShelf(store, secret, this.holder);
		if (device.state === 'linked' && !(await hasSession(shelf))) {
			this.connectAt = Date.parse(clock()) + WRONG_SECRET_MS;
			throw new CrmError('The keys of the linked phone do not open with the secret of the credential', 'Enter the secret that they were stored with, or unlink the phone on the Desk and link it again.');
		}
		const generation = ++this.generation;
		const hears = async (news: News) => {
			// What was heard is kept, also where the line broke meanwhile.
			if (news.kind === 'events' || generation === this.generation) await this.hear(news).catch(async (error) => await this.gaveUp(error));
		};
		this.client = await openLinkedClient({ url, secret, shelf, clock, hears });
	}

	private async hear(news: News): Promise<void> {
		const { store, clock } = this.setup;
		switch (news.kind) {
			case 'qr':
				return await this.note({ state: 'pairing', qr: news.text, shownUntil: plusMinutes(clock(), QR_MINUTES) });
			case 'open': {
				this.failures = 0;
				this.pairs = false;
				const device = await this.hold(clock());
				if (!device) throw new LostHold();
				await this.note({ state: 'linked', connected: true, number: news.number, qr: null, code: null, shownUntil: null, ...(device.linkedAt === undefined && { linkedAt: clock() }) });
				for (const code of [OFFLINE, ...Object.keys(STATE_OF)]) await closeAlert(store, { kind: LINKED_ALERT, subject: code }, clock());
				this.isOpen = true;
				return;
			}
			case 'events':
				return await this.keep(news.events);
			case 'closed':
				return await this.closed(news.code);
		}
	}

	/** What a customer wrote comes no second time, so a store that is busy for a moment is asked again. */
	private async keep(events: InboundEvent[], triesLeft = KEEPING_TRIES): Promise<void> {
		const { store, clock, emit } = this.setup;
		const heard = triesLeft > 1 ? await receiveEvents(store, events, clock()).catch(() => undefined) : await receiveEvents(store, events, clock());
		if (heard === undefined) {
			await sleep(1000, undefined, { ref: false });
			return await this.keep(events, triesLeft - 1);
		}
		if (heard.length > 0) emit(heard);
	}

	private async closed(code: number): Promise<void> {
		const { settings: { random }, clock } = this.setup;
		const [wasOpen, ending] = [this.isOpen, endingOf(code)];
		this.client = undefined;
		this.isOpen = false;
		if (ending.kind === 'rests') return await this.rest(ending.why, ending.forget);
		if (ending.kind === 'restart') {
			this.connectAt = 0;
			return await this.note({ state: 'linked', connected: false, qr: null, code: null });
		}
		this.failures = wasOpen ? 0 : this.failures + 1;
		this.connectAt = Date.parse(clock()) + reconnectMs(this.failures, random);
		// All codes were offered, and nobody took one: the next is for somebody who asks for it.
		if (!wasOpen) this.pairs = false;
		await this.note({ connected: false, qr: null, code: null });
		if (this.failures === FAILURES_BEFORE_ALERT) await this.alert(OFFLINE);
	}

	/** Nobody looks at a phone that rests, so the alert comes first: a process killed in between leaves one that is told of, or tried once more. */
	private async rest(why: Rest, forget: boolean): Promise<void> {
		// No beat connects anew before the state is kept.
		this.connectAt = Infinity;
		try {
			await this.alert(why);
			await this.end(STATE_OF[why], forget);
		} finally {
			this.connectAt = 0;
		}
	}

	/** The session is over, or rests. */
	private async end(state: LinkedState, forget: boolean): Promise<void> {
		const { store } = this.setup;
		await this.leave();
		this.pairs = false;
		await this.note({ state, connected: false, qr: null, code: null, shownUntil: null, ...(forget && { linkedAt: null }) });
		if (forget) await forgetKeys(store);
	}

	private async note(change: LinkedChange): Promise<void> {
		const { store, clock } = this.setup;
		if (!(await changeLinkedDevice(store, this.holder, change, clock()))) throw new LostHold();
	}

	private async alert(code: string): Promise<void> {
		await openAlert(this.setup.store, { kind: LINKED_ALERT, subject: code, code }, this.setup.clock());
	}

	private async leave(): Promise<void> {
		const { client } = this;
		this.generation++;
		this.client = undefined;
		this.isOpen = false;
		await client?.close();
	}
}

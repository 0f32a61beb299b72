import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHttpStandin, type HttpStandin } from '../../demo/standins/httpStandin';
import { startMailbox, type Mailbox } from '../../demo/standins/mailbox';
import type { GenericSmsSettings } from '../../lib/channels/sms/settings';
import type { SmtpSettings } from '../../lib/channels/smtpSettings';
import type { Booking } from './books/books';
import { Wire } from './wire';

/** How the SMS provider misbehaves: it takes a message or not, and answers with this status. */
export interface ProviderFault {
	status: 500 | 503 | 429 | 400 | 401;
	/** It has taken the message all the same. */
	takes: boolean;
}

/** An SMS provider and a mail server, each behind a wire, with a record of what they took. */
export interface Providers {
	sms: GenericSmsSettings;
	mail: SmtpSettings;
	wires: { sms: Wire; mail: Wire };
	standin: HttpStandin;
	mailbox: Mailbox;
	fault?: ProviderFault;
	/** Called with each message that was taken, before it is answered. */
	onBooking?: (booking: Booking) => void;
	/** What was taken since the last call of `forget`, oldest first. */
	bookings(): Booking[];
	forget(): void;
	stop(): Promise<void>;
}

/** Of one sending of a message, as its channel writes it: `ocrm-<message>-<attempt>`. */
const OWN_ID = /ocrm-(\d+)-(\d+)/;

export async function startProviders(): Promise<Providers> {
	const folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-plugs-mail-'));
	let booked: Booking[] = [];
	const book = (own: string, recipient: string) => {
		const [, id, attempt] = OWN_ID.exec(own) ?? [];
		const booking = { messageId: Number(id), attempt: Number(attempt), recipient };
		booked.push(booking);
		providers.onBooking?.(booking);
	};
	const standin = await startHttpStandin(({ body }) => {
		const { id, to } = JSON.parse(body) as { id: string; to: string };
		const { fault } = providers;
		if (!fault || fault.takes) book(id, to);
		return fault ? { status: fault.status, json: { error: 'FAULT' } } : { status: 202, json: { id: `taken-${id}` } };
	});
	const mailbox = await startMailbox({ folder });
	let mailsSeen = 0;
	const wires = { sms: await Wire.to(Number(new URL(standin.url).port)), mail: await Wire.to(mailbox.port) };
	const providers: Providers = {
		standin, mailbox, wires,
		sms: {
			provider: 'generic', method: 'POST', url: `http://127.0.0.1:${wires.sms.port}/messages`, sendAs: 'json', fields: '{"id":"{{id}}","to":"{{to}}","text":"{{text}}"}', idPath: 'id', errorPath: 'error', testUrl: `http://127.0.0.1:${wires.sms.port}/account`,
		},
		mail: { host: '127.0.0.1', port: wires.mail.port, user: mailbox.user, password: mailbox.password, secure: false, requireTls: false },
		bookings: () => {
			for (const { headers, envelope } of mailbox.mails().slice(mailsSeen)) {
				const own = headers.find(({ name }) => name.toLowerCase() === 'message-id');
				book(own?.value ?? '', envelope.to[0]);
			}
			mailsSeen = mailbox.mails().length;
			return booked;
		},
		forget: () => {
			booked = [];
			mailsSeen = mailbox.mails().length;
		},
		stop: async () => {
			for (const wire of Object.values(wires)) await wire.set(undefined).then(async () => await wire.close());
			await standin.stop();
			await mailbox.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	return providers;
}

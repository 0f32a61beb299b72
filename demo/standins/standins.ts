import path from 'node:path';
import { startImapStandin, type ImapStandin } from './imap';
import { startMailbox, type Mailbox } from './mailbox';
import { startPushStandin, type PushStandin } from './push';
import { startSmsStandin, type SmsStandin } from './sms';
import { startPostStandin, type PostStandin } from './ufficioPostale';
import { startWhatsAppStandin, type WhatsAppStandin } from './whatsApp';

/** Everybody the shop sends through, each on this machine only. */
export interface Standins {
	/** Takes the mails that go out. */
	mailbox: Mailbox;
	/** Where bounces and answers by mail come in. */
	imap: ImapStandin;
	sms: SmsStandin;
	whatsApp: WhatsAppStandin;
	push: PushStandin;
	post: PostStandin;
	stop(): Promise<void>;
}

export interface StandinsOptions {
	/** Where mails are kept; what else was sent is forgotten at the end. */
	folder: string;
	/** The port of each; any free one without it. */
	portFor?: (part: string) => Promise<number>;
	/** Milliseconds after which SMS and WhatsApp messages are reported as delivered and read; absent: never by itself. */
	reportAfterMs?: number;
}

/** @throws if a port is taken; those that run by then are stopped */
export async function startStandins({ folder, portFor = async () => 0, reportAfterMs }: StandinsOptions): Promise<Standins> {
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => void (await Promise.all(running.splice(0).map(async (standin) => await standin.stop())));
	const started = async <Standin extends { stop(): Promise<void> }>(standin: Promise<Standin>) => {
		running.push(await standin);
		return await standin;
	};
	try {
		return {
			mailbox: await started(startMailbox({ folder: path.join(folder, 'mailbox'), port: await portFor('smtp') })),
			imap: await started(startImapStandin({ port: await portFor('imap') })),
			sms: await started(startSmsStandin({ port: await portFor('sms'), reportAfterMs })),
			whatsApp: await started(startWhatsAppStandin({ port: await portFor('whatsapp'), reportAfterMs })),
			push: await started(startPushStandin({ port: await portFor('push') })),
			post: await started(startPostStandin({ port: await portFor('post') })),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

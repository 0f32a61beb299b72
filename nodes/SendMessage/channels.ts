import type { IExecuteFunctions } from 'n8n-workflow';
import type { Channel } from '../../lib/channels/channel';
import type { UfficioPostaleSettings } from '../../lib/channels/letter/ufficioPostale';
import type { PushSettings } from '../../lib/channels/push/settings';
import type { SmsSettings } from '../../lib/channels/sms/settings';
import type { SmtpSettings } from '../../lib/channels/smtpSettings';
import type { WhatsAppSettings } from '../../lib/channels/whatsApp/settings';
import type { Channel as ChannelName } from '../../lib/domain/glossary';
import type { RateLimits } from '../../lib/domain/sender';
import { smsLength } from '../../lib/messages/sms';
import type { Store } from '../../lib/store/open';
import { now } from '../shared/clock';
import { httpOf } from '../shared/http';

/** A channel that is ready to send. */
export interface OpenChannel {
	channel: Channel;
	/** The provider, and after a colon the account or number: what limits and failures are counted by, and what is stored with each message. Nothing secret. */
	sender: string;
}

/** What a channel is opened with. */
export interface Opening {
	context: IExecuteFunctions;
	store: Store;
	/** Messages under way at once. */
	parallel: number;
}

/** One way out of the house. */
export interface ChannelEntry {
	channel: ChannelName;
	/** Its name in the node's list. */
	displayName: string;
	/** The credential that it needs; the node shows it where the channel is chosen. */
	credential: string;
	/** How fast it may be used unless the node says otherwise; below what providers allow. */
	limits: RateLimits;
	/** Loads the adapter and connects it to the credential. */
	open(opening: Opening): Promise<OpenChannel>;
}

/** More connections than this no mail server likes. */
const MAIL_CONNECTIONS = 20;

/** Every channel that Send Message can send on. Letters that are printed and calls that are made in the shop leave from the Desk. */
export const CHANNEL_ENTRIES: readonly ChannelEntry[] = [
	{
		channel: 'email',
		displayName: 'E-Mail',
		credential: 'opticalSmtpApi',
		limits: { perSecond: 10, perMinute: 0, perDay: 0 },
		open: async ({ context, parallel }) => {
			const settings = await credentialOf<SmtpSettings>(context, 'opticalSmtpApi');
			const { emailChannel } = await import('../../lib/channels/email');
			return { channel: emailChannel(settings, Math.min(parallel, MAIL_CONNECTIONS)), sender: senderName('smtp', settings.user, settings.host) };
		},
	},
	{
		channel: 'sms',
		displayName: 'SMS',
		credential: 'opticalSmsApi',
		limits: { perSecond: 10, perMinute: 0, perDay: 0 },
		open: async ({ context, store }) => {
			const settings = await credentialOf<SmsSettings>(context, 'opticalSmsApi');
			const { smsChannel } = await import('../../lib/channels/sms');
			return { channel: smsChannel(settings, httpOf(context, 'opticalSmsApi'), smsLength), sender: senderName(settings.provider, settings.senderNumber || store.shop.smsAlias) };
		},
	},
	{
		channel: 'whatsapp',
		displayName: 'WhatsApp',
		credential: 'opticalWhatsAppCloudApi',
		// A quarter of what Meta takes (RULES 33).
		limits: { perSecond: 20, perMinute: 0, perDay: 0 },
		open: async ({ context }) => {
			const settings = await credentialOf<WhatsAppSettings>(context, 'opticalWhatsAppCloudApi');
			const { whatsAppChannel } = await import('../../lib/channels/whatsApp/cloudApi');
			return { channel: whatsAppChannel(settings, httpOf(context, 'opticalWhatsAppCloudApi')), sender: senderName('whatsapp', settings.phoneNumberId) };
		},
	},
	{
		channel: 'push',
		displayName: 'App Push',
		credential: 'opticalPushApi',
		limits: { perSecond: 50, perMinute: 0, perDay: 0 },
		open: async ({ context }) => {
			const settings = await credentialOf<PushSettings>(context, 'opticalPushApi');
			const { pushChannel } = await import('../../lib/channels/push/push');
			return { channel: pushChannel(settings, httpOf(context, 'opticalPushApi'), now), sender: settings.provider === 'fcm' ? 'fcm' : senderName('webhook', undefined, hostOf(settings.url)) };
		},
	},
	{
		channel: 'letter',
		displayName: 'Letter (Printed and Delivered by a Provider)',
		credential: 'opticalLetterApi',
		limits: { perSecond: 2, perMinute: 0, perDay: 0 },
		open: async ({ context, store }) => {
			const settings = await credentialOf<UfficioPostaleSettings>(context, 'opticalLetterApi');
			const { ufficioPostaleChannel } = await import('../../lib/channels/letter/ufficioPostale');
			const { letterShop } = await import('./letterShop');
			return { channel: ufficioPostaleChannel(settings, letterShop(store.shop, now()), httpOf(context, 'opticalLetterApi')), sender: senderName('ufficiopostale', settings.product) };
		},
	},
];

/** `provider:account@host` of what is known. */
function senderName(provider: string, account?: string, host?: string): string {
	const place = [account, host].filter(Boolean).join('@');
	return place ? `${provider}:${place}` : provider;
}

function hostOf(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).host : undefined;
}

async function credentialOf<Settings extends object>(context: IExecuteFunctions, name: string): Promise<Settings> {
	return (await context.getCredentials(name)) as unknown as Settings;
}

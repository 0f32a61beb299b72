import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { StoreSettings } from '../../lib/store/open';
import { TWILIO_ACCOUNT } from '../standins/smsProviders/twilio';
import type { Credential, CredentialIds } from './n8nClient';
import { LOOPBACK } from './ports';
import { CUSTOMER_PATH, pagesOf, STAFF, type ShopContext } from './shopContext';

/** The shop's number at the SMS provider, which can receive. In the Italian numbering plan nobody's number begins with 0 there. */
const SMS_NUMBER = '+390294750000';

/**
 * Makes the credentials, for whose tests the stand-ins must run, and tells the stand-ins where what comes back goes.
 * @throws where the test of one fails
 */
export async function saveCredentials(context: ShopContext, settings: StoreSettings): Promise<CredentialIds> {
	if (settings.database !== 'postgres') await mkdir(path.dirname(settings.file), { recursive: true, mode: 0o700 });
	const ids: CredentialIds = {};
	for (const credential of wantedCredentials(context, settings)) {
		const id = await context.client.saveCredential(credential);
		const { ok, message } = await context.client.testCredential(id);
		if (!ok) throw new Error(`The test of the credential "${credential.name}" failed: ${message}`);
		ids[credential.type] = { id, name: credential.name };
	}
	return ids;
}

function wantedCredentials(context: ShopContext, settings: StoreSettings): Credential[] {
	const { mailbox, imap, sms, whatsApp, push, post } = context.standins;
	const customers = `${pagesOf(context)}/${CUSTOMER_PATH}`;
	[sms.webhookUrl, whatsApp.webhookUrl] = [`${customers}?from=sms`, `${customers}?from=whatsapp`];
	const { host, port, user, password } = mailbox;
	const { accessToken, phoneNumberId, wabaId, appSecret, verifyToken } = whatsApp;
	return [
		{ name: 'Optical CRM Store', type: 'opticalCrmStoreApi', data: { ...settings } },
		{ name: 'Optical CRM Desk', type: 'opticalCrmDeskApi', data: { accounts: { account: [STAFF] } } },
		{ name: 'Mail', type: 'opticalSmtpApi', data: { host, port, user, password, secure: false, requireTls: false } },
		{ name: 'Mailbox', type: 'opticalMailboxApi', data: { host: LOOPBACK, port: imap.port, user: imap.user, password: imap.password, secure: false, folder: 'INBOX' } },
		{ name: 'SMS', type: 'opticalSmsApi', data: { provider: 'twilio', ...TWILIO_ACCOUNT, baseUrl: sms.url, webhookUrl: sms.webhookUrl, senderNumber: SMS_NUMBER, centsPerSegment: 4.5 } },
		{ name: 'WhatsApp', type: 'opticalWhatsAppCloudApi', data: { accessToken, phoneNumberId, wabaId, appSecret, verifyToken, baseUrl: whatsApp.url, version: 'v26.0' } },
		{ name: 'App', type: 'opticalPushApi', data: { provider: 'fcm', serviceAccount: push.serviceAccount, baseUrl: push.url } },
		{ name: 'Letters', type: 'opticalLetterApi', data: { token: post.token, baseUrl: post.url, product: 'prioritarie', colour: false, duplex: false, priceCents: 150 } },
	];
}

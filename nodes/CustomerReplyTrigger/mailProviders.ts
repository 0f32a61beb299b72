import type { IDataObject } from 'n8n-workflow';
import type { Http } from '../../lib/channels/http';
import { brevoMailWebhook } from '../../lib/channels/mailProvider/brevo';
import { mailgunWebhook } from '../../lib/channels/mailProvider/mailgun';
import { sesWebhook } from '../../lib/channels/mailProvider/ses';
import type { MailProviderSettings } from '../../lib/channels/mailProvider/settings';
import { certificateUrl } from '../../lib/channels/mailProvider/sns';
import { CrmError } from '../../lib/domain/errors';
import type { ProviderCall, Told } from './providers';

/** Amazon's certificates by their addresses, which it changes with them. Few are ever in use. */
const certificates = new Map<string, string>();
const MOST_CERTIFICATES = 20;

/** What the mail provider of the credential tells. Where none is chosen, nobody can be it. */
export async function readMail(given: IDataObject, call: ProviderCall, http: Http): Promise<Told> {
	const settings = given as MailProviderSettings;
	if (call.method !== 'POST') return 'forged';
	switch (settings.reportsBy) {
		case 'brevo':
			return brevoMailWebhook(settings, call);
		case 'mailgun':
			return mailgunWebhook(settings, call);
		case 'ses':
			return await readSes(settings, call, http);
		default:
			return 'forged';
	}
}

async function readSes(settings: MailProviderSettings, call: ProviderCall, http: Http): Promise<Told> {
	const url = certificateUrl(call, settings.reportTopic ?? '');
	if (url === undefined) return 'forged';
	const told = sesWebhook(settings, call, await certificateAt(url, http));
	if (told === 'forged' || Array.isArray(told)) return told;
	// The subscription was asked for by somebody who knows the topic of the credential, and Amazon has signed the question.
	const { status } = await http({ method: 'GET', url: told.confirmUrl });
	if (status !== 200) throw new CrmError(`Amazon did not take the confirmation of the subscription (HTTP ${status})`, 'Let SNS ask again: Request Confirmation on the page of the subscription.');
	return [];
}

async function certificateAt(url: string, http: Http): Promise<string> {
	const known = certificates.get(url);
	if (known !== undefined) return known;
	const { status, body } = await http({ method: 'GET', url, binary: true });
	if (status !== 200) throw new CrmError(`Amazon did not give its certificate (HTTP ${status})`, 'It calls again by itself.');
	if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
	const certificate = String(body);
	certificates.set(url, certificate);
	return certificate;
}

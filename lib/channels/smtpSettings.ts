import { CrmError } from '../domain/errors';
import type { DkimSettings } from './dkim';
import type { MailProviderSettings } from './mailProvider/settings';

/** What the credential "Optical SMTP" holds. */
export interface SmtpSettings extends DkimSettings, MailProviderSettings {
	host: string;
	port: number;
	user?: string;
	password?: string;
	/** TLS from the first byte (port 465); otherwise STARTTLS is used where the server offers it. */
	secure: boolean;
	/** Refuse to go on without STARTTLS. */
	requireTls: boolean;
	/** Where bounces go, which is not shown to the reader: the envelope's MAIL FROM. See `bounceAddress`. */
	bounceAddress?: string;
	/** Where answers go, where it is not the sender. */
	replyTo?: string;
}

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/;

/** @throws CrmError naming an address that is none */
export function checkAddresses({ bounceAddress: bounces, replyTo }: SmtpSettings): void {
	for (const [name, address] of [['Bounce Address', bounces], ['Reply-To', replyTo]]) {
		if (address && !ADDRESS.test(address)) {
			throw new CrmError(`The ${name} of the mail server's credential is no e-mail address`, 'Write it as in ciao@ottica.example, without a name.');
		}
	}
}

/**
 * Where the bounce of one sending goes. A star in the setting becomes the message and the attempt, as the Message-ID has them: from
 * `bounce+*@ottica.example` comes `bounce+12-1@ottica.example`, so that a bounce that quotes nothing can be matched too.
 */
export function bounceAddress(setting: string | undefined, { id, attempt }: { id: number; attempt: number }): string | undefined {
	return setting?.replace('*', `${id}-${attempt}`) || undefined;
}

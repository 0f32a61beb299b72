/** Where the Cloud API is, and as whom it is called. The access token comes with the `Http` function. */
export interface WhatsAppSettings {
	/** Without a slash at its end. */
	baseUrl: string;
	/** Of the Graph API, such as `v26.0`: pinned, because each version changes what is sent back (RULES 38). */
	version: string;
	/** Of the shop's number. */
	phoneNumberId: string;
	/** Of the WhatsApp Business account, which holds the templates. */
	wabaId: string;
}

export const GRAPH_URL = 'https://graph.facebook.com';
/** The newest version seen (RULES 38). */
export const GRAPH_VERSION = 'v26.0';

/** The address of something in the Graph API. */
export function graphUrl({ baseUrl, version }: Pick<WhatsAppSettings, 'baseUrl' | 'version'>, ...path: string[]): string {
	return [baseUrl.replace(/\/+$/, ''), version, ...path.map(encodeURIComponent)].join('/');
}

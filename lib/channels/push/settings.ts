/** What the credential "Optical Push" holds. */
export type PushSettings = FcmSettings | WebhookSettings;

/** Firebase Cloud Messaging, HTTP v1. */
export interface FcmSettings {
	provider: 'fcm';
	/** The JSON file of a service account, as Google gives it out. */
	serviceAccount: string;
	/** Where FCM is; another address for a stand-in. */
	baseUrl: string;
}

/** A shop app with a server of its own. */
export interface WebhookSettings {
	provider: 'webhook';
	url: string;
	/** Proves to the app that the shop sends it. */
	secret: string;
}

export const FCM_URL = 'https://fcm.googleapis.com';

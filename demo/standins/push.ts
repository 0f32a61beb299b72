import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { verify, type JwtPayload } from 'jsonwebtoken';
import { isSigned } from '../../lib/channels/push/signature';
import { startHttpStandin, type HttpStandin, type StandinAnswer, type StandinCall } from './httpStandin';

/** A message that arrived on a phone of the demo. */
export interface ReceivedPush {
	via: 'fcm' | 'webhook';
	token: string;
	title?: string;
	body: string;
	link?: string;
	/** A second one with the same key takes the place of the first on a phone. */
	key: string;
	/** UTC instant, ISO 8601. */
	at: string;
}

/** A running stand-in for Firebase Cloud Messaging, and for the server of a shop app at `/app`. It shows nothing to anybody. */
export interface PushStandin extends HttpStandin {
	/** Oldest first. */
	messages: readonly ReceivedPush[];
	/** A service account of its own, whose claims it accepts. */
	serviceAccount: string;
	/** Of the app's webhook. */
	secret: string;
	/** Tokens that are answered with an error of FCM instead, for example `UNREGISTERED`. */
	refuse: Record<string, keyof typeof STATUS>;
	/** All access tokens end at once. */
	endTokens(): void;
	/** Access tokens given out. */
	tokens(): number;
}

/** HTTP status and canonical code of FCM's errors. Source: firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode. */
const STATUS = {
	UNREGISTERED: { status: 404, canonical: 'NOT_FOUND' },
	INVALID_ARGUMENT: { status: 400, canonical: 'INVALID_ARGUMENT' },
	SENDER_ID_MISMATCH: { status: 403, canonical: 'PERMISSION_DENIED' },
	QUOTA_EXCEEDED: { status: 429, canonical: 'RESOURCE_EXHAUSTED' },
	UNAVAILABLE: { status: 503, canonical: 'UNAVAILABLE' },
	INTERNAL: { status: 500, canonical: 'INTERNAL' },
	THIRD_PARTY_AUTH_ERROR: { status: 401, canonical: 'UNAUTHENTICATED' },
} as const;

const PROJECT = 'ottica-demo';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
/** FCM's limit of a message. Bytes. */
const LARGEST = 4096;

/** @param now seconds since 1970, by which signed requests and claims are held against the clock */
export async function startPushStandin({ port = 0, now = () => Math.floor(Date.now() / 1000) }: { port?: number; now?: () => number } = {}): Promise<PushStandin> {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const publicKey = createPublicKey(privateKey);
	const messages: ReceivedPush[] = [];
	const refuse: PushStandin['refuse'] = {};
	const secret = 'a-secret-of-the-demo-app';
	let valid = new Set<string>();
	let given = 0;

	const token = ({ body }: StandinCall): StandinAnswer => {
		const form = new URLSearchParams(body);
		try {
			const claim = verify(form.get('assertion') ?? '', publicKey, { algorithms: ['RS256'], audience: `${standin.url}/token`, clockTimestamp: now(), issuer: 'demo@ottica-demo.iam.gserviceaccount.com' }) as JwtPayload;
			if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer' || claim.scope !== SCOPE || Number(claim.exp) - Number(claim.iat) > 3600) throw new Error('scope');
		} catch {
			return { status: 400, json: { error: 'invalid_grant', error_description: 'Invalid JWT' } };
		}
		const made = `ya29.demo-${++given}`;
		valid.add(made);
		return { status: 200, json: { access_token: made, expires_in: 3599, token_type: 'Bearer' } };
	};

	const send = ({ headers, body }: StandinCall): StandinAnswer => {
		if (!valid.has((headers.authorization ?? '').replace('Bearer ', ''))) return { status: 401, json: { error: { code: 401, status: 'UNAUTHENTICATED' } } };
		const { message } = JSON.parse(body) as { message: { token: string; notification: { title?: string; body: string }; data: { messageId: string; link?: string } } };
		const error = Buffer.byteLength(body) > LARGEST ? 'INVALID_ARGUMENT' : refuse[message.token];
		if (error) return fcmError(error, message.token in refuse);
		messages.push({ via: 'fcm', token: message.token, ...message.notification, link: message.data.link, key: message.data.messageId, at: new Date().toISOString() });
		return { status: 200, json: { name: `projects/${PROJECT}/messages/0:${messages.length}` } };
	};

	const app = ({ headers, body }: StandinCall): StandinAnswer => {
		if (!isSigned(secret, headers, body, now())) return { status: 401, json: { error: 'signature' } };
		const { type, token: device, title, body: text, link, key } = JSON.parse(body) as { type: string; token: string; title?: string; body: string; link?: string; key: string };
		if (type === 'test') return { status: 200 };
		const error = refuse[device];
		if (error) return { status: STATUS[error].status, headers: { 'retry-after': '120' } };
		if (!messages.some((message) => message.key === key)) messages.push({ via: 'webhook', token: device, title, body: text, link, key, at: new Date().toISOString() });
		return { status: 202, json: { id: `app-${key}` } };
	};

	const standin = await startHttpStandin((call) => {
		if (call.method !== 'POST') return { status: 405 };
		if (call.path === '/token') return token(call);
		if (call.path === `/v1/projects/${PROJECT}/messages:send`) return send(call);
		return call.path === '/app' ? app(call) : { status: 404 };
	}, port);
	return {
		...standin,
		messages,
		refuse,
		secret,
		tokens: () => given,
		endTokens: () => void (valid = new Set()),
		serviceAccount: JSON.stringify({
			type: 'service_account', project_id: PROJECT, private_key_id: 'demo', client_email: 'demo@ottica-demo.iam.gserviceaccount.com',
			private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }), token_uri: `${standin.url}/token`,
		}),
	};
}

function fcmError(errorCode: keyof typeof STATUS, isOfToken: boolean): StandinAnswer {
	const { status, canonical } = STATUS[errorCode];
	const detail = isOfToken ? { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode } : { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'message' }] };
	return { status, ...(status === 503 && { headers: { 'retry-after': '120' } }), json: { error: { code: status, status: canonical, details: [detail] } } };
}

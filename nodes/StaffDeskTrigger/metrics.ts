import { EXPOSITION_TYPE } from '../../lib/health/exposition';
import { metricsOf, metricsOfTrouble } from '../../lib/health/metrics';
import type { StorePlace } from '../../lib/store/place';
import type { Store } from '../../lib/store/open';
import type { Instant } from '../../lib/domain/time';
import { only, readForm } from '../../lib/web/form';
import { commonHeaders } from '../../lib/web/headers';
import type { Answer } from '../../lib/web/page';
import { RateLimit } from '../../lib/web/rateLimit';
import { sameText } from '../../lib/web/sameText';
import { healthOf } from '../shared/health';
import type { WebRequest } from '../shared/web';

/** What serves metrics. */
export interface MetricsSetup {
	/** Absent or too short: nobody gets any. */
	token: string | undefined;
	shop: string;
	place: StorePlace;
	/** Opened for whoever has the token only. */
	open(): Promise<Store>;
	now: Instant;
}

/** A token that is easier to guess opens nothing. */
export const TOKEN_LENGTH = 20;
/** Prometheus asks every 15 seconds or so; whoever guesses tokens is slowed down. */
const LIMIT = new RateLimit({ burst: 60, perMinute: 60 });

/** Whether a GET asks for metrics: `?metrics=1` behind the Desk's address. */
export function wantsMetrics({ method, query }: Pick<WebRequest, 'method' | 'query'>): boolean {
	const form = method === 'GET' ? readForm(query) : undefined;
	return form !== undefined && only(form, 'metrics') !== '';
}

/**
 * Metrics for Prometheus, for whoever sends the token of the credential as `Authorization: Bearer`. Changes nothing, and tells nothing about a person. Where no token is set it is as if
 * there were no such address.
 */
export async function answerMetrics({ token, shop, place, open, now }: MetricsSetup, { headers, address, path }: WebRequest): Promise<Answer> {
	if (token === undefined || token.length < TOKEN_LENGTH) return plain(404, '');
	const wait = LIMIT.take(`${path} ${address}`, Date.parse(now));
	if (wait > 0) return plain(429, '', { 'Retry-After': String(wait) });
	const given = /^Bearer +(\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
	if (given === undefined || !sameText(given, token)) return plain(401, '', { 'WWW-Authenticate': 'Bearer realm="metrics"' });
	try {
		const store = await open();
		return plain(200, metricsOf(store.shop.code, await healthOf(store, place, now)));
	} catch {
		// The log of n8n says why, as soon as anybody opens the Desk; Prometheus learns that it is so.
		return plain(200, metricsOfTrouble(shop));
	}
}

function plain(status: number, body: string, more: Record<string, string> = {}): Answer {
	return { status, headers: { ...commonHeaders(), ...more, 'Content-Type': EXPOSITION_TYPE }, body };
}

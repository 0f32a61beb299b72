import { RateLimit } from '../../lib/web/rateLimit';
import type { WebRequest } from '../shared/web';
import type { DeskContext, StaffSession } from './context';

/** Far above what hands can do, far below what hurts. A whole shop, or a proxy, may be behind an address without a session. */
const LIMITS = {
	sessionReads: new RateLimit({ burst: 600, perMinute: 1200 }),
	sessionWrites: new RateLimit({ burst: 150, perMinute: 300 }),
	addressReads: new RateLimit({ burst: 300, perMinute: 600 }),
	addressWrites: new RateLimit({ burst: 150, perMinute: 300 }),
};

/** Seconds that a request has to wait, because there were too many before it; 0 where it may pass. */
export function tooFast({ store: { shop }, now }: DeskContext, { method, address, path }: WebRequest, session: StaffSession | undefined): number {
	const writes = method === 'POST';
	const limit = session ? (writes ? LIMITS.sessionWrites : LIMITS.sessionReads) : writes ? LIMITS.addressWrites : LIMITS.addressReads;
	return limit.take(`${path} ${shop.id} ${session?.token ?? address}`, Date.parse(now));
}

import { createHmac, type KeyObject } from 'node:crypto';
import type { MessageClass } from '../domain/glossary';
import type { Group } from '../domain/rollout';

/** Use of the store's secret for the hash that parts customers into groups. */
export const HOLDOUT_KEY = 'holdout';

const WHOLE = 2 ** 32;

/**
 * In which group a customer falls for a campaign: always the same one, without a list, and in other campaigns independently of it. Who is held out at
 * a share is held out at every greater one too. A service is owed to everybody.
 * @param key derived from the store's secret for `HOLDOUT_KEY`: nobody can choose an id that falls where they want
 * @param share of the customers who are not contacted, 0 to 1
 */
export function groupOf(customerId: number, campaign: string, messageClass: MessageClass, share: number, key: KeyObject): Group {
	if (messageClass === 'service' || share <= 0) return 'contact';
	const digest = createHmac('sha256', key).update(`${campaign}\n${customerId}`).digest();
	return digest.readUInt32BE(0) / WHOLE < share ? 'holdout' : 'contact';
}

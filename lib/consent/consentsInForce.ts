import type { ConsentRecord, ConsentStatus } from '../domain/consent';
import { CHANNELS, PURPOSES, type Channel, type Purpose } from '../domain/glossary';
import type { Instant } from '../domain/time';
import { consentFor } from './consentFor';

/** What is in force for one channel and purpose. */
export interface ConsentInForceFor {
	channel: Channel;
	purpose: Purpose;
	status: ConsentStatus;
	/** Where it counts for one address only. */
	contactPointId?: number;
	record: ConsentRecord;
}

/** Of a customer's chain, what is in force at a moment for each channel and purpose about which something was ever said. */
export function consentsInForce(chain: readonly ConsentRecord[], at: Instant): ConsentInForceFor[] {
	const points = [...new Set(chain.flatMap(({ contactPointId }) => contactPointId ?? []))];
	const records = new Map(chain.map((record) => [record.id, record]));
	return CHANNELS.flatMap((channel) => PURPOSES.flatMap((purpose) => {
		const forAll = consentFor(chain, channel, purpose, at);
		const forPoints = points.map((contactPointId) => ({ contactPointId, answer: consentFor(chain, channel, purpose, at, contactPointId) }));
		const answers = [{ contactPointId: undefined, answer: forAll }, ...forPoints.filter(({ answer }) => answer?.record !== forAll?.record)];
		return answers.flatMap(({ contactPointId, answer }): ConsentInForceFor[] => {
			const record = answer && records.get(answer.record.id);
			return record ? [{ channel, purpose, status: answer.status, ...(contactPointId !== undefined && { contactPointId }), record }] : [];
		});
	}));
}

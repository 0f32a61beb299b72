import type { ConsentRecord, NewConsent } from '../../domain/consent';
import type { Instant } from '../../domain/time';

const REFUSALS = ['denied', 'withdrawn', 'objected'];

/**
 * What the kept customer's chain gains from a merged customer's, strictest wins:
 * - every refusal is repeated with its own dates; where the kept customer said yes after it, it is stated again as of now;
 * - a yes is repeated with its dates, unless the kept customer has refused, or has a yes with its notice already;
 * - what is unknown, pending or expired says nothing new.
 * @param points contact points of the merged customer that the kept one has too: theirs, and the kept one's
 */
export function consentsOfMerged(kept: readonly ConsentRecord[], merged: readonly ConsentRecord[], keptId: number, points: ReadonlyMap<number, number>, now: Instant): NewConsent[] {
	const repeated = merged.filter((record) => (isRefusal(record) || addsYes(kept, record)) && !kept.some((one) => saysTheSame(one, record)));
	const overruled = kept.filter((record) => {
		const refusal = lastWord(merged, record);
		return isYes(record) && lastWord(kept, record) === record && refusal !== undefined && isRefusal(refusal) && spokenAt(refusal) < spokenAt(record);
	});
	return [
		...repeated.map((record) => repeatedFor(keptId, record, points)),
		...overruled.map(({ channel, purpose, legalBasis }): NewConsent => {
			return { customerId: keptId, channel, purpose, status: 'withdrawn', legalBasis, capturedAt: now, source: 'merge', withdrawnAt: now, withdrawnHow: 'merge' };
		}),
	];
}

/** What an undone merge takes back from the kept customer: a yes of somebody else is no longer known to be hers. */
export function takenBack(gained: readonly ConsentRecord[], keptId: number): NewConsent[] {
	return gained.filter(isYes).map(({ channel, purpose, legalBasis, capturedAt }) => {
		// As of the moment of that yes: whatever the kept customer said later stands.
		return { customerId: keptId, channel, purpose, legalBasis, capturedAt, status: 'unknown', source: 'merge-undone' };
	});
}

/** What was refused while two customers counted as one counts for both. */
export function refusedMeanwhile(since: readonly ConsentRecord[], mergedId: number): NewConsent[] {
	return since.filter(isRefusal).map((record) => repeatedFor(mergedId, { ...record, contactPointId: undefined }, new Map()));
}

function repeatedFor(customerId: number, record: ConsentRecord, points: ReadonlyMap<number, number>): NewConsent {
	const { id: _id, sequence, recordedAt: _at, previousHash: _previous, hash: _hash, ...said } = record;
	const from = `merge: customer ${record.customerId}, record ${sequence}`;
	return {
		...said,
		customerId,
		contactPointId: said.contactPointId === undefined ? undefined : (points.get(said.contactPointId) ?? said.contactPointId),
		legalBasisNote: said.legalBasisNote ? `${said.legalBasisNote}; ${from}` : from,
	};
}

function addsYes(kept: readonly ConsentRecord[], record: ConsentRecord): boolean {
	const last = lastWord(kept, record);
	return isYes(record) && (last === undefined || (isYes(last) && last.noticeVersion === undefined));
}

/** The last yes or no to a channel and purpose; of two of one moment the no. */
function lastWord(chain: readonly ConsentRecord[], { channel, purpose }: Pick<ConsentRecord, 'channel' | 'purpose'>): ConsentRecord | undefined {
	return chain
		.filter((record) => {
			const exact = record.channel === channel && record.purpose === purpose;
			const covers = [channel, 'any'].includes(record.channel) && (record.purpose === purpose || (record.purpose === 'any' && purpose !== 'service'));
			return (isYes(record) && exact) || (isRefusal(record) && covers);
		})
		.sort((one, other) => spokenAt(one).localeCompare(spokenAt(other)) || Number(isRefusal(one)) - Number(isRefusal(other)))
		.at(-1);
}

function saysTheSame(one: ConsentRecord, other: ConsentRecord): boolean {
	return (['channel', 'purpose', 'status', 'capturedAt', 'withdrawnAt', 'effectiveTo', 'noticeVersion', 'source'] as const).every((field) => one[field] === other[field]);
}

function isYes({ status, withdrawnAt }: ConsentRecord): boolean {
	return status === 'granted' && withdrawnAt === undefined;
}

function isRefusal(record: ConsentRecord): boolean {
	return REFUSALS.includes(record.status) || (record.status === 'granted' && !isYes(record));
}

function spokenAt({ capturedAt, withdrawnAt }: ConsentRecord): Instant {
	return withdrawnAt !== undefined && withdrawnAt > capturedAt ? withdrawnAt : capturedAt;
}

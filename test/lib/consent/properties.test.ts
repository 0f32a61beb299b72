import fc from 'fast-check';
import { consentFor } from '../../../lib/consent/consentFor';
import { decide } from '../../../lib/consent/decide';
import { CONSENT_STATUSES, type ConsentStatus, type Decision, type NewConsent } from '../../../lib/domain/consent';
import { birthdayByEmail, chain, consent, customer, runs, shop, NOW } from './cases';

type Said = NewConsent & { recordedAt?: string };

/** Few days, so that records of the same moment are common. */
const day = fc.integer({ min: 1, max: 6 }).map((date) => `2026-11-0${date}T00:00:00.000Z`);
const at = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function said(status: fc.Arbitrary<ConsentStatus> = fc.constantFrom(...CONSENT_STATUSES)): fc.Arbitrary<Said> {
	return fc.record({
		status,
		channel: fc.constantFrom('email', 'email', 'email', 'any', 'sms'),
		purpose: fc.constantFrom('marketing', 'marketing', 'marketing', 'any', 'recall'),
		legalBasis: fc.constantFrom('consent', 'consent', 'consent', 'contract'),
		capturedAt: day,
		recordedAt: at(day),
		effectiveFrom: at(fc.constantFrom('2026-11-05T00:00:00.000Z', '2026-12-01T00:00:00.000Z')),
		effectiveTo: at(fc.constantFrom('2026-11-04T00:00:00.000Z', '2026-12-01T00:00:00.000Z')),
		noticeVersion: fc.constantFrom('N1', 'N1', 'N1', 'N9', undefined),
		contactPointId: fc.constantFrom(undefined, undefined, 1, 9),
		withdrawnAt: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: day }),
	}).map((changes) => ({ ...consent(), ...changes }) as Said);
}

const anyChain = fc.array(said(), { maxLength: 8 });
const needsConsent = fc.boolean();

function decideOn(records: Said[], birthdayIsMarketing = true): Decision {
	const rules = shop();
	rules.policy.birthdayIsMarketing = birthdayIsMarketing;
	return decide(birthdayByEmail(), customer(chain(records)), rules);
}

function insert<T>(list: T[], item: T, position: number): T[] {
	return list.toSpliced(position % (list.length + 1), 0, item);
}

describe('consents', () => {
	it('turn no block into an allow when anything but a grant is added, wherever in the ledger', () => {
		const notGranted = said(fc.constantFrom(...CONSENT_STATUSES.filter((status) => status !== 'granted')));
		fc.assert(fc.property(anyChain, notGranted, fc.nat(), needsConsent, (records, added, position, strict) => {
			fc.pre(decideOn(records, strict).outcome !== 'allow');
			expect(decideOn(insert(records, added, position), strict).outcome).not.toBe('allow');
		}), runs(1500));
	});

	it('never allow out of unknown, pending, expired or denied ones', () => {
		const weak = said(fc.constantFrom<ConsentStatus>('unknown', 'pending', 'expired', 'denied'));
		fc.assert(fc.property(fc.array(weak, { maxLength: 6 }), (records) => {
			expect(decideOn(records).outcome).toBe('block');
		}));
	});

	it('do not depend on the order of the ledger: the moment counts, and at the same moment the stricter', () => {
		const permuted = anyChain.chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })));
		fc.assert(fc.property(permuted, needsConsent, ([records, others], strict) => {
			const answer = ({ outcome, reason, rule }: Decision) => ({ outcome, reason, rule });
			expect(answer(decideOn(others, strict))).toEqual(answer(decideOn(records, strict)));
		}), runs(1000));
	});

	it('let no export grant again what was withdrawn: neither one recorded before the withdrawal nor one that speaks of a day before', () => {
		const older = said(fc.constant<ConsentStatus>('granted')).filter(
			({ capturedAt, recordedAt = capturedAt }) => [capturedAt, recordedAt].sort()[0] <= '2026-11-03T00:00:00.000Z',
		);
		const withdrawal = consent({ status: 'withdrawn', capturedAt: '2026-11-03T00:00:00.000Z' });
		fc.assert(fc.property(fc.array(older, { maxLength: 5 }), fc.nat(), needsConsent, (exports, position, strict) => {
			expect(decideOn(insert(exports, withdrawal, position), strict)).toMatchObject({ outcome: 'block', reason: 'OBJECTED' });
		}));
	});

	it('let the customer change their mind on paper, whatever they said before', () => {
		const paper = consent({ capturedAt: '2026-11-07T00:00:00.000Z' });
		const past = fc.array(said().filter(({ withdrawnAt }) => withdrawnAt === undefined), { maxLength: 8 });
		fc.assert(fc.property(past, fc.nat(), (records, position) => {
			expect(decideOn(insert(records, paper, position))).toMatchObject({ outcome: 'allow', facts: { capturedAt: paper.capturedAt } });
		}));
	});

	it('allow only on a granted record that names channel, purpose, notice and address, begun and not ended', () => {
		let allowed = 0;
		fc.assert(fc.property(anyChain, (records) => {
			const { outcome, facts } = decideOn(records);
			if (outcome !== 'allow') return;
			allowed++;
			const record = chain(records).find(({ id }) => id === facts.consentId)!;
			expect(record).toMatchObject({ status: 'granted', channel: 'email', purpose: 'marketing', legalBasis: 'consent', noticeVersion: 'N1' });
			expect([undefined, 1]).toContain(record.contactPointId);
			expect(record.capturedAt <= NOW && (record.effectiveFrom ?? NOW) <= NOW && (record.effectiveTo ?? '9') > NOW).toBe(true);
			expect(record.withdrawnAt).toBeUndefined();
		}), { numRuns: 15_000 });
		expect(allowed).toBeGreaterThan(10);
	});

	it('never stop a service message by a word about marketing or about everything', () => {
		fc.assert(fc.property(anyChain, (records) => {
			expect(decide(birthdayByEmail({ class: 'service', kind: 'order.ready' }), customer(chain(records)), shop()).reason).toBe('ALLOW_CONTRACT');
		}));
	});

	it('agree with the plain rule where records are simple: the last word counts, but a no waits for a yes', () => {
		const simple = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...CONSENT_STATUSES)), { selector: ([date]) => date, maxLength: 8 });
		fc.assert(fc.property(simple, (words) => {
			const records = chain(words.map(([date, status]) => consent({ status, capturedAt: `2026-10-${String(date).padStart(2, '0')}T00:00:00.000Z` })));
			const inOrder = words.toSorted(([one], [other]) => one - other).map(([, status]) => status);
			const lastYes = inOrder.lastIndexOf('granted');
			const since = inOrder.slice(Math.max(0, lastYes));
			const stop = since.findLast((status) => status === 'withdrawn' || status === 'objected');
			const expected = stop ?? (since.includes('denied') ? 'denied' : since.at(-1));
			expect(consentFor(records, 'email', 'marketing', NOW)?.status).toBe(expected);
		}), runs(1000));
	});

	it('begin and end on the moment', () => {
		const moment = '2026-06-01T10:00:00.000Z';
		const [before, after] = ['2026-06-01T09:59:59.999Z', '2026-06-01T10:00:00.001Z'];
		const statuses = (changes: Partial<NewConsent>) =>
			[before, moment, after].map((now) => consentFor(chain([consent(changes)]), 'email', 'marketing', now)?.status);
		expect(statuses({ effectiveTo: moment })).toEqual(['granted', 'expired', 'expired']);
		expect(statuses({ effectiveFrom: moment })).toEqual([undefined, 'granted', 'granted']);
		expect(statuses({ capturedAt: moment })).toEqual([undefined, 'granted', 'granted']);
	});

	it('are stricter when their moment cannot be read', () => {
		expect(decideOn([consent({ capturedAt: 'yesterday' })]).outcome).toBe('block');
		expect(decideOn([consent(), consent({ status: 'withdrawn', capturedAt: 'yesterday' })]).reason).toBe('OBJECTED');
		expect(decideOn([consent({ status: 'withdrawn', capturedAt: 'yesterday' }), consent({ capturedAt: '2026-11-07T00:00:00.000Z' })]).reason).toBe('OBJECTED');
		expect(decideOn([{ ...consent(), recordedAt: 'today' }, consent({ status: 'objected' })]).reason).toBe('OBJECTED');
	});
});

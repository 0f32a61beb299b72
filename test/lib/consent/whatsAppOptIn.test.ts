import { hasWhatsAppOptIn } from '../../../lib/consent/whatsAppOptIn';
import type { ConsentFact, ContactPointFact } from '../../../lib/domain/consentFacts';

const NOW = '2026-11-24T09:00:00.000Z';
const NAMING = new Set([1]);
const POINT: ContactPointFact = { id: 7, kind: 'phone', line: 'mobile', status: 'valid', preferred: true, suppressedFor: [] };

const grant = (changes: Partial<ConsentFact> = {}): ConsentFact => ({
	id: 1, channel: 'whatsapp', purpose: 'marketing', status: 'granted', legalBasis: 'consent', capturedAt: '2026-01-01T08:00:00.000Z', recordedAt: '2026-01-01T08:00:00.000Z', source: 'desk', ...changes,
});
const has = (...consents: ConsentFact[]) => hasWhatsAppOptIn({ consents, contactPoints: [POINT] }, NAMING, NOW);

it.each<[string, ConsentFact[], boolean]>([
	['a consent by a wording that names the shop', [grant()], true],
	['whatever its purpose', [grant({ purpose: 'service' })], true],
	['for this number', [grant({ contactPointId: 7 })], true],
	['none for another number', [grant({ contactPointId: 8 })], false],
	['none by another wording', [grant({ id: 2 })], false],
	['none for another channel', [grant({ channel: 'email' })], false],
	['none that has ended', [grant({ effectiveTo: '2026-06-01T08:00:00.000Z' })], false],
	['none that was withdrawn', [grant(), grant({ id: 3, status: 'withdrawn', capturedAt: '2026-02-01T08:00:00.000Z' })], false],
	['none that was withdrawn anywhere', [grant(), grant({ id: 3, channel: 'email', status: 'withdrawn', capturedAt: '2026-02-01T08:00:00.000Z' })], false],
	['another purpose that still stands', [grant({ purpose: 'service' }), grant({ id: 3, status: 'withdrawn', capturedAt: '2026-02-01T08:00:00.000Z' })], true],
	['nothing', [], false],
])('finds an opt-in: %s', (_, consents, expected) => expect(has(...consents)).toBe(expected));

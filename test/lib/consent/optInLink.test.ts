import fc from 'fast-check';
import { optInUrl, signOptIn, verifyOptIn, type OptInClaim } from '../../../lib/consent/optInLink';
import { signRefusal, verifyRefusal } from '../../../lib/consent/refusalLink';
import { CrmError } from '../../../lib/domain/errors';

const SECRET = 'a secret of the shop, long enough for all';
const CLAIM: OptInClaim = { shopCode: 'main', customerId: 12, contactPointId: 34, channel: 'email', purpose: 'marketing', expiresAt: '2026-11-29T08:00:00.000Z' };

describe('an opt-in token', () => {
	it('gives back what was signed, safe in a URL', () => {
		const token = signOptIn(CLAIM, SECRET);
		expect(token).toMatch(/^[\w.-]{16,200}$/);
		expect(verifyOptIn(token, SECRET)).toEqual(CLAIM);
		expect(optInUrl('https://n8n.example.it/webhook/abc', token)).toBe(`https://n8n.example.it/webhook/abc?o=${token}`);
	});

	it('is worth nothing with another secret, changed, or in the place of a refusal', () => {
		const token = signOptIn(CLAIM, SECRET);
		expect(verifyOptIn(token, `${SECRET}.`)).toBeUndefined();
		expect(verifyOptIn(token.slice(0, -1), SECRET)).toBeUndefined();
		expect(verifyRefusal(token, SECRET, 'main')).toBeUndefined();
		expect(verifyOptIn(signRefusal(CLAIM, SECRET), SECRET)).toBeUndefined();
	});

	it('never throws, whatever comes instead', () => {
		fc.assert(fc.property(fc.oneof(fc.string(), fc.anything()), (token) => expect(verifyOptIn(token, SECRET)).toBeUndefined()));
	});

	it.each([{ customerId: 0 }, { contactPointId: 1.5 }, { channel: 'any' }, { purpose: 'any' }, { shopCode: '' }, { expiresAt: 'tomorrow' }, { shopCode: 'x'.repeat(200) }])('is not made for %p', (changes) => {
		expect(() => signOptIn({ ...CLAIM, ...changes } as OptInClaim, SECRET)).toThrow(CrmError);
	});
});

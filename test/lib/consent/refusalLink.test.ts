import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { refusalUrl, signRefusal, signShortRefusal, verifyRefusal, type RefusalClaim } from '../../../lib/consent/refusalLink';
import { CrmError } from '../../../lib/domain/errors';
import { CHANNELS, PURPOSES } from '../../../lib/domain/glossary';
import { derivedKey } from '../../../lib/domain/keys';

const SECRET = 'a secret of the shop, long enough for all';
const CLAIM: RefusalClaim = { shopCode: 'main', customerId: 12, contactPointId: 34, channel: 'email', purpose: 'marketing' };

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const claims = fc.record({
	shopCode: fc.stringMatching(/^[a-zà-ù0-9-]{1,12}$/), customerId: id, contactPointId: id,
	channel: fc.constantFrom(...CHANNELS), purpose: fc.constantFrom(...PURPOSES), messageKey: fc.stringMatching(/^[\w-]{1,12}$/),
}, { requiredKeys: ['shopCode', 'customerId', 'contactPointId', 'channel', 'purpose'] }) as fc.Arbitrary<RefusalClaim>;

/** A token that is signed as it should be, over any text. */
function signedAnyway(payload: string, version = '1'): string {
	const signed = `${version}.${Buffer.from(payload).toString('base64url')}`;
	return `${signed}.${createHmac('sha256', derivedKey(SECRET, 'refusal-link')).update(signed).digest('base64url')}`;
}

describe('a refusal token', () => {
	it('gives back what was signed, safe in a URL and short', () => {
		fc.assert(fc.property(claims, (claim) => {
			const token = signRefusal(claim, SECRET);
			expect(token).toMatch(/^[\w.-]{16,200}$/);
			expect(verifyRefusal(token, SECRET, claim.shopCode)).toEqual(claim);
		}));
		expect(signRefusal(CLAIM, SECRET).length).toBeLessThan(110);
	});

	it('is worth nothing with another secret or as a key of another use', () => {
		const token = signRefusal(CLAIM, SECRET);
		expect(verifyRefusal(token, `${SECRET}.`, 'main')).toBeUndefined();
		const signed = token.slice(0, token.lastIndexOf('.'));
		for (const key of [SECRET, derivedKey(SECRET, 'address-hash')]) {
			expect(verifyRefusal(`${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`, SECRET, 'main')).toBeUndefined();
		}
	});

	it('is invalid once any character is another, missing or doubled', () => {
		const token = signRefusal(CLAIM, SECRET);
		// The last character has bits to spare in base64: there every other letter is tried.
		const last = token.length - 1;
		const bits = [1, 2, 4, 8, 16, 32, 64, 128];
		const others = (position: number) =>
			position === last ? [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_='] : bits.map((bit) => String.fromCharCode(token.charCodeAt(position) ^ bit));
		for (let position = 0; position <= last; position++) {
			const [before, after] = [token.slice(0, position), token.slice(position + 1)];
			const forged = others(position).filter((other) => other !== token[position]).map((other) => before + other + after);
			for (const text of [...forged, before + after, before + token[position] + token[position] + after]) {
				expect(verifyRefusal(text, SECRET, 'main')).toBeUndefined();
			}
		}
	});

	it('never throws, whatever comes instead', () => {
		const garbage = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^1\.[\w-]{0,90}\.[\w-]{43}$/), fc.anything());
		fc.assert(fc.property(garbage, (token) => expect(verifyRefusal(token, SECRET, 'main')).toBeUndefined()), { numRuns: 1000 });
		for (const token of ['', '.', '1..', '1.a.', 'x'.repeat(10_000_000), `1.${'a'.repeat(10_000)}.${'a'.repeat(43)}`, undefined, null, {}, ['1.a.b']]) {
			expect(verifyRefusal(token, SECRET, 'main')).toBeUndefined();
		}
	});

	it.each([
		'["main",12,34,"email","marketing"', '{}', 'null', '[]', '["main",12,34,"email"]', '["main","12",34,"email","marketing"]',
		'["main",12,0,"email","marketing"]', '["main",12.5,34,"email","marketing"]', '["main",12,34,"fax","marketing"]', '["main",12,34,"email","spam"]',
		'["",12,34,"email","marketing"]', '["main",12,34,"email","marketing",7]', '["main",12,34,"email","marketing","m",1]', '["main",-1,34,"email","marketing"]',
	])('of the wrong shape is invalid even when it is signed: %s', (payload) => {
		expect(verifyRefusal(signedAnyway('["main",12,34,"email","marketing"]'), SECRET, 'main')).toEqual(CLAIM);
		expect(verifyRefusal(signedAnyway(payload), SECRET, 'main')).toBeUndefined();
	});

	it('of another version is invalid', () => {
		expect(verifyRefusal(signedAnyway('["main",12,34,"email","marketing"]', '2'), SECRET, 'main')).toBeUndefined();
	});

	it.each([
		{ customerId: 0 }, { customerId: undefined }, { contactPointId: undefined }, { contactPointId: 1.5 }, { channel: 'any' }, { purpose: 'any' },
		{ shopCode: '' }, { shopCode: 'x'.repeat(200) }, { messageKey: '' }, { messageKey: 'x'.repeat(200) },
	])('is not made for %p', (changes) => {
		expect(() => signRefusal({ ...CLAIM, ...changes } as RefusalClaim, SECRET)).toThrow(CrmError);
	});
});

describe('a short refusal token', () => {
	const SHORT: RefusalClaim = { ...CLAIM, customerId: 123_456, contactPointId: 234_567, channel: 'sms' };

	it('gives back what was signed, in a few signs that no text program changes', () => {
		fc.assert(fc.property(claims, ({ messageKey: _, ...claim }) => {
			const token = signShortRefusal(claim, SECRET);
			// What the page takes for a token: see readToken.
			expect(token).toMatch(/^[\w-]{16,200}$/);
			expect(verifyRefusal(token, SECRET, claim.shopCode)).toEqual(claim);
		}));
		expect(signShortRefusal(SHORT, SECRET)).toHaveLength(25);
	});

	it('is worth nothing for another shop, with another secret, or as a token of another kind', () => {
		const token = signShortRefusal(SHORT, SECRET);
		expect(verifyRefusal(token, SECRET, 'mai')).toBeUndefined();
		expect(verifyRefusal(token, `${SECRET}.`, 'main')).toBeUndefined();
		expect(verifyRefusal(`1${token.slice(1)}`, SECRET, 'main')).toBeUndefined();
		expect(verifyRefusal(signRefusal(CLAIM, SECRET), SECRET, 'other')).toBeUndefined();
	});

	it('is invalid once any character is another, missing or doubled', () => {
		const token = signShortRefusal(SHORT, SECRET);
		const others = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.'.split('');
		for (let position = 0; position < token.length; position++) {
			const [before, after] = [token.slice(0, position), token.slice(position + 1)];
			const forged = others.filter((other) => other !== token[position]).map((other) => before + other + after);
			for (const text of [...forged, before + after, before + token[position] + token[position] + after]) expect(verifyRefusal(text, SECRET, 'main')).toBeUndefined();
		}
	});

	it('never throws, whatever comes instead', () => {
		const garbage = fc.oneof(fc.stringMatching(/^2[\w-]{0,120}$/), fc.anything());
		fc.assert(fc.property(garbage, (token) => expect(verifyRefusal(token, SECRET, 'main')).toBeUndefined()), { numRuns: 1000 });
	});

	it.each([{ customerId: 0 }, { contactPointId: undefined }, { channel: 'any' }, { purpose: 'any' }, { shopCode: '' }])('is not made for %p', (changes) => {
		expect(() => signShortRefusal({ ...CLAIM, ...changes } as RefusalClaim, SECRET)).toThrow(CrmError);
	});

	it('stays valid: it stands in messages that were sent', () => {
		expect(verifyRefusal('2AgPAxAfHqA5AJNwq3Cc8hVMt', 'a secret of the shop, long enough for all', 'main')).toEqual(SHORT);
	});
});

describe('refusalUrl', () => {
	it('appends the token and keeps the rest of the address', () => {
		expect(refusalUrl('https://n8n.example.it/webhook/abc', '1.a-_.b')).toBe('https://n8n.example.it/webhook/abc?t=1.a-_.b');
		expect(refusalUrl('http://localhost:5678/x?shop=main&t=old#top', '1.a.b')).toBe('http://localhost:5678/x?shop=main&t=1.a.b#top');
	});

	it.each(['', 'n8n.example.it/webhook', 'javascript:alert(1)', 'ftp://example.it', 'mailto:a@example.it'])('refuses %p', (pageUrl) => {
		expect(() => refusalUrl(pageUrl, '1.a.b')).toThrow(CrmError);
	});
});

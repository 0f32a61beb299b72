import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { keyOfName, messageName } from '../../../../lib/channels/linkedDevice/messageName';

const SECRET = 'a-secret-of-the-linked-phone-0123456789';
const named = (key: string | undefined, secret = SECRET) => messageName(key, secret, randomBytes(9));

it('looks like any other name on WhatsApp, and leads back to the message and its attempt', () => {
	fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 255 }), (id, attempt) => {
		const name = named(`ocrm-${id}-${attempt}`);
		expect(name).toMatch(/^3EB0[0-9A-F]{18}$/);
		expect(keyOfName(name, SECRET)).toBe(`ocrm-${id}-${attempt}`);
	}));
});

it('is the same for the same attempt, another for the next, and does not count up', () => {
	expect(named('ocrm-7-1')).toBe(named('ocrm-7-1'));
	expect(named('ocrm-7-2')).not.toBe(named('ocrm-7-1'));
	expect(named('ocrm-8-1').slice(4, 12)).not.toBe(named('ocrm-7-1').slice(4, 12));
});

it('leads nowhere with another secret, from the phone itself, or in a rehearsal', () => {
	expect(keyOfName(named('ocrm-7-1', 'another-secret-0123456789-0123456789'), SECRET)).toBeUndefined();
	expect(keyOfName('3A58A6AAD9EE77B63818', SECRET)).toBeUndefined();
	expect(keyOfName('3EB0123456789ABCDEF012', SECRET)).toBeUndefined();
	expect(named(undefined)).toMatch(/^3EB0[0-9A-F]{18}$/);
	expect(keyOfName(named(undefined), SECRET)).toBeUndefined();
});

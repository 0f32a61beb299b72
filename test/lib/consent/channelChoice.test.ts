import fc from 'fast-check';
import { bestOf, candidates, REACH, scoreOf } from '../../../lib/consent/channelChoice';
import { STRICT_POLICY, type ChannelVerdict } from '../../../lib/domain/consent';
import { CHANNELS, type Channel } from '../../../lib/domain/glossary';
import { customer } from './cases';

const allow = (channel: Channel): ChannelVerdict => ({ channel, outcome: 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', facts: {} });
const best = (channels: Channel[], changes: object = {}) => bestOf(channels.map(allow), { ...customer(), ...changes }, { policy: STRICT_POLICY })?.channel;

describe('the channels to try', () => {
	it('are those of the workflow, in their order and each once', () => {
		expect(candidates({ channels: ['sms', 'email', 'sms'] }, undefined)).toEqual(['sms', 'email']);
		expect(candidates({ channels: ['sms', 'email'] }, 'letter')).toEqual(['sms', 'email']);
	});

	it('begin with the one that the customer asked for, and end with it unless there is a fallback', () => {
		expect(candidates({ channels: ['sms', 'email', 'letter'] }, 'email')).toEqual(['email']);
		expect(candidates({ channels: ['sms', 'email', 'letter'], fallback: true }, 'email')).toEqual(['email', 'sms', 'letter']);
	});
});

describe('the best of those allowed', () => {
	it('is the one that the customer asked for, whatever it costs', () => {
		expect(best(['sms', 'letter'], { preferredChannel: 'letter' })).toBe('letter');
		expect(best(['sms', 'email'], { preferredChannel: 'letter' })).toBe('sms');
	});

	it('weighs reach against cost, the minutes of the staff included', () => {
		expect(scoreOf('email', undefined, STRICT_POLICY)).toBe(120);
		expect(scoreOf('sms', undefined, STRICT_POLICY)).toBe(172);
		expect(scoreOf('call', undefined, STRICT_POLICY)).toBe(-65);
		expect(scoreOf('call', undefined, { ...STRICT_POLICY, staffMinuteCents: 0, contactWorthCents: 1000 })).toBe(695);
		expect(scoreOf('letter', undefined, { ...STRICT_POLICY, staffMinuteCents: 0 })).toBe(30);
		expect(best(['letter', 'email', 'call'])).toBe('email');
	});

	it('goes by what the shop pays, where it has said so', () => {
		expect(scoreOf('sms', undefined, STRICT_POLICY, { smsSegment: 45 })).toBe(176);
		expect(scoreOf('letter', undefined, STRICT_POLICY, { letterPage: 50, letterPostage: 700 })).toBe(-75);
		const allowed = [allow('sms'), allow('whatsapp')];
		expect(bestOf(allowed, customer(), { policy: STRICT_POLICY })?.channel).toBe('whatsapp');
		expect(bestOf(allowed, customer(), { policy: STRICT_POLICY, prices: { smsSegment: 20 } })?.channel).toBe('sms');
	});

	it('remembers who answered and who could not be reached, up to a factor of two', () => {
		expect(scoreOf('email', { answered: 1, failed: 0 }, STRICT_POLICY)).toBe(240);
		expect(scoreOf('email', { answered: 50, failed: 0 }, STRICT_POLICY)).toBe(240);
		expect(scoreOf('email', { answered: 0, failed: 1 }, STRICT_POLICY)).toBe(60);
		expect(scoreOf('email', { answered: 0, failed: 50 }, STRICT_POLICY)).toBe(60);
		expect(scoreOf('email', { answered: 2, failed: 1 }, STRICT_POLICY)).toBe(180);
		expect(best(['sms', 'email'], { history: { email: { answered: 3, failed: 0 } } })).toBe('email');
	});

	it('is the first listed of two alike, and none where none is allowed', () => {
		const alike = { history: { sms: { answered: 5, failed: 0 } } };
		expect(best(['sms', 'sms'], alike)).toBe('sms');
		const [one, two] = [{ ...allow('email'), rule: 'first' }, { ...allow('email'), rule: 'second' }];
		expect(bestOf([one, two], customer(), { policy: STRICT_POLICY })?.rule).toBe('first');
		expect(bestOf([], customer(), { policy: STRICT_POLICY })).toBeUndefined();
	});

	it('never is one that was not allowed, and never worse than another', () => {
		fc.assert(fc.property(fc.uniqueArray(fc.constantFrom(...CHANNELS), { minLength: 1 }), (channels) => {
			const chosen = best(channels) as Channel;
			expect(channels).toContain(chosen);
			for (const other of channels) expect(scoreOf(other, undefined, STRICT_POLICY)).toBeLessThanOrEqual(scoreOf(chosen, undefined, STRICT_POLICY));
		}));
		expect(Object.keys(REACH).sort()).toEqual([...CHANNELS].sort());
	});
});

import { costOf } from '../../../lib/channels/cost';
import { retryMinutes } from '../../../lib/channels/retry';
import type { WhatsAppTemplateUse } from '../../../lib/domain/messageExtra';
import { USUAL_PRICES } from '../../../lib/domain/prices';

describe('the wait before the next attempt', () => {
	it('is four times as long each time, a day at most, and spread by fifteen percent', () => {
		const waits = [1, 2, 3, 4, 9].map((attempts) => [0, 0.5, 1].map((random) => Math.round(retryMinutes(attempts, () => random) * 100) / 100));
		expect(waits).toEqual([[4.25, 5, 5.75], [17, 20, 23], [68, 80, 92], [272, 320, 368], [1224, 1440, 1656]]);
	});

	it('is never shorter than what the provider asks for', () => {
		expect(retryMinutes(1, () => 0, 1440)).toBe(1440);
		expect(retryMinutes(3, () => 0, 2)).toBe(68);
	});
});

describe('the cost of a message', () => {
	const whatsApp = (category: WhatsAppTemplateUse['category']) => ({ whatsApp: { name: 'auguri', language: 'it', category, parameterFormat: 'NAMED' as const, body: [] } });

	it('goes by channel, parts, category, pages and minutes', () => {
		expect(costOf({ channel: 'email' })).toEqual({ mills: 0, staffSeconds: 0 });
		expect(costOf({ channel: 'sms', segments: 3 })).toEqual({ mills: 240, staffSeconds: 0 });
		expect(costOf({ channel: 'whatsapp', extra: whatsApp('MARKETING') }).mills).toBe(USUAL_PRICES.whatsAppMarketing);
		expect(costOf({ channel: 'whatsapp', extra: whatsApp('UTILITY') }).mills).toBe(USUAL_PRICES.whatsAppUtility);
		expect(costOf({ channel: 'whatsapp' }).mills).toBe(0);
		expect(costOf({ channel: 'letter', pages: 2 })).toEqual({ mills: 1400, staffSeconds: 240 });
		expect(costOf({ channel: 'call', minutes: 3.5 })).toEqual({ mills: 35, staffSeconds: 210 });
		expect(costOf({ channel: 'call' })).toEqual({ mills: 50, staffSeconds: 300 });
	});

	it('goes by what the shop pays, and before that by what the provider says', () => {
		const prices = { smsSegment: 45, letterPostage: 950 };
		expect(costOf({ channel: 'sms', segments: 2 }, prices).mills).toBe(90);
		expect(costOf({ channel: 'letter' }, prices).mills).toBe(1050);
		expect(costOf({ channel: 'sms', segments: 2, said: { mills: 77.4 } }, prices).mills).toBe(77);
	});
});

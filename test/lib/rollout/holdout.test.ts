import fc from 'fast-check';
import { MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { derivedKey } from '../../../lib/domain/keys';
import { groupOf, HOLDOUT_KEY } from '../../../lib/rollout/holdout';

const KEY = derivedKey('a-secret-for-tests-only-0123456789abcdef', HOLDOUT_KEY);
const OTHER = derivedKey('another-secret-for-tests-0123456789abcdef', HOLDOUT_KEY);
const held = (campaign: string, share: number, customers: number, key = KEY) =>
	Array.from({ length: customers }, (_, index) => index + 1).filter((id) => groupOf(id, campaign, 'recall', share, key) === 'holdout');

it('puts the same customer into the same group of a campaign, always', () => {
	fc.assert(fc.property(fc.nat(), fc.string(), fc.constantFrom(...MESSAGE_CLASSES), fc.double({ min: 0, max: 0.5, noNaN: true }), (id, campaign, messageClass, share) => {
		expect(groupOf(id, campaign, messageClass, share, KEY)).toBe(groupOf(id, campaign, messageClass, share, derivedKey('a-secret-for-tests-only-0123456789abcdef', HOLDOUT_KEY)));
	}));
});

it('keeps who is held out at a share in the holdout at every greater one', () => {
	fc.assert(fc.property(fc.nat(), fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (id, campaign, one, other) => {
		const [less, more] = [Math.min(one, other), Math.max(one, other)];
		if (groupOf(id, campaign, 'recall', less, KEY) === 'holdout') expect(groupOf(id, campaign, 'recall', more, KEY)).toBe('holdout');
	}));
});

it.each([0.05, 0.1, 0.2, 0.5])('holds out the share %f of ten thousand customers, within binomial error', (share) => {
	const customers = 10_000;
	for (const campaign of ['birthday', 'recall.vision', 'campaign.sun']) {
		// Four standard deviations: one run in sixteen thousand would fall outside by chance, and this one is always the same.
		expect(Math.abs(held(campaign, share, customers).length - share * customers)).toBeLessThan(4 * Math.sqrt(customers * share * (1 - share)));
	}
});

it('parts each campaign, and each shop, independently of the others', () => {
	const [birthday, recall, elsewhere] = [held('birthday', 0.1, 10_000), held('recall.vision', 0.1, 10_000), held('birthday', 0.1, 10_000, OTHER)];
	const both = (one: number[], other: number[]) => one.filter((id) => other.includes(id)).length;
	for (const common of [both(birthday, recall), both(birthday, elsewhere)]) expect(Math.abs(common - 100)).toBeLessThan(4 * Math.sqrt(99));
});

it('leaves nobody out of a service, and nobody at all where it is switched off', () => {
	for (let id = 1; id <= 1000; id++) {
		expect(groupOf(id, 'order.ready', 'service', 0.5, KEY)).toBe('contact');
		expect(groupOf(id, 'birthday', 'relational', 0, KEY)).toBe('contact');
	}
});

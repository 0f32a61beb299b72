import fc from 'fast-check';
import { decide } from '../../../lib/consent/decide';
import { heldBack } from '../../../lib/consent/heldBack';
import { importanceOf } from '../../../lib/consent/importance';
import type { PriorContact } from '../../../lib/domain/consentFacts';
import { MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { plusDays } from '../../../lib/domain/time';
import { birthdayByEmail, chain, consent, customer, NOW, runs, shop, TODAY } from './cases';

const REQUEST = birthdayByEmail({ occasionId: 7 });
const facts = customer(chain([consent()]));
const allowed = { ...decide(REQUEST, facts, shop()), id: 11 };
const contact = (changes: Partial<PriorContact>): PriorContact => ({ messageId: 1, occasionId: 1, kind: 'welcome', class: 'relational', dueOn: TODAY, state: 'waiting', ...changes });

it('lets the earlier decision stand where nothing else takes the place', () => {
	expect(heldBack(allowed, REQUEST, [], 7, shop())).toBeUndefined();
	expect(heldBack(allowed, REQUEST, [contact({ class: 'promotional' })], 7, shop())).toBeUndefined();
	// A message that the occasion has already is the store's to find.
	expect(heldBack(allowed, REQUEST, [contact({ occasionId: 7 }), contact({ occasionId: 7, class: 'recall' })], 7, shop())).toBeUndefined();
});

it('holds back by the same rules as the check, and says so in a decision of its own', () => {
	const held = heldBack(allowed, REQUEST, [contact({})], 7, shop());
	expect(held).toEqual({
		channel: 'email', legalBasis: 'consent', contactPointId: 1, class: 'relational', purpose: 'marketing', moment: 'plan', rulesVersion: allowed.rulesVersion, decidedAt: NOW,
		outcome: 'defer', reason: 'FREQUENCY_CAP', rule: 'R23', retryAt: expect.stringMatching(/^2026-12-01T0/), facts: { contacts: 1, freeOn: '2026-12-01' },
		tried: [{ channel: 'email', legalBasis: 'consent', contactPointId: 1, outcome: 'defer', reason: 'FREQUENCY_CAP', rule: 'R23', retryAt: held?.retryAt, facts: { contacts: 1, freeOn: '2026-12-01' } }],
	});
	expect(heldBack(allowed, REQUEST, [contact({ kind: 'recall.vision', class: 'recall' })], 7, shop())).toMatchObject({ rule: 'R24', outcome: 'defer' });
	const shared = { sharedPointId: 1, kind: 'birthday' };
	expect(heldBack(allowed, { ...REQUEST, dueOn: TODAY }, [contact(shared)], 7, shop())).toMatchObject({ rule: 'R25b', outcome: 'defer' });
	const gone = heldBack(allowed, { ...REQUEST, dueOn: TODAY }, [contact({ ...shared, state: 'left', leftOn: TODAY })], 7, shop());
	expect(gone).toMatchObject({ rule: 'R25a', outcome: 'block', reason: 'DUPLICATE' });
	expect(gone).not.toHaveProperty('retryAt');
});

it('does not take the moment of an earlier decision over', () => {
	const shared = contact({ sharedPointId: 1, kind: 'birthday', state: 'left', leftOn: TODAY });
	expect(heldBack({ ...allowed, retryAt: '2030-01-01T00:00:00.000Z' }, { ...REQUEST, dueOn: TODAY }, [shared], 7, shop())).not.toHaveProperty('retryAt');
});

it('agrees with the check about whatever other messages there are', () => {
	const others = fc.array(fc.record({
		class: fc.constantFrom(...MESSAGE_CLASSES),
		kind: fc.constantFrom('birthday', 'recall.vision', 'campaign.x'),
		ago: fc.option(fc.integer({ min: 0, max: 35 }), { nil: undefined }),
		shared: fc.boolean(),
		dueOn: fc.constantFrom(TODAY, plusDays(TODAY, -1)),
	}), { maxLength: 5 });
	fc.assert(fc.property(others, fc.constantFrom('birthday', 'recall.vision', 'campaign.x'), fc.constantFrom(...MESSAGE_CLASSES), (list, kind, messageClass) => {
		const contacts = list.map(({ ago, shared, ...other }, position): PriorContact => ({
			...other, messageId: position + 1, occasionId: position + 1, state: ago === undefined ? 'waiting' : 'left', ...(ago !== undefined && { leftOn: plusDays(TODAY, -ago) }), ...(shared && { sharedPointId: 1 }),
		}));
		const request = birthdayByEmail({ kind, class: messageClass, occasionId: 99, dueOn: TODAY });
		const facts = customer(chain([consent(), consent({ purpose: 'recall' })]));
		const checked = decide(request, { ...facts, contacts }, shop());
		const held = heldBack(decide(request, facts, shop()), request, contacts, 7, shop());
		if (checked.outcome === 'allow') expect(held).toBeUndefined();
		else expect(held).toMatchObject({ outcome: checked.outcome, reason: checked.reason, rule: checked.rule, facts: checked.facts });
	}), runs(500));
});

it('a greeting is no service, whatever a workflow says', () => {
	const ranks = [['order.ready', 'service'], ['recall.vision', 'recall'], ['welcome', 'relational'], ['campaign.x', 'promotional'], ['birthday', 'service'], ['birthday', 'promotional']] as const;
	expect(ranks.map(([kind, messageClass]) => importanceOf({ kind, class: messageClass }))).toEqual([0, 1, 2, 3, 2, 3]);
});

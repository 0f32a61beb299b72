import fc from 'fast-check';
import { CHANNELS, MESSAGE_CLASSES } from '../../../lib/domain/glossary';
import { BRAKE_CODES, ROLLOUT_STEPS, stepAfter, stepBefore, STEP_OF_CLASS } from '../../../lib/domain/rollout';
import { heldBy } from '../../../lib/rollout/heldBy';

const CODES = Object.values(BRAKE_CODES);
const hold = fc.record({ campaign: fc.constantFrom('birthday', 'recall.vision', 'campaign.sun'), channel: fc.option(fc.constantFrom(...CHANNELS), { nil: undefined }), reason: fc.constantFrom(...CODES) });
const leaving = fc.record({ kind: fc.constantFrom('birthday', 'recall.vision', 'campaign.sun', 'order.ready'), class: fc.constantFrom(...MESSAGE_CLASSES), channel: fc.option(fc.constantFrom(...CHANNELS), { nil: undefined }) });

it('lets nothing of a closed step pass, whatever is held', () => {
	fc.assert(fc.property(fc.constantFrom(...ROLLOUT_STEPS), fc.array(hold), leaving, (step, holds, message) => {
		const isClosed = ROLLOUT_STEPS.indexOf(STEP_OF_CLASS[message.class]) > ROLLOUT_STEPS.indexOf(step);
		expect(heldBy({ step, holds }, message) === 'ROLLOUT_PHASE').toBe(isClosed);
	}));
});

it('lets nothing of a held campaign pass on the channel that is held, and everything else of an open step', () => {
	fc.assert(fc.property(fc.array(hold), leaving, (holds, message) => {
		const isHeld = holds.some(({ campaign, channel }) => campaign === message.kind && (channel === undefined || channel === message.channel));
		expect(heldBy({ step: 'promotional', holds }, message) !== undefined).toBe(isHeld);
	}));
});

it.each([
	['data', []],
	['relational', ['service', 'relational']],
	['recall', ['service', 'relational', 'recall']],
	['promotional', ['service', 'relational', 'recall', 'promotional']],
] as const)('in the step %s open are %j', (step, open) => {
	expect(MESSAGE_CLASSES.filter((messageClass) => heldBy({ step, holds: [] }, { kind: 'x', class: messageClass }) === undefined)).toEqual(open);
});

it('lets an answer of the staff go in every step: it is no campaign', () => {
	for (const step of ROLLOUT_STEPS) expect(heldBy({ step, holds: [{ campaign: 'reply', reason: 'BRAKE_BOUNCES' }] }, { kind: 'reply', class: 'service', channel: 'email' })).toBeUndefined();
});

it('goes through the steps in their order, and ends', () => {
	expect(ROLLOUT_STEPS.map(stepAfter)).toEqual(['relational', 'recall', 'promotional', undefined]);
	expect(ROLLOUT_STEPS.map(stepBefore)).toEqual([undefined, 'data', 'relational', 'recall']);
});

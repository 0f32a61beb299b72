import type { StepFigures } from '../../../lib/domain/rolloutCriteria';
import { checkRollout, USUAL_ROLLOUT } from '../../../lib/domain/rolloutSettings';
import { isReady, readiness } from '../../../lib/rollout/readiness';

const GOOD: StepFigures = { completeness: 0.6, consents: 0.3, weeks: 4, decided: 20, unchanged: 0.8, delivered: 0.95, optOuts: 0.02, tickets: 0.9, holds: 0 };
const failing = (changes: Partial<StepFigures>, step: 'data' | 'relational' = 'relational') =>
	readiness(step, { ...GOOD, ...changes }, USUAL_ROLLOUT).filter(({ holds }) => !holds).map(({ name }) => name);

it('is ready exactly at the thresholds', () => {
	expect(isReady(readiness('relational', GOOD, USUAL_ROLLOUT))).toBe(true);
});

it.each([
	['completeness', 0.599], ['consents', 0.299], ['weeks', 3], ['decided', 19], ['unchanged', 0.79], ['delivered', 0.94], ['optOuts', 0.021], ['tickets', 0.89], ['holds', 1],
] as const)('is not ready where %s is %d', (name, value) => {
	expect(failing({ [name]: value })).toEqual([name]);
});

it('asks only for data and time while nothing is sent', () => {
	expect(readiness('data', GOOD, USUAL_ROLLOUT).map(({ name }) => name)).toEqual(['completeness', 'consents', 'weeks']);
	expect(failing({ decided: 0, unchanged: undefined, holds: 3 }, 'data')).toEqual([]);
});

it('does not take for bad what could not be measured, but wants enough to have been decided', () => {
	expect(failing({ decided: 0, unchanged: undefined, delivered: undefined, optOuts: undefined, tickets: undefined })).toEqual(['decided']);
});

it('follows the shop\'s own settings', () => {
	expect(readiness('data', { ...GOOD, weeks: 1 }, { ...USUAL_ROLLOUT, weeksInStep: 1 }).every(({ holds }) => holds)).toBe(true);
});

it.each([['weeksInStep', 53], ['completenessPercent', 101], ['falseAlarmPermille', 0], ['decidedLeast', 1.5], ['unheardOf', 1]])('refuses the setting %s = %d', (name, value) => {
	expect(() => checkRollout({ [name]: value })).toThrow(name);
});

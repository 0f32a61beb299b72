import type { RolloutStep } from '../domain/rollout';
import type { Criterion, CriterionName, StepFigures } from '../domain/rolloutCriteria';
import type { RolloutSettings } from '../domain/rolloutSettings';

/** What must hold before the step after this one opens. In `data` nothing was sent yet, so only the data and the time count. */
export function readiness(step: RolloutStep, figures: StepFigures, settings: RolloutSettings): Criterion[] {
	const atLeast = (name: CriterionName, threshold: number): Criterion => criterion(name, figures[name], threshold, 'atLeast');
	const atMost = (name: CriterionName, threshold: number): Criterion => criterion(name, figures[name], threshold, 'atMost');
	const ofData = [atLeast('completeness', settings.completenessPercent / 100), atLeast('consents', settings.consentPercent / 100), atLeast('weeks', settings.weeksInStep)];
	if (step === 'data') return ofData;
	return [
		...ofData,
		atLeast('decided', settings.decidedLeast),
		atLeast('unchanged', settings.unchangedPercent / 100),
		atLeast('delivered', settings.deliveredPercent / 100),
		atMost('optOuts', settings.optOutPermille / 1000),
		atLeast('tickets', settings.ticketsPercent / 100),
		atMost('holds', 0),
	];
}

/** Whether all of them hold. */
export function isReady(criteria: readonly Criterion[]): boolean {
	return criteria.every(({ holds }) => holds);
}

/** What could not be measured stands in nobody's way: too few messages are a criterion of their own. */
function criterion(name: CriterionName, value: number | undefined, threshold: number, must: Criterion['must']): Criterion {
	return { name, ...(value !== undefined && { value }), threshold, must, holds: value === undefined || (must === 'atLeast' ? value >= threshold : value <= threshold) };
}

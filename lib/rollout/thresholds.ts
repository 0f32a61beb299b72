import { BRAKES, type Brake } from '../domain/rollout';
import type { RolloutSettings } from '../domain/rolloutSettings';

const SETTING = {
	optOuts: 'brakeOptOutPermille',
	complaints: 'brakeComplaintPermille',
	bounces: 'brakeBouncePermille',
	rejected: 'brakeRejectedPermille',
	unsatisfied: 'brakeUnsatisfiedPermille',
} as const satisfies Record<Brake, keyof RolloutSettings>;

/** The share above which a campaign does harm. */
export function thresholdOf(brake: Brake, settings: RolloutSettings): number {
	return settings[SETTING[brake]] / 1000;
}

/** How likely one brake may pull though nothing is wrong: all of them together keep to what the shop has set. */
export function falseAlarmsOfOne(settings: RolloutSettings): number {
	return settings.falseAlarmPermille / 1000 / BRAKES.length;
}

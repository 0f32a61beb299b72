/** The shop's own day of each change of the rollout: where a rehearsal has another clock, its weeks count. What was kept before has none, and lasts since its instant. */
export function rolloutDays(): string[] {
	return ['alter table rollout_changes add column day text'];
}

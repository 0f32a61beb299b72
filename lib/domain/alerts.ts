/** Kinds of alerts that tell of a moment and not of what lasts: over once somebody has seen them, so that the next time is told again. */
export const MOMENT_ALERTS: readonly string[] = ['login', 'workflow', 'retention'];

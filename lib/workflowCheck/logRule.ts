import type { Finding } from './types';

/**
 * What a workflow lets n8n keep of its runs. Each item holds a customer, so a run that went well is not kept, nor its progress, nor a run by hand (the editor
 * shows it all the same while it is open). A run that failed is kept, because somebody must see why, until n8n deletes it (`EXECUTIONS_DATA_MAX_AGE`, 14 days
 * unless n8n is told otherwise); `none` is stricter and allowed. A setting that is missing takes n8n's own, which keeps everything. GDPR 5(1)(c, e); the periods are our own choice.
 */
const LOG_RULE = {
	saveDataSuccessExecution: ['none'],
	saveDataErrorExecution: ['all', 'none'],
	saveManualExecutions: [false],
	saveExecutionProgress: [false],
} as const satisfies Record<string, readonly unknown[]>;

/** Settings with which n8n would keep customers longer than this. */
export function logFindings(settings: Record<string, unknown> = {}): Finding[] {
	return Object.entries(LOG_RULE).flatMap(([name, allowed]: [string, readonly unknown[]]) =>
		allowed.includes(settings[name]) ? [] : [{
			parameter: `settings.${name}`,
			problem: `it is ${JSON.stringify(settings[name] ?? 'not set')}: n8n would keep customers’ data of the runs`,
			hint: `Set it to ${allowed.map((value) => JSON.stringify(value)).join(' or ')} in the file, or in the editor under Settings of the workflow.`,
		}],
	);
}

/** An execution as n8n's public API gives it. */
export interface Execution {
	id: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';
	mode: string;
	/** UTC instants, ISO 8601. */
	startedAt: string;
	stoppedAt: string | null;
	/** Missing in lists. */
	data?: {
		resultData: {
			error?: { message: string; node?: { name: string } };
			runData?: Record<string, { data?: { main?: ({ json: Record<string, unknown> }[] | null)[] } }[]>;
		};
	};
}

export function hasEnded({ status }: Execution): boolean {
	return status === 'success' || status === 'error' || status === 'crashed' || status === 'canceled';
}

/** The items that a node put out on one of its outputs (0 is the first), in all its runs; none if it did not run. */
export function itemsOf(execution: Execution, node: string, output = 0): Record<string, unknown>[] {
	const runs = execution.data?.resultData.runData?.[node] ?? [];
	return runs.flatMap(({ data }) => data?.main?.[output] ?? []).map(({ json }) => json);
}

/** @throws if the execution did not succeed: with the message and the node where it stopped */
export function requireSuccess(execution: Execution): void {
	if (execution.status === 'success') return;
	const error = execution.data?.resultData.error;
	throw new Error(`The execution ${execution.id} ended with "${execution.status}"${error?.node ? ` at the node "${error.node.name}"` : ''}: ${error?.message ?? 'n8n gives no reason'}`);
}

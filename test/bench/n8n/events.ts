import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A line of the log that n8n keeps of what it does. */
export interface N8nEvent {
	eventName: string;
	/** UTC instant. */
	ts: string;
	payload: { workflowId?: string; executionId?: string; nodeName?: string; errorMessage?: string };
}

const POLL_MS = 10;

/** n8n's own record of its runs, which it writes whatever else it keeps of them; reading it costs n8n nothing. */
export class EventLog {
	private readonly file: string;

	constructor(userFolder: string) {
		this.file = path.join(userFolder, '.n8n', 'n8nEventLog.log');
	}

	/** What happened in a workflow since an instant (milliseconds), oldest first. */
	since(workflowId: string, from: number): N8nEvent[] {
		const lines = readFileSync(this.file, 'utf8').split('\n').filter((line) => line.includes(workflowId));
		return lines.flatMap(readEvent).filter(({ ts }) => Date.parse(ts) >= from);
	}

	/**
	 * Waits for the end of the first run since an instant.
	 * @param meanwhile called now and then
	 * @throws if the run fails, or does not end in so many milliseconds
	 */
	async endOfRun(workflowId: string, from: number, withinMs: number, meanwhile: () => Promise<void> = async () => undefined): Promise<N8nEvent> {
		for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(POLL_MS)) {
			const events = this.since(workflowId, from);
			const failed = events.find(({ eventName }) => eventName === 'n8n.workflow.failed');
			if (failed) throw new Error(`A run of the workflow failed: ${failed.payload.errorMessage}`);
			const ended = events.find(({ eventName }) => eventName === 'n8n.workflow.success');
			if (ended) return ended;
			await meanwhile();
		}
		throw new Error(`The workflow ${workflowId} did not end within ${withinMs / 1000} s.`);
	}
}

function readEvent(line: string): N8nEvent[] {
	try {
		return [JSON.parse(line) as N8nEvent];
	} catch {
		// The last line may be half written.
		return [];
	}
}

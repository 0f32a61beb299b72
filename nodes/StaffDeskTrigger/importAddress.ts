import { readForm, only } from '../../lib/web/form';
import { commonHeaders } from '../../lib/web/headers';
import type { Answer } from '../../lib/web/page';
import { bundledWorkflows } from '../../lib/templateLibrary/bundled';

/** A bundled workflow does not change while the package runs. */
const KEPT_SECONDS = 3600;

/** The name of the workflow that a GET asks for, if it asks for one. */
export function wantedWorkflow(query: unknown): string | undefined {
	const form = readForm(query);
	return (form && only(form, 'workflow')) || undefined;
}

/**
 * A bundled workflow for n8n's "Import from URL", which comes without a session: the files hold nothing of the shop. Only the names of the package's own files count.
 * @returns undefined where there is none of this name
 */
export function workflowAnswer(file: string): Answer | undefined {
	const entry = bundledWorkflows().find((one) => one.file === file);
	if (!entry) return undefined;
	return {
		status: 200,
		headers: {
			...commonHeaders(),
			'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
			'Content-Type': 'application/json; charset=utf-8',
			'Content-Security-Policy': "default-src 'none'; sandbox",
		},
		body: JSON.stringify(entry.workflow),
	};
}

import { renderWorkflows } from '../../../lib/desk/workflows/page';
import { bundledWorkflows } from '../../../lib/templateLibrary/bundled';
import { CATEGORIES } from '../../../lib/templateLibrary/entries';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** The bundled workflows and from where n8n imports them, for the lead. */
export async function showWorkflows(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const all = bundledWorkflows();
	const steps = CATEGORIES.map(({ step }) => ({
		step,
		workflows: all.filter(({ category }) => category.step === step).map(({ file, workflow }) => ({ file, name: workflow.name, address: `${desk.url ?? ''}?workflow=${encodeURIComponent(file)}` })),
	}));
	return renderWorkflows({ ...frameOf(desk, session, view, 'workflows'), steps: steps.filter(({ workflows }) => workflows.length > 0) });
}

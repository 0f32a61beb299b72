import type { DeskFrame } from '../state';

/** A bundled workflow, as the page lists it. */
export interface DeskWorkflow {
	/** Name of its file, for example `20-vision-recall.json`. */
	file: string;
	/** Its name in n8n. */
	name: string;
	/** What n8n's "Import from URL" asks for. */
	address: string;
}

/** The page of the bundled workflows, for the lead and who sets n8n up. */
export interface WorkflowsState extends DeskFrame {
	/** In rollout order; `step` is a key of the words. */
	steps: Array<{ step: string; workflows: DeskWorkflow[] }>;
}

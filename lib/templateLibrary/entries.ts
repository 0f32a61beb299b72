import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A bundled workflow, as n8n imports it. */
export interface BundledWorkflow {
	name: string;
	nodes: Array<{ name: string; type: string; parameters?: { content?: unknown } } & Record<string, unknown>>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A workflow as the library lists it. */
export interface LibraryEntry {
	/** From 1, in rollout order: what n8n asks for it by. */
	id: number;
	/** For example `10-relational-birthday.json`. */
	file: string;
	/** The first note of its canvas. */
	description: string;
	/** The step of the rollout that it belongs to. */
	category: Category;
	workflow: BundledWorkflow;
}

/** The categories of the library, by the first figure of a workflow's number. */
export const CATEGORIES = [
	{ id: 1, step: 'data', name: '1 Data', figures: '0' },
	{ id: 2, step: 'relational', name: '2 Relational', figures: '1' },
	{ id: 3, step: 'recall', name: '3 Recall', figures: '2' },
	{ id: 4, step: 'promotional', name: '4 Promotional', figures: '3' },
	{ id: 5, step: 'listening', name: '5 Listening', figures: '4' },
	{ id: 6, step: 'running', name: '6 Running it', figures: '89' },
] as const;
export type Category = (typeof CATEGORIES)[number];

const NOTE = 'n8n-nodes-base.stickyNote';

/**
 * The workflows of a folder in rollout order.
 * @throws when a file is no workflow, with its name
 */
export function readEntries(folder: string): LibraryEntry[] {
	const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
	return files.map((file, index) => {
		const workflow = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as BundledWorkflow;
		if (!Array.isArray(workflow.nodes)) throw new Error(`${file} in ${folder} is no workflow of n8n: it has no nodes.`);
		const note = workflow.nodes.find(({ type }) => type === NOTE)?.parameters?.content;
		const category = CATEGORIES.find(({ figures }) => figures.includes(file[0])) ?? CATEGORIES[5];
		return { id: index + 1, file, description: String(note ?? ''), category, workflow };
	});
}

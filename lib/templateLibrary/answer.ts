import type { LibraryEntry } from './entries';
import { CATEGORIES } from './entries';
import { nodesOf } from './nodes';

/** As many entries as n8n's editor asks for at once, where it does not say. */
const ROWS = 20;
const AUTHOR = { username: 'n8n-nodes-optical-crm', name: 'n8n-nodes-optical-crm', verified: false };

/**
 * What n8n's editor hears of its template library (`N8N_TEMPLATES_HOST`): the paths are those that n8n 2.41 asks for.
 *
 * @param path without the host's own path, for example `/templates/search`
 * @param createdAt the moment that is shown as the age of every workflow
 * @returns undefined where there is nothing under this path
 */
export function answerLibrary(entries: readonly LibraryEntry[], path: string, query: URLSearchParams, createdAt: string): unknown {
	const [, area, what, id] = path.split('/');
	if (path === '/health') return { status: 'OK' };
	if (path === '/templates/categories') return { categories: CATEGORIES.map(toCategory) };
	if (path === '/templates/collections') return { collections: [] };
	if (path === '/templates/search') return search(entries, query, createdAt);
	const entry = entries.find((one) => String(one.id) === id);
	if (!entry || path.split('/').length !== 4) return undefined;
	if (area === 'templates' && what === 'workflows') return { workflow: { ...toListed(entry, createdAt), image: [], workflow: entry.workflow } };
	// The one that is imported: a name, and the workflow itself.
	if (area === 'workflows' && what === 'templates') return { id: entry.id, name: entry.workflow.name, workflow: entry.workflow };
	return undefined;
}

function search(entries: readonly LibraryEntry[], query: URLSearchParams, createdAt: string) {
	const words = (query.get('search') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const chosen = (query.get('category') ?? '').split(',').filter(Boolean);
	const named = entries.filter(({ workflow, description }) => words.every((word) => `${workflow.name} ${description}`.toLowerCase().includes(word)));
	const found = named.filter(({ category }) => chosen.length === 0 || chosen.includes(category.name));
	const [page, rows] = [whole(query.get('page'), 1), whole(query.get('rows') ?? query.get('limit'), ROWS)];
	return {
		totalWorkflows: found.length,
		workflows: found.slice((page - 1) * rows, page * rows).map((entry) => toListed(entry, createdAt)),
		filters: [{
			field_name: 'category',
			counts: CATEGORIES.flatMap(({ name }) => {
				const count = named.filter(({ category }) => category.name === name).length;
				return count > 0 ? [{ count, highlighted: name, value: name }] : [];
			}),
		}],
	};
}

function toListed({ id, workflow, description, category }: LibraryEntry, createdAt: string) {
	return { id, name: workflow.name, description, totalViews: 0, createdAt, user: AUTHOR, categories: [toCategory(category)], nodes: nodesOf(workflow) };
}

function toCategory({ id, name }: { id: number; name: string }) {
	return { id, name };
}

/** A whole number from 1 to 100; anything else is what it is usually. */
function whole(text: string | null, usual: number): number {
	const value = Number(text);
	return Number.isInteger(value) && value >= 1 && value <= 100 ? value : usual;
}

import { MADE, page, panelText, table } from './markdown';
import { nodePages, pageOf } from './nodePages';
import { commandsPage, credentialsPage, importReasonsPage, templatesPage, workflowsPage } from './otherPages';
import { NODES } from './package';

/** Where the pages are, from the project's folder. */
export const REFERENCE = 'docs/reference';

/** All pages of the reference by file name. They hold what the code says of itself, so they cannot say anything else. */
export function referencePages(): Record<string, string> {
	return {
		'README.md': index(),
		...nodePages(),
		'credentials.md': credentialsPage(),
		'workflows.md': workflowsPage(),
		'templates.md': templatesPage(),
		'import-reasons.md': importReasonsPage(),
		'commands.md': commandsPage(),
	};
}

function index(): string {
	return page(
		'# Reference',
		MADE,
		table(['node', 'what it does'], NODES.map((node) => [`[${node.displayName}](${pageOf(node)})`, panelText(node.description)])),
		'Besides: [credentials](credentials.md), [bundled workflows](workflows.md), [texts for customers](templates.md), [what an import says of a row](import-reasons.md), [commands](commands.md), [the contact rules and their reason codes](../contact-rules.md).',
	);
}

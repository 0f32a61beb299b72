import type { Language } from '../../domain/glossary';
import { loadTexts } from '../../web/texts';

type WorkflowTexts = typeof import('../../../templates/it/desk-workflows.json');

/** The words of the page of the bundled workflows, in one language. */
export function workflowTexts(language: Language): WorkflowTexts {
	return loadTexts<WorkflowTexts>('desk-workflows', language);
}

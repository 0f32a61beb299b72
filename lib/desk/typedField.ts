import { html, type SafeHtml } from '../web/html';
import type { Draft } from './draft';

/** What a person had typed and could not be saved, in a field to copy it from. */
export function typedField(label: string, { subject, body }: Draft): SafeHtml {
	// A line end directly after <textarea> is dropped by browsers: ours is given up so that the text keeps its own.
	return html`<div class="field"><label for="typed">${label}</label><textarea id="typed" readonly>
${[subject, body].filter(Boolean).join('\n\n')}</textarea></div>`;
}

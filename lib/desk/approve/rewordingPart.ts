import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { seenField } from '../action';
import { postForm } from '../frame';
import { deskTexts } from '../words';
import { textLanguage } from './card';
import type { MessagePageState } from './state';
import { wordDiff, type DiffPiece } from './wordDiff';

/** Where a language model has worded the text anew: what it changed, and the way back while nothing is decided. */
export function rewordingPart(state: MessagePageState): SafeHtml | '' {
	const { language, message, place } = state;
	const { rewording } = message;
	if (!rewording) return '';
	const texts = deskTexts(language).rewording;
	const { model } = rewording;
	const back = message.state === 'pending' && postForm(
		state,
		{ view: 'message', id: message.id, place },
		html`<input type="hidden" name="message" value="${seenField(message)}"><button name="action" value="useOriginal">${texts.useOriginal}</button>`,
	);
	return html`<section class="card stack rewording" aria-labelledby="rewording"><h2 id="rewording">${texts.title}</h2>
<p class="soft">${model === undefined ? texts.intro : fill(texts.introNamed, { model })}</p>
<div class="whole" lang="${textLanguage(state, message)}">${wordDiff(rewording.original, message.body).map(marked)}</div>
${back}</section>`;
}

function marked({ kind, text }: DiffPiece): SafeHtml {
	if (kind === 'same') return html`${text}`;
	return kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}

import { only, type Form } from '../../web/form';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { deskPage, postForm } from '../frame';
import type { DeskFrame } from '../state';
import { viewOfAddress } from '../view';
import { whoTexts } from './words';

/** A form that was held over the login. */
export interface GoOnState extends DeskFrame {
	held: Form;
}

/** Logged in again: what had been typed, and one button that does what was asked for before. Nothing is done by itself. */
export function renderGoOn(state: GoOnState): Page {
	const texts = whoTexts(state.language).goOn;
	const { held } = state;
	const fields = [...held].filter(([name]) => name !== 'back').flatMap(([name, values]) => values.map((value) => html`<input type="hidden" name="${name}" value="${value}">`));
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
${written(held).map((text, place) => typed(texts.typed, text, place))}
${postForm(state, viewOfAddress(only(held, 'back')), html`${fields}<button class="main">${texts.submit}</button>`)}
<p><a href="?">${texts.leave}</a></p>`;
	return deskPage(state, texts.title, main);
}

/** What a person has written has spaces; ids, codes and hashes have none. */
function written(held: Form): string[] {
	return [...held].filter(([name]) => name !== 'back').flatMap(([, values]) => values).filter((value) => /\s/.test(value.trim()));
}

function typed(label: string, text: string, place: number): SafeHtml {
	// A line end directly after <textarea> is dropped by browsers.
	return html`<div class="field"><label for="typed${place}">${label}</label><textarea id="typed${place}" readonly>
${text}</textarea></div>`;
}

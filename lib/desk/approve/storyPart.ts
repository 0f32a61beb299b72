import { dayInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import { customerLink } from '../customer/link';
import type { MessagePageState } from './state';
import { approveTexts, storyInWords } from './words';

/** The customer at a glance, and the way to all of it. */
export function storyPart({ language, message, story }: MessagePageState): SafeHtml {
	const texts = approveTexts(language).story;
	const lines = story.map((line) => html`<li><time datetime="${line.day}">${dayInWords(line.day, language)}</time> ${storyInWords(line, language)}</li>`);
	return html`<section aria-labelledby="story"><h2 id="story">${texts.title}</h2>
${lines.length > 0 ? html`<ol class="history">${lines}</ol>` : html`<p class="soft">${texts.none}</p>`}
<p>${customerLink({ language }, message.customerId)}</p></section>`;
}

import { BASE_STYLE } from '../web/baseStyle';
import { dayInWords } from '../web/dates';
import { html, type HtmlValue, type SafeHtml } from '../web/html';
import { page, type Page } from '../web/page';
import { shopMark } from '../web/shopMark';
import { stylesheet } from '../web/stylesheet';
import { fill, fillCounted } from '../web/texts';
import type { DeskRole } from './login/account';
import type { DeskFrame } from './state';
import { DESK_STYLE } from './style';
import { deskAddress, type DeskView, type Flash } from './view';
import { deskTexts } from './words';

/** The one style of all pages of the Desk. */
export const DESK_SHEET = stylesheet(BASE_STYLE, DESK_STYLE);

const ACCOUNT: DeskView = { view: 'account', place: { page: 1 } };
const HOME: DeskView = { view: 'today', place: { page: 1 } };
/** The pages that every page leads to, and those that only a lead may open. */
const NAVIGATION = { staff: ['today', 'approve', 'calls', 'letters', 'tickets', 'customers'], lead: ['texts', 'rollout', 'results', 'phone', 'health', 'accounts'] } as const satisfies Record<DeskRole, ReadonlyArray<Extract<DeskView, { place: object }>['view']>>;

/** A page for somebody who is logged in: rehearsal banner, shop, who it is, log out, what the last action did, and the content. */
export function deskPage(frame: DeskFrame, title: string, main: SafeHtml, showsFrames = false): Page {
	const texts = deskTexts(frame.language);
	const body = html`<a class="skip" href="#content">${texts.skip}</a>
<header><div class="top"><div class="wide">
<a class="home" href="?">${shopMark(frame.shopName)}</a>
${postForm(frame, HOME, html`<a class="who" href="${deskAddress(ACCOUNT)}"${frame.section === 'account' && html` aria-current="page"`}><span class="hidden">${texts.loggedIn}</span> ${frame.userName}</a> <button class="plain" name="action" value="logout">${texts.logout}</button>`, 'logout')}
</div>${navigation(frame)}</div>
${rehearsalWords(frame).map((sentence) => html`<div class="rehearsal"><p class="wide">${sentence}</p></div>`)}
</header>
<main class="wide" id="content" tabindex="-1">
${frame.flash && flashNote(frame.flash, frame)}
${main}
</main>`;
	return page({
		language: frame.language,
		title: `${title} · ${frame.shopName}`,
		style: DESK_SHEET,
		body,
		framing: { shows: showsFrames ? 'self' : 'none' },
	});
}

function navigation({ language, role, section, hasPhone }: DeskFrame): SafeHtml {
	const texts = deskTexts(language).navigation;
	const names = [...NAVIGATION.staff, ...(role === 'lead' ? NAVIGATION.lead : [])].filter((view) => view !== 'phone' || hasPhone === true);
	const link = (view: (typeof names)[number]) => html`<a href="${deskAddress({ view, place: { page: 1 } })}"${view === section && html` aria-current="page"`}>${texts[view]}</a>`;
	return html`<nav class="wide sections" aria-label="${texts.label}">${names.map(link)}</nav>`;
}

/** What is not in earnest: the date, the sending, or both. */
function rehearsalWords({ rehearsal, rehearsedSending, today, language }: DeskFrame): string[] {
	const texts = deskTexts(language);
	const date = rehearsal && fill(rehearsedSending ? texts.rehearsalDate : texts.rehearsal, { date: dayInWords(today, language) });
	const sending = rehearsedSending && (rehearsedSending.to.length > 0 ? fill(texts.rehearsalSendsTo, { to: rehearsedSending.to.join(', ') }) : texts.rehearsalSendsNothing);
	return [date, sending].filter((sentence) => typeof sentence === 'string');
}

/** A form that posts to this same page, with the session's token and the view to show afterwards. */
export function postForm(frame: DeskFrame, back: DeskView, fields: HtmlValue, className?: string, id?: string): SafeHtml {
	return html`<form method="post" action="?"${className && html` class="${className}"`}${id && html` id="${id}"`}>
<input type="hidden" name="csrf" value="${frame.csrf}"><input type="hidden" name="back" value="${deskAddress(back)}">
${fields}
</form>`;
}

function flashNote({ code, count, left = 0, undo }: Flash, frame: DeskFrame): SafeHtml {
	const { language } = frame;
	const texts = deskTexts(language);
	const sentences = [
		code === 'nothing' && left === 0 && texts.flashNothing,
		code !== 'nothing' && count > 0 && fillCounted(texts.flash[code], count, language),
		left > 0 && fillCounted(texts.flashLeft, left, language),
	].filter(Boolean);
	const calm = !['nothing', 'notOnChannel'].includes(code) && left === 0;
	const back = undo && postForm(frame, frame.here ?? HOME, html`<input type="hidden" name="at" value="${undo}"><button name="action" value="undo">${texts.undo}</button>`);
	return html`<div class="note ${calm ? 'good' : 'warn'} flash"><p role="status">${sentences.join(' ')}</p>${back}</div>`;
}

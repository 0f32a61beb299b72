import { MOMENT_ALERTS, type Alert } from '../../domain/alerts';
import { momentInWords } from '../../web/dates';
import { only, positive, type Form } from '../../web/form';
import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { postForm } from '../frame';
import type { DeskFrame } from '../state';
import type { DeskView } from '../view';
import { ownText } from '../words';
import { dayTexts } from './dayWords';

export type AlertAction = { kind: 'alertSeen'; id: number };

/** Reads what a form says about an alert; undefined where it is none of ours. */
export function readAlertAction(form: Form): AlertAction | undefined {
	const id = positive(only(form, 'alert'));
	return only(form, 'action') === 'alertSeen' && id ? { kind: 'alertSeen', id } : undefined;
}

/** What the shop should know: what lasts, and what is over and nobody has seen. */
export function alertSection(frame: DeskFrame, alerts: readonly Alert[], back: DeskView): SafeHtml {
	const texts = dayTexts(frame.language).alerts;
	return html`<section class="card uncertain" aria-labelledby="alerts"><h2 id="alerts">${texts.title}</h2><ul>${alerts.map((alert) => alertRow(frame, alert, back))}</ul></section>`;
}

function alertRow(frame: DeskFrame, { id, kind, subject, code, since, until, seenBy }: Alert, back: DeskView): SafeHtml {
	const { language, timeZone } = frame;
	const texts = dayTexts(language).alerts;
	const words = MOMENT_ALERTS.includes(kind) ? texts.moment : until === undefined ? texts.since : texts.over;
	const when = fill(words, { since: momentInWords(since, timeZone, language), until: until === undefined ? '' : momentInWords(until, timeZone, language) });
	const name = fill(ownText(texts.kinds, kind) ?? texts.other, { subject, kind });
	const seen = seenBy === undefined
		? postForm(frame, back, html`<input type="hidden" name="alert" value="${id}"><button name="action" value="alertSeen">${texts.seen}<span class="hidden"> ${name}</span></button>`)
		: html`<p class="soft">${fill(texts.seenBy, { who: seenBy })}</p>`;
	return html`<li><div><h3>${name}</h3><p class="soft">${when} (${code})</p></div>${seen}</li>`;
}

import { html, type SafeHtml } from '../../web/html';
import { numberInWords } from '../../web/texts';
import { deskAddress, SEARCH_LIMIT, type Place } from '../view';
import { deskTexts, kindInWords, ownText } from '../words';
import type { ApproveState } from './state';
import { approveTexts } from './words';

/** Whether a list is narrowed by more than its kind. */
export function isNarrowed({ channel, template, q }: Place): boolean {
	return [channel, template, q].some((value) => value !== undefined);
}

/** Search by name, and the filters by channel and text. A GET: it changes nothing, and can be kept as a bookmark. */
export function filterForm({ language, place, channels, templates, kinds }: ApproveState): SafeHtml | false {
	if (kinds.length === 0 && !isNarrowed(place)) return false;
	const texts = approveTexts(language).filter;
	const names = deskTexts(language).channels as Record<string, string>;
	const withChosen = (values: readonly string[], chosen: string | undefined) => (chosen === undefined || values.includes(chosen) ? values : [...values, chosen]);
	const select = (name: 'kind' | 'channel' | 'template', values: readonly string[], inWords: (value: string) => string) => html`<div class="field"><label for="filter-${name}">${texts[name]}</label><select id="filter-${name}" name="${name}"><option value="">${texts.all}</option>${withChosen(values, place[name]).map((value) => html`<option value="${value}"${value === place[name] && html` selected`}>${inWords(value)}</option>`)}</select></div>`;
	const counted = (kind: string) => [kindInWords(kind, language), kinds.find((one) => one.kind === kind)?.pending].flatMap((part) => (part === undefined ? [] : typeof part === 'number' ? `(${numberInWords(part, language)})` : part)).join(' ');
	return html`<details class="search"${isNarrowed(place) && html` open`}><summary class="button plain">${texts.title}</summary><form method="get" action="?" class="card filters" role="search"><input type="hidden" name="view" value="approve">
<div class="field"><label for="filter-q">${texts.name}</label><input id="filter-q" name="q" type="search" maxlength="${SEARCH_LIMIT}" autocomplete="off" value="${place.q ?? ''}"></div>
${select('kind', kinds.map(({ kind }) => kind), counted)}
${select('channel', channels, (channel) => ownText(names, channel) ?? channel)}
${select('template', templates, (template) => template)}
<button class="main">${texts.submit}</button>${(isNarrowed(place) || place.kind) && html`<a class="button plain" href="${deskAddress({ view: 'approve', place: { page: 1 } })}">${texts.clear}</a>`}</form></details>`;
}

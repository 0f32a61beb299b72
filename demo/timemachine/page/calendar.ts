import { DateTime } from 'luxon';
import type { Language } from '../../../lib/domain/glossary';
import { plusDays, plusMonths, type LocalDate } from '../../../lib/domain/time';
import { dayInWords } from '../../../lib/web/dates';
import { html, type SafeHtml } from '../../../lib/web/html';
import { fill, fillCounted } from '../../../lib/web/texts';
import { dayOff } from '../check/holidays';
import type { Words } from './words';

/** How many steps of colour there are beside none. */
const STEPS = 5;

/** What the calendar shows. */
export interface CalendarState {
	from: LocalDate;
	last: LocalDate;
	/** Contacts of each day. */
	volumes: Map<LocalDate, number>;
	/** The volume of the strongest colour. */
	most: number;
	down: ReadonlySet<LocalDate>;
	language: Language;
	words: Words;
}

/** All years of the run, each a heading and twelve small months. */
export function calendar(state: CalendarState): SafeHtml {
	const years: SafeHtml[] = [];
	for (let year = state.from.slice(0, 4); year <= state.last.slice(0, 4); year = String(Number(year) + 1)) {
		const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}-01`);
		const shown = months.filter((first) => first <= state.last && plusMonths(first, 1) > state.from);
		years.push(html`<section class="year"><h3>${year}</h3><div class="months">${shown.map((first) => month(first, state))}</div></section>`);
	}
	return html`${years}`;
}

function month(first: LocalDate, state: CalendarState): SafeHtml {
	const days = Array.from({ length: 31 }, (_, index) => plusDays(first, index)).filter((day) => day.startsWith(first.slice(0, 7)));
	// Weeks begin on Monday.
	const blanks = (DateTime.fromISO(first, { zone: 'utc' }).weekday + 6) % 7;
	const cells = [...Array.from({ length: blanks }, () => html`<td></td>`), ...days.map((day) => cell(day, state))];
	const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => html`<tr>${cells.slice(week * 7, week * 7 + 7)}</tr>`);
	return html`<table class="month"><caption>${DateTime.fromISO(first, { zone: 'utc', locale: state.language }).toFormat('LLLL')}</caption>${weeks}</table>`;
}

function cell(day: LocalDate, { from, last, volumes, most, down, language, words }: CalendarState): SafeHtml {
	if (day < from || day > last) return html`<td></td>`;
	const count = volumes.get(day) ?? 0;
	const written = dayInWords(day, language);
	const title = down.has(day) ? fill(words.cellDown, { day: written }) : fillCounted(words.cell, count, language, { day: written });
	const step = Math.ceil((Math.min(count, most) / most) * STEPS);
	return html`<td class="${[`v${step}`, down.has(day) && 'down', dayOff(day) && 'off'].filter(Boolean).join(' ')}" title="${title}"></td>`;
}

/** What the colours mean. */
export function legend({ words, most }: Pick<CalendarState, 'words' | 'most'>): SafeHtml {
	const steps = Array.from({ length: STEPS }, (_, index) => html`<li><i class="v${index + 1}"></i>${fill(words.legend.most, { count: Math.round((most * (index + 1)) / STEPS) })}</li>`);
	return html`<ul class="legend"><li><i class="v0"></i>${words.legend.none}</li>${steps}<li><i class="v0 down"></i>${words.legend.down}</li><li><i class="v0 off"></i>${words.legend.off}</li></ul>`;
}

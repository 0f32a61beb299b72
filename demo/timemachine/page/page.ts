import type { Language } from '../../../lib/domain/glossary';
import { dayInWords } from '../../../lib/web/dates';
import { html, type SafeHtml } from '../../../lib/web/html';
import { page } from '../../../lib/web/page';
import { shopMark } from '../../../lib/web/shopMark';
import { fill, fillCounted, numberInWords } from '../../../lib/web/texts';
import type { CheckResult } from '../check/check';
import type { History } from '../check/history';
import type { KindCount, Summary } from '../summary';
import { calendar, legend } from './calendar';
import { SHEET } from './style';
import { wordFor, wordsOf, type Words } from './words';

/** Violations that the page names for each invariant. */
const NAMED = 5;
/** One day in so many has more than the strongest colour: a single day must not pale all others. */
const STRONGEST_SHARE = 0.99;

/** The page of a run, whole and without a script, to be opened from a file. */
export function renderRun(history: History, summary: Summary, shopName: string, language: Language): string {
	const words = wordsOf(language);
	const number = (value: number) => numberInWords(value, language);
	const volumes = countDays(history);
	const busiest = [...volumes.values()].sort((one, other) => one - other);
	const most = Math.max(5, busiest[Math.floor(busiest.length * STRONGEST_SHARE)] ?? 0);
	const { customers, messages, calls, downDays, cpuSeconds } = summary;
	const figures = { customers: customers.ever, messages, calls, downDays, cpu: cpuSeconds };
	const intro = { shop: shopName, days: fillCounted(words.days, summary.days, language), from: dayInWords(summary.from, language), to: dayInWords(summary.to, language) };
	const body = html`<main class="wide">
${shopMark(shopName)}
<header class="stack"><h1>${words.title}</h1><p>${fill(words.intro, intro)}</p></header>
<dl class="figures">${Object.entries(figures).map(([name, value]) => html`<div class="card"><dt>${wordFor(words.figures, name)}</dt><dd>${number(value)}</dd></div>`)}</dl>
<section class="card stack"><h2>${words.checks}</h2><p class="note ${summary.ok ? 'good' : 'bad'}">${summary.ok ? words.allHold : words.someBroken}</p>
<ul class="checks">${summary.invariants.map((result) => check(result, words, language))}</ul></section>
<section class="card stack"><h2>${words.calendar}</h2>${legend({ words, most })}
${calendar({ from: summary.from, last: summary.to, volumes, most, down: history.down, language, words })}</section>
<section class="card stack"><h2>${words.table.title}</h2>${Object.keys(summary.years).sort().map((year) => yearTable(year, summary.years[year], words, number))}</section>
</main>`;
	return page({ language, title: words.title, style: SHEET, body }).body;
}

function countDays({ sendings }: History): Map<string, number> {
	const volumes = new Map<string, number>();
	for (const { day } of sendings) volumes.set(day, (volumes.get(day) ?? 0) + 1);
	return volumes;
}

function check({ name, result, count, violations }: CheckResult, words: Words, language: Language): SafeHtml {
	const places = violations.slice(0, NAMED).map(({ day, customer }) => html`<li>${fill(customer === 0 ? words.nobody : words.violation, { day: dayInWords(day, language), customer })}</li>`);
	const more = count - places.length;
	return html`<li class="${result === 'not checked' ? 'unchecked' : result}"><span>${wordFor(words.invariants, name)}</span><b>${words.results[result]}</b>${
		result === 'not checked' && html`<small>${words.notChecked}</small>`}${places.length > 0 && html`<ul>${places}${more > 0 && html`<li>${fillCounted(words.moreViolations, more, language)}</li>`}</ul>`}</li>`;
}

function yearTable(year: string, kinds: Record<string, KindCount>, { table, kinds: names }: Words, number: (value: number) => string): SafeHtml {
	const sum = (reasons: Record<string, number>) => Object.values(reasons).reduce((total, count) => total + count, 0);
	const rows = Object.entries(kinds).map(([kind, count]) => ({ kind, cells: [count.occasions, count.messages, count.calls, sum(count.blocked), sum(count.dropped)] }));
	const sorted = rows.sort((one, other) => other.cells[0] - one.cells[0]);
	const headings = [table.kind, table.occasions, table.messages, table.calls, table.blocked, table.dropped];
	return html`<details><summary>${year}</summary><div class="scroll"><table class="counts"><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${sorted.map(({ kind, cells }) => html`<tr><th scope="row">${wordFor(names, kind)}</th>${cells.map((value) => html`<td>${number(value)}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

import type { DataUse } from '../domain/consent';
import type { Language } from '../domain/glossary';
import { addressInWords } from '../domain/postalAddress';
import { isLocalDate, type LocalDate } from '../domain/time';
import { BASE_STYLE } from '../web/baseStyle';
import { usesInWords } from '../web/dataUse';
import { dayInWords, momentInWords } from '../web/dates';
import { html, type HtmlValue, type SafeHtml } from '../web/html';
import { page, type Page } from '../web/page';
import { shopMark } from '../web/shopMark';
import { stylesheet } from '../web/stylesheet';
import { fill, loadTexts } from '../web/texts';

type ExportTexts = typeof import('../../templates/it/export.json');
type ReasonTexts = typeof import('../../templates/it/reasons.json');

/** What a customer asked to see: rows by section, as the store exports them. */
export interface ExportState {
	language: Language;
	shopName: string;
	/** IANA zone of the shop, in which instants are shown. */
	timeZone: string;
	day: LocalDate;
	sections: Record<string, Array<Record<string, unknown>>>;
}

const SHEET = stylesheet(
	BASE_STYLE,
	`main { display: grid; gap: 1rem; padding-block: 2rem; }
	dl { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: .25rem 1rem; padding-block: .6rem; border-top: 1px solid var(--line); }
	dt { color: var(--soft); } dd { white-space: pre-line; }`,
);

/** Booleans as the store keeps them. */
const YES_NO = ['deceased', 'preferred', 'firstProgressive'];

/** Fields whose values are codes of the store, for which the template has words. */
const CODED = [
	'kind', 'line', 'status', 'channel', 'purpose', 'class', 'intent', 'legalBasis', 'source', 'method', 'withdrawnHow', 'lensType', 'sex', 'language', 'formality',
	'state', 'fromState', 'toState', 'outcome', 'moment', 'result', 'reason', 'who', 'why',
];

/**
 * The page on which a customer reads what the shop holds about them (GDPR 12 and 15), to be printed or sent. Fields without a word in
 * the template are of a technical kind and stand in the JSON only.
 */
export function renderExport({ day, sections, ...reader }: ExportState): Page {
	const { language, shopName } = reader;
	const texts = loadTexts<ExportTexts>('export', language);
	const titles = Object.entries(texts.sections);
	const body = html`<main class="wide">
${shopMark(shopName)}
<h1>${texts.title}</h1>
<p>${fill(texts.intro, { shop: shopName, day: dayInWords(day, language) })}</p>
${titles.map(([name, title]) => section(texts, title, sections[name] ?? [], reader))}
</main>`;
	return page({ language, title: texts.title, style: SHEET, body });
}

type Reader = Pick<ExportState, 'language' | 'timeZone'>;

function section(texts: ExportTexts, title: string, rows: Array<Record<string, unknown>>, reader: Reader): SafeHtml {
	const content = rows.length === 0 ? html`<p class="soft">${texts.none}</p>` : rows.map((row) => rowOf(texts, row, reader));
	return html`<section class="card"><h2>${title}</h2>${content}</section>`;
}

function rowOf(texts: ExportTexts, row: Record<string, unknown>, reader: Reader): SafeHtml {
	const labels = Object.entries(texts.fields).filter(([field]) => row[field] !== undefined && row[field] !== null && row[field] !== '');
	return html`<dl>${labels.map(([field, label]) => html`<dt>${label}</dt><dd>${valueOf(texts, field, row, reader)}</dd>`)}</dl>`;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function valueOf(texts: ExportTexts, field: string, { [field]: value, kind }: Record<string, unknown>, { language, timeZone }: Reader): HtmlValue {
	if (typeof value === 'string' && isLocalDate(value)) return dayInWords(value, language);
	if (typeof value === 'string' && INSTANT.test(value)) return momentInWords(value, timeZone, language);
	if (YES_NO.includes(field)) return value ? texts.yes : texts.no;
	if (CODED.includes(field)) return wordsOf(texts, language, String(value));
	if (field === 'uses') return usesInWords(value as DataUse, language);
	if (field === 'value' && kind === 'address') return addressInWords(String(value));
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A code in words; what has none, such as the name of a campaign or of a member of staff, stays as it is. */
function wordsOf({ values }: ExportTexts, language: Language, code: string): string {
	const known: Record<string, string> = { ...values, ...loadTexts<ReasonTexts>('reasons', language) };
	return Object.hasOwn(known, code) ? known[code] : code;
}

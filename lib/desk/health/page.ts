import type { Finding, Health, HealthLevel, Waiting } from '../../domain/health';
import type { Instant } from '../../domain/time';
import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill, numberInWords } from '../../web/texts';
import { deskPage } from '../frame';
import type { DeskFrame } from '../state';
import { deskTexts, kindInWords, ownText } from '../words';
import { findingInWords, healthTexts } from './words';

/** The page about the health of the system. */
export interface HealthPageState extends DeskFrame {
	health: Health;
}

const MEGABYTE = 1024 * 1024;
const TONE: Record<HealthLevel, string> = { ok: 'good', warn: 'warn', bad: 'bad' };

/** How the system does, and what to do next, for the lead. */
export function renderHealth(state: HealthPageState): Page {
	const { health, language } = state;
	const texts = healthTexts(language);
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${fill(texts.intro, { moment: moment(health.at, state) })}</p></div>
<p class="note ${TONE[health.state]}" role="status"><strong>${texts.states[health.state]}</strong>${health.findings.length === 0 && html` ${texts.allWell}`}</p>
${health.findings.length > 0 && findingsSection(state)}
${queueSection(state)}
${channelSection(state)}
${pollSection(state)}
${heardSection(state)}
${storeSection(state)}
${peopleSection(state)}`;
	return deskPage(state, texts.title, main);
}

function moment(at: Instant, { timeZone, language }: HealthPageState): string {
	return momentInWords(at, timeZone, language);
}

function findingsSection(state: HealthPageState): SafeHtml {
	const texts = healthTexts(state.language);
	const row = (finding: Finding) => {
		const { what, next, since } = findingInWords(finding, state.timeZone, state.language);
		return html`<li class="${finding.level}"><strong>${what}</strong>${since !== undefined && html` <span class="soft">${since}</span>`}<br>${next}</li>`;
	};
	return html`<section class="card stack" aria-labelledby="findings"><h2 id="findings">${texts.findingsTitle}</h2><ul class="history">${state.health.findings.map(row)}</ul></section>`;
}

function section(id: string, title: string, content: SafeHtml): SafeHtml {
	return html`<section class="card stack" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

/** Names with their values, one below the other. */
function lines(entries: ReadonlyArray<readonly [name: string, value: string, more?: string]>): SafeHtml {
	return html`<dl class="standings">${entries.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}${more !== undefined && html` <span class="soft">${more}</span>`}</dd></div>`)}</dl>`;
}

function queueSection(state: HealthPageState): SafeHtml {
	const { health: { queue }, language } = state;
	const texts = healthTexts(language);
	const line = (name: string, { count, oldest }: Waiting) => [name, numberInWords(count, language), oldest === undefined ? undefined : fill(texts.oldest, { moment: moment(oldest, state) })] as const;
	return section('queue', texts.queueTitle, lines([
		line(texts.pending, queue.pending), line(texts.approved, queue.approved), line(texts.overdue, queue.overdue), line(texts.uncertain, queue.uncertain),
		line(texts.failed, { count: queue.failed }), line(texts.tickets, queue.tickets), line(texts.lostLeases, queue.lostLeases),
	]));
}

function channelSection(state: HealthPageState): SafeHtml {
	const { health: { channels, senders }, language } = state;
	const texts = healthTexts(language);
	if (channels.length === 0) return section('channels', texts.channelsTitle, html`<p class="soft">${texts.channelsNone}</p>`);
	const rows = channels.map(({ channel, lastSent, lastFailed, held }) => {
		const facts = [
			lastSent && fill(texts.lastSent, { moment: moment(lastSent, state) }),
			lastFailed && fill(texts.lastFailed, { moment: moment(lastFailed.at, state), code: lastFailed.code ?? '?' }),
			held > 0 && fill(texts.heldCampaigns, { count: held }),
		].filter(Boolean);
		const accounts = senders.filter((sender) => sender.channel === channel).map(({ name, circuit, openUntil, code, today }) => {
			const standing = circuit === 'open' && openUntil ? fill(texts.open, { moment: moment(openUntil, state) }) : circuit === 'closed' ? texts.works : texts.trial;
			return html`<li><span class="state${circuit !== 'closed' && ' failed'}">${standing}${code !== undefined && circuit !== 'closed' && html` (${code})`}</span> ${name} <span class="soft">${fill(texts.today, { count: numberInWords(today, language) })}</span></li>`;
		});
		return html`<div><h3>${ownText(deskTexts(language).channels, channel) ?? channel}</h3><p class="soft">${facts.join(' · ')}</p>${accounts.length > 0 && html`<ul class="history">${accounts}</ul>`}</div>`;
	});
	return section('channels', texts.channelsTitle, html`${rows}`);
}

function pollSection(state: HealthPageState): SafeHtml | false {
	const { health: { polls }, language } = state;
	const texts = healthTexts(language);
	const row = ({ kind, lastAt, state: standing }: (typeof polls)[number]) => html`<li><span class="state${standing === 'late' && ' failed'}${standing === 'off' && ' expired'}">${texts.polls[standing]}</span> ${kindInWords(kind, language)} <span class="soft">${fill(texts.lastPoll, { moment: moment(lastAt, state) })}</span></li>`;
	return polls.length > 0 && section('polls', texts.pollsTitle, html`<ul class="history">${polls.map(row)}</ul>`);
}

function heardSection(state: HealthPageState): SafeHtml {
	const { health: { heard }, language } = state;
	const texts = healthTexts(language);
	const row = ({ channel, kind, lastAt }: (typeof heard)[number]) =>
		html`<li><strong>${ownText(deskTexts(language).channels, channel) ?? channel}</strong> ${fill(texts.lastHeard, { kind: ownText(texts.heard, kind) ?? kind, moment: moment(lastAt, state) })}</li>`;
	return section('heard', texts.heardTitle, heard.length === 0 ? html`<p class="soft">${texts.heardNone}</p>` : html`<ul class="history">${heard.map(row)}</ul>`);
}

function storeSection(state: HealthPageState): SafeHtml {
	const { health: { store }, language } = state;
	const texts = healthTexts(language);
	const megabytes = (bytes: number) => fill(texts.megabytes, { count: numberInWords(Math.ceil(bytes / MEGABYTE), language) });
	const backup = store.lastBackup ? moment(store.lastBackup, state) : store.kind === 'postgres' ? texts.backupPostgres : texts.never;
	return section('store', texts.storeTitle, lines([
		[texts.kind, texts.kinds[store.kind]], [texts.version, String(store.schemaVersion)], [texts.size, megabytes(store.bytes)],
		...(store.freeBytes === undefined ? [] : [[texts.free, megabytes(store.freeBytes)] as const]), [texts.backup, backup],
	]));
}

function peopleSection(state: HealthPageState): SafeHtml {
	const { health: { sessions, phone }, language } = state;
	const texts = healthTexts(language);
	const standing = phone && (phone.state === 'linked' && !phone.connected ? texts.phoneOffline : texts.phoneStates[phone.state]);
	return section('people', texts.peopleTitle, lines([[texts.sessions, numberInWords(sessions, language)], ...(standing === undefined ? [] : [[texts.phone, standing] as const])]));
}

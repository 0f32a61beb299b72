import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { PASSWORD_LENGTH, type PasswordFault } from '../login/password';
import type { DeskFrame } from '../state';
import type { DeskView } from '../view';
import { whoTexts } from './words';

/** One's own account. */
export interface AccountState extends DeskFrame {
	/** Accounts of the credential change their password there. */
	fromCredential: boolean;
	/** Came in with a password that the lead gave: nothing else is shown before another one is chosen. */
	mustChoose: boolean;
	/** Why a new password was not taken. */
	fault?: PasswordFault | 'wrong' | 'different' | 'wait';
	sessions: Array<{ id: string; startedAt: string; seenAt: string; device: string; isThis: boolean }>;
}

const ACCOUNT: DeskView = { view: 'account', place: { page: 1 } };

/** The page on which each person changes the password, chooses the language, and sees where they are logged in. */
export function renderAccount(state: AccountState): Page {
	const texts = whoTexts(state.language).account;
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${fill(texts.intro, { name: state.userName })}</p></div>
${passwordCard(state)}
${!state.mustChoose && html`${languageCard(state)}${sessionsCard(state)}`}`;
	return { ...deskPage(state, texts.title, main), ...(state.fault && { status: 400 }) };
}

function passwordCard(state: AccountState): SafeHtml {
	const { account: texts, faults } = whoTexts(state.language);
	const field = (name: string, label: string, kind: string, hint?: string) => html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="password" required maxlength="${PASSWORD_LENGTH.max}" autocomplete="${kind}"${hint && html` aria-describedby="${hint}"`}></div>`;
	const form = html`<input type="hidden" name="user" value="${state.userName}" autocomplete="username">
${field('current', state.mustChoose ? texts.oneTime : texts.current, 'current-password')}
${field('wanted', texts.wanted, 'new-password', 'rules')}<p class="soft" id="rules">${fill(texts.rules, { min: PASSWORD_LENGTH.min })}</p>
${field('repeated', texts.repeated, 'new-password')}
<button class="main" name="action" value="changePassword">${texts.change}</button>`;
	return html`<section class="card stack" aria-labelledby="password"><h2 id="password">${texts.password}</h2>
${state.mustChoose && html`<p class="note warn">${texts.mustChoose}</p>`}
${state.fault && html`<p class="note bad" role="alert">${fill(faults[state.fault], { min: PASSWORD_LENGTH.min, max: PASSWORD_LENGTH.max })}</p>`}
${state.fromCredential ? html`<p>${texts.fromCredential}</p>` : postForm(state, ACCOUNT, form, 'stack')}</section>`;
}

function languageCard(state: AccountState): SafeHtml {
	const texts = whoTexts(state.language).account;
	// Each language under its own name.
	const option = (value: string, name: string) => html`<option value="${value}" lang="${value}"${value === state.language && html` selected`}>${name}</option>`;
	return html`<section class="card stack" aria-labelledby="language-title"><h2 id="language-title">${texts.language}</h2>
${postForm(state, ACCOUNT, html`<div class="field"><label for="language">${texts.languageLabel}</label><select id="language" name="language">${option('it', 'Italiano')}${option('en', 'English')}</select></div><button name="action" value="chooseLanguage">${texts.languageSave}</button>`, 'stack')}</section>`;
}

function sessionsCard(state: AccountState): SafeHtml {
	const texts = whoTexts(state.language).account;
	const when = (at: string) => momentInWords(at, state.timeZone, state.language);
	const row = ({ id, startedAt, seenAt, device, isThis }: AccountState['sessions'][number]) => html`<li><div><strong>${device || texts.unknownDevice}</strong>${isThis && html` <span class="state">${texts.thisSession}</span>`}<p class="soft">${fill(texts.sessionTimes, { start: when(startedAt), seen: when(seenAt) })}</p></div>
${!isThis && postForm(state, ACCOUNT, html`<input type="hidden" name="session" value="${id}"><button name="action" value="endSession">${texts.endSession}<span class="hidden"> ${device || texts.unknownDevice}, ${when(startedAt)}</span></button>`)}</li>`;
	return html`<section class="card stack" aria-labelledby="sessions"><h2 id="sessions">${texts.sessions}</h2><p class="soft">${texts.sessionsIntro}</p><ul class="people">${state.sessions.map(row)}</ul>
${state.sessions.length > 1 && postForm(state, ACCOUNT, html`<button name="action" value="endOtherSessions">${texts.endOthers}</button>`)}</section>`;
}

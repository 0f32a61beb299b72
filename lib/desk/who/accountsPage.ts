import { momentInWords } from '../../web/dates';
import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { fill } from '../../web/texts';
import { deskPage, postForm } from '../frame';
import { DESK_ROLES, NAME_LIMIT, type DeskRole } from '../login/account';
import { PAGE_SIZE, type DeskFrame } from '../state';
import { deskAddress, type DeskView, type Place } from '../view';
import { deskTexts, ownText } from '../words';
import { whoTexts } from './words';

/** An account in the lead's list. */
export interface ListedAccount {
	/** Of an account in the store; those of the credential have none and are changed there. */
	id?: number;
	user: string;
	role: DeskRole;
	disabledAt?: string;
	/** Waits for the first login, until then. */
	oneTimeUntil?: string;
	/** The password that was given is over: a new one is needed. */
	isOver?: boolean;
	/** The credential has an account of the same name, and that one counts. */
	isShadowed?: boolean;
	/** The lead's own: they cannot shut themselves out. */
	isOwn?: boolean;
}

/** The lead's page of accounts, with the log of who did what. */
export interface AccountsState extends DeskFrame {
	accounts: ListedAccount[];
	/** Page of the log. */
	place: Place;
	log: { total: number; entries: Array<{ at: string; who: string; action: string; subject?: string }> };
	/** A password that was just made: shown this once. */
	given?: { user: string; password: string; until: string };
	fault?: 'nameTaken' | 'nameMissing' | 'own' | 'gone';
	/** What had been typed. */
	typed?: { name: string; role: DeskRole };
}

const ACCOUNTS: DeskView = { view: 'accounts', place: { page: 1 } };

/** The page on which the lead looks after the accounts. */
export function renderAccounts(state: AccountsState): Page {
	const texts = whoTexts(state.language).accounts;
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
${state.fault && html`<p class="note bad" role="alert">${texts.faults[state.fault]}</p>`}
${state.given && givenNote(state, state.given)}
<section class="card stack" aria-labelledby="people"><h2 id="people">${texts.people}</h2><ul class="people">${state.accounts.map((account) => accountRow(state, account))}</ul></section>
${addCard(state)}
${logCard(state)}`;
	return { ...deskPage(state, texts.title, main), ...(state.fault && { status: 409 }) };
}

function givenNote({ language, timeZone }: AccountsState, { user, password, until }: NonNullable<AccountsState['given']>): SafeHtml {
	const texts = whoTexts(language).accounts;
	return html`<div class="note good stack" role="status"><p>${fill(texts.given, { name: user })}</p><p><strong class="secret">${password}</strong></p><p>${fill(texts.givenHint, { until: momentInWords(until, timeZone, language) })}</p></div>`;
}

function accountRow(state: AccountsState, account: ListedAccount): SafeHtml {
	const texts = whoTexts(state.language).accounts;
	const { id, user, role, disabledAt, isOwn } = account;
	const forName = html`<span class="hidden"> ${fill(texts.forName, { name: user })}</span>`;
	const button = (action: string, label: string, className = '') => html`<button name="action" value="${action}"${className && html` class="${className}"`}>${label}${forName}</button>`;
	const other = role === 'lead' ? 'staff' : 'lead';
	const form = (fields: SafeHtml) => postForm(state, ACCOUNTS, html`<input type="hidden" name="account" value="${id}">${fields}`);
	return html`<li><div><h3>${user}</h3><p class="soft">${[texts.roles[role], stateOf(state, account)].filter(Boolean).join(' · ')}</p></div>
${id !== undefined && !isOwn && html`<div class="two">
${!disabledAt && form(html`<input type="hidden" name="role" value="${other}">${button('changeRole', texts.makes[other])}`)}
${!disabledAt && form(button('resetPassword', texts.reset))}
${disabledAt ? form(button('enableAccount', texts.enable)) : form(button('disableAccount', texts.disable, 'grave'))}
</div>`}</li>`;
}

function stateOf({ language, timeZone }: AccountsState, { id, disabledAt, oneTimeUntil, isOver, isShadowed, isOwn }: ListedAccount): string {
	const texts = whoTexts(language).accounts;
	const when = (at: string) => momentInWords(at, timeZone, language);
	if (id === undefined) return texts.fromCredential;
	if (isShadowed) return texts.shadowed;
	if (disabledAt) return fill(texts.disabledSince, { date: when(disabledAt) });
	if (isOver) return texts.oneTimeOver;
	if (oneTimeUntil) return fill(texts.oneTimeUntil, { date: when(oneTimeUntil) });
	return isOwn ? texts.own : '';
}

function addCard(state: AccountsState): SafeHtml {
	const texts = whoTexts(state.language).accounts;
	const { name = '', role: chosen = 'staff' } = state.typed ?? {};
	const option = (role: DeskRole) => html`<option value="${role}"${role === chosen && html` selected`}>${texts.roles[role]}</option>`;
	return html`<section class="card stack" aria-labelledby="adding"><h2 id="adding">${texts.add}</h2>
${postForm(state, ACCOUNTS, html`<div class="field"><label for="name">${texts.name}</label><input id="name" name="name" value="${name}" required maxlength="${NAME_LIMIT}" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
<div class="field"><label for="role">${texts.role}</label><select id="role" name="role" aria-describedby="roles">${DESK_ROLES.map(option)}</select><p class="soft" id="roles">${texts.roleHint}</p></div>
<button class="main" name="action" value="addAccount">${texts.addSubmit}</button>`, 'stack')}</section>`;
}

function logCard(state: AccountsState): SafeHtml {
	const { language, timeZone, log, place } = state;
	const texts = whoTexts(language);
	const { previous, next } = deskTexts(language).today;
	const pages = Math.max(1, Math.ceil(log.total / PAGE_SIZE));
	const row = ({ at, who, action, subject }: AccountsState['log']['entries'][number]) => html`<li><time datetime="${at}">${momentInWords(at, timeZone, language)}</time> ${[who, ownText(texts.deeds, action) ?? action, subject && subjectInWords(state, subject)].filter(Boolean).join(' · ')}</li>`;
	const link = (page: number, label: string) => html`<a class="button" href="${deskAddress({ view: 'accounts', place: { page } })}">${label}</a>`;
	return html`<section class="card stack" aria-labelledby="log"><h2 id="log">${texts.accounts.log}</h2>
${log.entries.length > 0 ? html`<ol class="history">${log.entries.map(row)}</ol>` : html`<p class="soft">${texts.accounts.logEmpty}</p>`}
${pages > 1 && html`<nav class="pager" aria-label="${texts.accounts.logPages}">${place.page > 1 ? link(place.page - 1, previous) : html`<span></span>`}${place.page < pages ? link(place.page + 1, next) : html`<span></span>`}</nav>`}</section>`;
}

/** `customer 12` as the page says it; an account by its name. */
function subjectInWords({ language, accounts }: AccountsState, subject: string): string {
	const [, kind = '', number = ''] = /^(\w+) (\d+)$/.exec(subject) ?? [];
	const account = kind === 'account' && accounts.find(({ id }) => id === Number(number));
	if (account) return account.user;
	const words = ownText(whoTexts(language).subjects, kind);
	return words ? fill(words, { number }) : subject;
}

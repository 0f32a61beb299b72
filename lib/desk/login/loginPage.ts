import { html } from '../../web/html';
import { page, type Page } from '../../web/page';
import { shopMark } from '../../web/shopMark';
import { fill, fillCounted } from '../../web/texts';
import { DESK_SHEET } from '../frame';
import { deskAddress } from '../view';
import { whoTexts } from '../who/words';
import { deskTexts } from '../words';
import type { LoginState } from './state';

/** The login page: 200, or 401 after a wrong password, or 429 with Retry-After while one has to wait. */
export function renderLogin(state: LoginState): Page {
	const { language, shopName, notice, waitSeconds = 0, user, wanted, held } = state;
	const texts = deskTexts(language).login;
	const wrong = notice === 'wrong' || notice === 'oneTimeOver' || waitSeconds > 0;
	const said = waitSeconds > 0 ? waiting(state, waitSeconds) : notice && { ...texts, ...whoTexts(language).login }[notice];
	const body = html`<main class="narrow">
<div class="card">
${shopMark(shopName)}
<div><h1>${texts.title}</h1><p class="soft">${fill(texts.intro, { shop: shopName })}</p></div>
${said && html`<p class="note ${wrong ? 'bad' : 'good'}" id="said" role="${wrong ? 'alert' : 'status'}">${said}</p>`}
<form method="post" action="?" class="stack">
<input type="hidden" name="back" value="${wanted ? deskAddress(wanted) : '?'}">${held && html`<input type="hidden" name="held" value="${held}">`}
<div class="field"><label for="user">${texts.user}</label><input id="user" name="user" value="${user}" required maxlength="200" autocomplete="username" autocapitalize="none" spellcheck="false"></div>
<div class="field"><label for="password">${texts.password}</label><input id="password" name="password" type="password" required maxlength="1000" autocomplete="current-password"${wrong && html` aria-describedby="said"`}></div>
<button class="main" name="action" value="login">${texts.submit}</button>
</form>
</div>
</main>`;
	const answer = page({
		language,
		title: `${texts.title} · ${shopName}`,
		style: DESK_SHEET,
		body,
		status: waitSeconds > 0 ? 429 : notice === 'wrong' || notice === 'held' || notice === 'oneTimeOver' ? 401 : 200,
	});
	if (waitSeconds > 0) answer.headers['Retry-After'] = String(waitSeconds);
	return answer;
}

function waiting({ language }: LoginState, seconds: number): string {
	const texts = deskTexts(language).login;
	return seconds > 90 ? fillCounted(texts.waitMinutes, Math.ceil(seconds / 60), language) : fillCounted(texts.wait, seconds, language);
}

import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import { postForm } from '../frame';
import { NOTE_LIMIT } from '../seen';
import type { CustomerPageState } from './state';
import { hereOf } from './whoPart';
import { customerTexts } from './words';

/** What a customer can ask for by law: a copy of the data, and their end. */
export function rightsPart(state: CustomerPageState): SafeHtml {
	const { language, role, customer } = state;
	const texts = customerTexts(language).rights;
	return html`<section class="card stack" aria-labelledby="rights"><h2 id="rights">${texts.title}</h2>
<p class="soft">${texts.exportHint}</p>
${postForm(state, hereOf(state), html`<input type="hidden" name="customer" value="${customer.id}"><button name="action" value="exportCustomer">${texts.export}</button>`, 'full')}
${role === 'lead' ? eraseForm(state) : html`<p class="soft">${texts.eraseLead}</p>`}</section>`;
}

function eraseForm(state: CustomerPageState): SafeHtml {
	const { language, customer, eraseFault } = state;
	const texts = customerTexts(language).rights;
	const fields = html`<input type="hidden" name="customer" value="${customer.id}">
${eraseFault && html`<p class="note bad" id="erase-fault" role="alert">${texts.faults[eraseFault]}</p>`}
<p>${texts.eraseIntro}</p><p class="soft">${texts.eraseKept}</p>
<div class="field"><label for="surname">${fill(texts.eraseSurname, { name: customer.surname })}</label><input id="surname" name="surname" maxlength="${NOTE_LIMIT}" required autocomplete="off"${eraseFault === 'surname' && html` aria-invalid="true" aria-describedby="erase-fault"`}></div>
<button class="grave" name="action" value="eraseCustomer">${texts.eraseSubmit}</button>`;
	return html`<details class="rejecting" id="erase"${eraseFault && html` open`}><summary class="button grave">${texts.erase}</summary>${postForm(state, hereOf(state), fields, 'stack inset')}</details>`;
}

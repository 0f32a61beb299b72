import { html, type SafeHtml } from '../../web/html';
import type { Page } from '../../web/page';
import { deskPage } from '../frame';
import { deskAddress } from '../view';
import { ownText } from '../words';
import type { DeskWorkflow, WorkflowsState } from './state';
import { workflowTexts } from './words';

/** The bundled workflows in rollout order, each with the address from which n8n imports it. */
export function renderWorkflows(state: WorkflowsState): Page {
	const texts = workflowTexts(state.language);
	const step = ({ step: key, workflows }: WorkflowsState['steps'][number]) => html`<section class="card stack" aria-labelledby="step-${key}"><h2 id="step-${key}">${ownText(texts.steps, key) ?? key}</h2>
<ol class="people">${workflows.map((workflow) => row(workflow, state))}</ol></section>`;
	const main = html`<div class="intro"><h1>${texts.title}</h1><p class="soft">${texts.intro}</p></div>
<section class="card stack" aria-labelledby="how"><h2 id="how">${texts.howTitle}</h2><ol class="history">${texts.how.map((line) => html`<li>${line}</li>`)}</ol></section>
${state.steps.map(step)}
<p><a href="${deskAddress({ view: 'rollout', place: { page: 1 } })}">${texts.back}</a></p>`;
	return deskPage(state, texts.title, main);
}

function row({ file, name, address }: DeskWorkflow, { language }: WorkflowsState): SafeHtml {
	const texts = workflowTexts(language);
	const key = file.replace(/\.json$/, '');
	const number = /^\d\d/.exec(file)?.[0];
	const words = ownText(texts.workflows, key);
	return html`<li><div><h3>${number && html`${number} `}${words?.name ?? name}</h3>${words && html`<p class="soft">${words.does}</p>`}</div>
<div class="field"><label for="w-${key}">${texts.address}<span class="hidden"> ${words?.name ?? name}</span></label><input id="w-${key}" value="${address}" readonly></div></li>`;
}

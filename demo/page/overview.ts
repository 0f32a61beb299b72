import type { ReceivedMail } from '../standins/mailFolder';
import type { PostOrder } from '../standins/ufficioPostale';
import { page } from './frame';
import { html, type Html } from './html';
import { letterList } from './letterPages';
import { mailList } from './mailPages';
import { phoneList } from './phonePages';
import type { Phone } from './phones';

/** So many of each are seen at once. */
const FEW = 8;

/** Phone, mailbox and letter tray beside each other. */
export function overview({ phones, mails, letters }: { phones: readonly Phone[]; mails: readonly ReceivedMail[]; letters: readonly PostOrder[] }): string {
	const part = (title: string, address: string, count: number, list: Html) => html`<section><h2><a href="${address}">${title}</a> <small>${count}</small></h2>${list}</section>`;
	return page('What arrived', '/', html`<header><h1>What arrived</h1><p>Instead of at customers. Nothing left this computer.</p></header>
		<div class="all">${part('Phone', '/phones', phones.length, phoneList(phones, FEW))}${part('Mailbox', '/mails', mails.length, mailList(mails, FEW))}${part('Letter tray', '/letters', letters.length, letterList(letters.slice(-FEW)))}</div>`, { renews: true });
}

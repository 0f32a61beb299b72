import { renderLogin } from '../../../lib/desk/login/loginPage';
import { renderMessage } from '../../../lib/desk/approve/messagePage';
import { renderProblem } from '../../../lib/desk/problemPage';
import { renderApprove } from '../../../lib/desk/approve/approvePage';
import { renderCustomer } from '../../../lib/desk/customer/customerPage';
import { renderCustomers } from '../../../lib/desk/customer/customersPage';
import { renderErased } from '../../../lib/desk/customer/erasedPage';
import { renderBatch } from '../../../lib/desk/letters/batchPage';
import { renderCall } from '../../../lib/desk/calls/callPage';
import { renderCalls } from '../../../lib/desk/calls/callsPage';
import { renderLetters } from '../../../lib/desk/letters/lettersPage';
import { renderTicket } from '../../../lib/desk/tickets/ticketPage';
import { renderTickets } from '../../../lib/desk/tickets/ticketsPage';
import { renderPhone } from '../../../lib/desk/phone/page';
import { renderHealth } from '../../../lib/desk/health/page';
import { renderResults } from '../../../lib/desk/results/page';
import { renderRollout } from '../../../lib/desk/rollout/page';
import { renderWorkflows } from '../../../lib/desk/workflows/page';
import { renderToday } from '../../../lib/desk/today/todayPage';
import type { Page } from '../../../lib/web/page';
import { renderChannels } from '../../../lib/desk/approve/channelsPage';
import { renderSample } from '../../../lib/desk/approve/samplePage';
import { renderTexts } from '../../../lib/desk/approve/textsPage';
import { approve, channels, health, login, messagePage, phone, problem, results, rollout, sample, texts, today, workflows, type Words } from './states';
import { account, accounts, goOn } from './whoStates';
import { renderAccount } from '../../../lib/desk/who/accountPage';
import { renderAccounts } from '../../../lib/desk/who/accountsPage';
import { renderGoOn } from '../../../lib/desk/who/goOnPage';
import { customerPage, customers, erased } from './customerStates';
import { batch, callPage, calls, letters, strangerPage, ticketPage, tickets } from './today/dayStates';

export const LOGIN = (words?: Words) => renderLogin(login(words));
/** Every page of the Desk by its name, with made-up people in it. */
export const PAGES: Array<[string, (words?: Words) => Page]> = [
	['today', (words) => renderToday(today(words))],
	['approve', (words) => renderApprove(approve(words))],
	['message', (words) => renderMessage(messagePage(words))],
	['sample', (words) => renderSample(sample(words))],
	['channels', (words) => renderChannels(channels(words))],
	['texts', (words) => renderTexts(texts(words))],
	['a text that was typed', (words = (plain) => plain) => {
		const { fault: _, ...state } = messagePage(words);
		return renderMessage({ ...state, looked: { subject: words('Auguri'), body: words('Testo'), text: words('Testo intero'), hasHtml: true, remarks: ['HEALTH_DETAIL'] } });
	}],
	...(['sms', 'whatsapp', 'push'] as const).map((channel): [string, (words?: Words) => Page] => [`a message by ${channel}`, (words = (plain) => plain) => {
		const state = messagePage(words);
		// A text without its personal part: what stands around it is parted by what is in it.
		return renderMessage({ ...state, message: { ...state.message, channel, hasHtml: false, body: '', sms: { segments: 2, units: 200, encoding: 'GSM-7' } } });
	}]),
	['a letter', (words = (plain) => plain) => {
		const state = messagePage(words);
		const sheet = { senderName: words('Ottica'), senderLines: [words('Via Roma 1')], recipientLines: [words('Ada'), words('Via Po 2')], placeAndDate: words('Firenze'), paragraphs: [words('Gentile'), words('a presto')], foot: words('Scrive') || 'x' };
		return renderMessage({ ...state, message: { ...state.message, channel: 'letter', subject: words('Auguri') || 'x', hasHtml: false, sheet } });
	}],
	['a call', (words = (plain) => plain) => {
		const state = messagePage(words);
		const questions = [{ id: 'a', question: words('Tutto bene?'), answers: [words('Sì'), words('No')] }];
		return renderMessage({ ...state, message: { ...state.message, channel: 'call', hasHtml: false, questions } });
	}],
	['calls', (words) => renderCalls(calls(words))],
	['one call', (words) => renderCall(callPage(words))],
	['letters', (words) => renderLetters(letters(words))],
	['batch', (words) => renderBatch(batch(words))],
	['tickets', (words) => renderTickets(tickets(words))],
	['ticket', (words) => renderTicket(ticketPage(words))],
	['ticket of a stranger', (words) => renderTicket(strangerPage(words))],
	['customers', (words) => renderCustomers(customers(words))],
	['customer', (words) => renderCustomer(customerPage(words))],
	['customer to the staff', (words) => renderCustomer({ ...customerPage(words), role: 'staff', typed: undefined, fault: undefined })],
	['erased', (words) => renderErased(erased(words))],
	['rollout', (words) => renderRollout(rollout(words))],
	['phone', (words) => renderPhone(phone(words))],
	['health', (words) => renderHealth(health(words))],
	['workflows', (words) => renderWorkflows(workflows(words))],
	['results', (words) => renderResults(results(words))],
	['accounts', (words) => renderAccounts(accounts(words))],
	['account', (words) => renderAccount(account(words))],
	['account to choose a password', (words) => renderAccount({ ...account(words), mustChoose: true, sessions: [], fault: 'short' })],
	['going on', (words) => renderGoOn(goOn(words))],
	['login', LOGIN],
	['problem', (words) => renderProblem(problem(words))],
];

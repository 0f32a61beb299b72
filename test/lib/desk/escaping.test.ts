import fc from 'fast-check';
import { renderLogin } from '../../../lib/desk/loginPage';
import { renderMessage } from '../../../lib/desk/messagePage';
import { renderProblem } from '../../../lib/desk/problemPage';
import { renderApprove } from '../../../lib/desk/approvePage';
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
import { renderToday } from '../../../lib/desk/todayPage';
import type { Page } from '../../../lib/web/page';
import { elementsOf, structureOf } from '../web/markup';
import { renderChannels } from '../../../lib/desk/approve/channelsPage';
import { renderSample } from '../../../lib/desk/approve/samplePage';
import { renderTexts } from '../../../lib/desk/approve/textsPage';
import { approve, channels, health, login, messagePage, phone, problem, results, rollout, sample, texts, today, workflows, type Words } from './states';
import { account, accounts, goOn } from './whoStates';
import { renderAccount } from '../../../lib/desk/who/accountPage';
import { renderAccounts } from '../../../lib/desk/who/accountsPage';
import { renderGoOn } from '../../../lib/desk/who/goOnPage';
import { customerPage, customers, erased } from './customerStates';
import { batch, callPage, calls, letters, strangerPage, ticketPage, tickets } from './dayStates';

const LOGIN = (words?: Words) => renderLogin(login(words));
const PAGES: Array<[string, (words?: Words) => Page]> = [
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

const hostile = fc.oneof(
	fc.string({ unit: 'binary', minLength: 1 }),
	fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='x", '</textarea><b>', '</title><b>', '</style><b>', '<!--', '{name}', '$&', 'toString', '__proto__'),
);

/** Which words differ decides where a difference is marked, and nothing else. */
const shape = ({ body }: Page) => structureOf(body).replace(/^(?:ins|del) ?\n/gm, '');

describe.each(PAGES)('the page %s', (_, render) => {
	it('has the same elements and attributes whatever the words are', () => {
		const expected = shape(render());
		fc.assert(
			fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), (words) => {
				let next = 0;
				expect(shape(render(() => words[next++ % words.length]))).toBe(expected);
			}),
			{ numRuns: 60 },
		);
	});

	it('runs nothing, loads nothing and leads nowhere else', () => {
		const elements = elementsOf(render(() => 'javascript:alert(1)').body);
		for (const { name, attributes } of elements) {
			expect(['script', 'base', 'object', 'embed', '!comment']).not.toContain(name);
			for (const attribute of Object.keys(attributes)) expect(attribute).not.toMatch(/^on|^style$|^srcdoc$|^formaction$/);
			if (name === 'meta') expect(attributes).not.toHaveProperty('http-equiv');
			// An image lies in the page itself: a chart.
			const isDrawn = ['img', 'source'].includes(name);
			if (isDrawn) expect(attributes.src ?? attributes.srcset).toMatch(/^data:image\/svg\+xml;base64,[\w+/=]+$/);
			if (name !== 'link' && !isDrawn) for (const address of [attributes.href, attributes.src, attributes.action]) if (address !== undefined) expect(address).toMatch(/^(?:[?#]|tel:\+\d+$)/);
		}
	});

	it('posts its forms to itself, with token and way back', () => {
		const elements = elementsOf(render().body);
		const forms = elements.filter(({ name }) => name === 'form');
		const count = (field: string) => elements.filter(({ name, attributes }) => name === 'input' && attributes.name === field).length;
		for (const { attributes } of forms) expect(attributes).toMatchObject({ action: '?' });
		// What only searches is a GET, and carries no token into the address.
		const posting = forms.filter(({ attributes: { method } }) => method !== 'get');
		for (const { attributes } of posting) expect(attributes).toMatchObject({ method: 'post' });
		expect(count('back')).toBe(posting.length);
		// The login has no session yet: it is guarded by sameOrigin alone.
		expect(count('csrf')).toBe(render === LOGIN ? 0 : posting.length);
	});

	it('gives each field a label, each id once, and each button a name', () => {
		const elements = elementsOf(render().body);
		const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		const labelled = new Set(elements.flatMap(({ attributes }) => attributes.for ?? []));
		for (const { name, attributes, text } of elements) {
			if (['input', 'select', 'textarea'].includes(name) && !['hidden', 'checkbox'].includes(attributes.type)) expect(labelled).toContain(attributes.id);
			if (['button', 'a', 'summary'].includes(name) && attributes['aria-hidden'] !== 'true') expect(text.trim()).not.toBe('');
			for (const reference of [attributes['aria-labelledby'], attributes['aria-describedby'], attributes.for]) if (reference) expect(ids).toContain(reference);
		}
		expect(elements.filter(({ name }) => name === 'h1')).toHaveLength(1);
		expect(elements.filter(({ name }) => name === 'main')).toHaveLength(1);
	});
});

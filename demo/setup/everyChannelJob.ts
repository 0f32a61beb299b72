import type { Store } from '../../lib/store/open';
import { DeskVisitor } from './deskVisitor';
import { openEveryChannel } from './everyChannel';
import { until, type Expect } from './findings';
import { REGULARS } from './regulars';
import { DESK_PATH, type MovedIn } from './shopContext';

/** Five customers who can each be reached in one way are written to; one answers, and the shop has a ticket. */
export async function writeOnEveryChannel(shop: MovedIn, store: Store, expect: Expect): Promise<void> {
	const { server, standins: { sms, whatsApp, push, post } } = shop.context;
	await openEveryChannel(shop, store);
	const codes = Object.values(REGULARS).map(({ code }) => code);
	const messages = async () => await store.db.selectFrom('messages').innerJoin('customers', 'customers.id', 'messages.customer_id').select(['messages.channel', 'messages.state']).where('code', 'in', codes).orderBy('code').execute();
	await until(async () => (await messages()).length >= codes.length, 'the messages to the regulars');
	expect('channels of the five regulars', (await messages()).map(({ channel }) => channel), Object.keys(REGULARS));

	const desk = await DeskVisitor.logIn(`${server.baseUrl}/webhook/${DESK_PATH}`);
	await desk.approveAll();
	const isDone = async () => (await messages()).every(({ channel, state }) => !['approved', 'sending'].includes(state) || channel === 'call');
	await until(isDone, 'the messages to the regulars to leave');
	expect('received by SMS', sms.messages.map(({ to }) => to), [REGULARS.sms.contactPoints[0].value]);
	expect('received on WhatsApp', whatsApp.messages.map(({ to }) => to), [REGULARS.whatsapp.contactPoints[0].value]);
	expect('received in the app', push.messages.map(({ token }) => token), [REGULARS.push.contactPoints[0].value]);
	expect('letters to print', post.orders.filter(({ confirmed, pdf }) => confirmed && pdf.subarray(0, 5).toString() === '%PDF-').map(({ recipient }) => recipient.cognome), [REGULARS.letter.lastName]);
	expect('calls for the staff', (await messages()).filter(({ channel, state }) => channel === 'call' && state === 'approved').length, 1);

	const status = await whatsApp.reply(REGULARS.whatsapp.contactPoints[0].value, 'Mi chiamate per favore?');
	expect('an answer on WhatsApp is taken', status, 200);
	const tickets = await store.db.selectFrom('tickets').innerJoin('customers', 'customers.id', 'tickets.customer_id').select(['code', 'tickets.kind']).execute();
	expect('tickets for the staff', tickets, [{ code: REGULARS.whatsapp.code, kind: 'callback' }]);
}

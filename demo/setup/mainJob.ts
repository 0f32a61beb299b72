import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { sql } from 'kysely';
import { closeDatabase, openDatabase, openStore, type Store } from '../../lib/store/open';
import type { LocalDate } from '../../lib/domain/time';
import { saveShop } from '../../lib/store/shops';
import { expectedGreetings, type ExpectedBirthday } from '../shop/expected';
import type { ReceivedMail } from '../standins/mailFolder';
import { count } from './count';
import { DeskVisitor } from './deskVisitor';
import { writeOnEveryChannel } from './everyChannelJob';
import { until, type Expect, type Finding } from './findings';
import { DESK_PATH, type CheckResult, type MovedIn } from './shopContext';
import { liveThroughSteps } from './stepsJob';

const BIRTHDAYS = '10-relational-birthday.json';
const WINDOW = { belatedDays: 3, earlyDays: 0 };

/** The main job without a person: import, birthdays, Desk, mails, every other channel and an answer, refusal, who is left alone the year after, and the four steps of the rollout. */
export async function runMainJob(shop: MovedIn): Promise<CheckResult> {
	const findings: Finding[] = [];
	const expect = (what: string, found: unknown, expected: unknown) =>
		findings.push({ what, found, expected, ok: JSON.stringify(found) === JSON.stringify(expected) });
	const store = await openStore(shop.settings);
	try {
		checkImport(shop, expect);
		await checkPlanned(shop, store, expect);
		const sent = await approveOnDesk(shop, expect);
		await writeOnEveryChannel(shop, store, expect);
		const nextYear = await refuseOne(shop, store, sent, expect);
		await liveThroughSteps(shop, store, nextYear, expect);
		return { ok: findings.every(({ ok }) => ok), today: shop.today, findings };
	} finally {
		await closeDatabase(shop.settings);
	}
}

function checkImport({ imported, generated: { expected } }: MovedIn, expect: Expect): void {
	const { rows, created, updated, unchanged, rejected } = imported.summary as Record<string, number>;
	expect('rows of the export', rows, expected.rows);
	expect('rows accounted for', created + updated + unchanged + rejected, expected.rows);
	expect('customers in the store', created, expected.customers);
	const problems = (list: Array<Record<string, unknown>>) => list.map(({ row, field, reason }) => `${row} ${field} ${reason}`).sort();
	expect('rows refused', problems(imported.toMend.filter(({ taken }) => !taken)), problems(expected.rejected as never[]));
	expect('fields left out', problems(imported.toMend.filter(({ taken }) => taken)), problems(expected.leftOut as never[]));
}

/** The dead are not handed out at all. */
function greetings({ generated: { expected } }: MovedIn): ExpectedBirthday[] {
	return expected.birthdays.filter(({ situation }) => situation !== 'deceased');
}

async function checkPlanned(shop: MovedIn, store: Store, expect: Expect): Promise<void> {
	const { due, allowed, blocked } = expectedGreetings(greetings(shop), WINDOW);
	await until(async () => (await settled(store)) >= due, 'the birthdays to be planned');
	expect('birthdays due', await settled(store), due);
	expect('messages that wait for approval', await inState(store, 'pending'), allowed);
	const reasons = await store.db.selectFrom('decisions').select(['reason', (all) => all.fn.countAll<number>().as('count')]).where('outcome', '=', 'block').groupBy('reason').orderBy('reason').execute();
	expect('blocked, by reason', Object.fromEntries(reasons.map(({ reason, count }) => [reason, count])), Object.fromEntries(Object.entries(blocked).sort()));
}

/** Approves all but one, which is rejected. Returns the addresses that were written to. */
async function approveOnDesk(shop: MovedIn, expect: Expect): Promise<string[]> {
	const { server, standins: { mailbox } } = shop.context;
	const { allowed } = expectedGreetings(greetings(shop), WINDOW);
	const before = mailbox.mails().length;
	const desk = await DeskVisitor.logIn(`${server.baseUrl}/webhook/${DESK_PATH}`);
	const [unwanted] = await desk.shown();
	await desk.act({ action: 'reject', message: unwanted, reason: 'inPerson', note: '' });
	await desk.approveAll();
	await until(async () => mailbox.mails().length - before >= allowed - 1, 'the mails');
	// A little longer: nothing may follow.
	await sleep(2_000);
	const mails = mailbox.mails().slice(before);
	const recipients = mails.flatMap(({ envelope }) => envelope.to).sort();
	expect('mails that arrived', mails.length, allowed - 1);
	expect('recipients, each once', new Set(recipients).size, allowed - 1);
	const addresses = new Set(greetings(shop).filter(({ reason }) => !reason).map(({ email }) => email?.toLowerCase()));
	expect('recipients who may not be written to', recipients.filter((address) => !addresses.has(address.toLowerCase())), []);
	expect('mails without a one-click refusal', mails.filter((mail) => header(mail, 'List-Unsubscribe-Post') !== 'List-Unsubscribe=One-Click').length, 0);
	return recipients;
}

/** One of them refuses by the mailbox's own button; a year later nobody writes to that person, and to the others again. */
async function refuseOne(shop: MovedIn, store: Store, sent: string[], expect: Expect): Promise<LocalDate> {
	const { client, standins: { mailbox } } = shop.context;
	const mail = mailbox.mails().find(({ envelope }) => envelope.to[0] === sent[0]) as ReceivedMail;
	const link = header(mail, 'List-Unsubscribe').slice(1, -1);
	const opened = await axios.get(link, { validateStatus: () => true });
	expect('opening the refusal link', opened.status, 200);
	expect('withdrawn by opening it', await withdrawals(store), 0);
	for (let times = 1; times <= 2; times++) await axios.post(link, 'List-Unsubscribe=One-Click', { validateStatus: () => true });
	expect('withdrawn by two presses', await withdrawals(store), 1);

	const due = await settled(store);
	const nextYear = `${Number(shop.today.slice(0, 4)) + 1}${shop.today.slice(4)}`.replace(/-02-29$/, '-02-28');
	await saveShop(await openDatabase(shop.settings), shop.settings.shop, { rehearsalDate: nextYear }, new Date().toISOString());
	await client.deactivate(shop.workflows[BIRTHDAYS]);
	await client.activate(shop.workflows[BIRTHDAYS]);
	await until(async () => (await settled(store)) > due && (await leased(store)) === 0, 'the birthdays of the next year');
	expect('messages for who refused, a year later', await waitingFor(store, sent[0]), 0);
	expect('messages for who did not refuse, a year later', await waitingFor(store, sent[1]), 1);
	return nextYear;
}

function header({ headers }: ReceivedMail, wanted: string): string {
	return headers.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.value ?? '';
}

const settled = async (store: Store) => await count(store, sql`occasions where state = 'settled'`);
const leased = async (store: Store) => await count(store, sql`occasions where state = 'leased'`);
const inState = async (store: Store, state: string) => await count(store, sql`messages where state = ${state}`);
const withdrawals = async (store: Store) => await count(store, sql`consents where status = 'withdrawn'`);
const waitingFor = async (store: Store, address: string) =>
	await count(store, sql`messages join contact_points on contact_points.id = messages.contact_point_id where value = ${address} and state = 'pending'`);

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RolloutStep } from '../../lib/domain/rollout';
import { plusDays, plusMonths, type LocalDate } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { saveExams } from '../../lib/store/records/exams';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { saveShop } from '../../lib/store/shops';
import { count } from './count';
import { demoWorkflow, onEveryChannel } from './demoWorkflow';
import { DeskVisitor } from './deskVisitor';
import { until, type Expect } from './findings';
import { hasEnded, requireSuccess } from './n8nExecution';
import { DESK_PATH, STAFF, type MovedIn } from './shopContext';

const BIRTHDAYS = '10-relational-birthday.json';
const VISION = '20-vision-recall.json';
const OFFER = '30-offer-by-segment.json';
const OFFERS_BEGIN = 'Every Working Day';
/** A step lasts four weeks at least, and birthdays are still greeted three days later: every fourth day meets them all. */
const [WEEKS_DAYS, HOP_DAYS] = [28, 4];
/** One in so many had the last vision check two years ago; the others last month. */
const DUE_ONE_IN = 15;
const DUE_DAYS = 90;
const STARTS_WITHIN_MS = 1_000;
/** What waits longer does not wait for its provider. */
const OF_ANOTHER_DAY_MS = 10 * 60_000;
/** What else the demo has published by now would write too, whenever its hour comes. */
const OTHERS = ['21-eyewear-check-up.json', '22-contact-lenses.json', '23-progressive-follow-up.json', '24-dormant.json', '25-orders-and-appointments.json', VISION];

/** A shop with its Desk, and the clock that it lives by. */
interface Life {
	shop: MovedIn;
	store: Store;
	desk: DeskVisitor;
	today: LocalDate;
}

/** The shop goes back to the step `data` and lives through all four by a clock that is moved on: nothing leaves before its step is open. */
export async function liveThroughSteps(shop: MovedIn, store: Store, today: LocalDate, expect: Expect): Promise<void> {
	const { client, folder, server } = shop.context;
	const life: Life = { shop, store, today, desk: await DeskVisitor.logIn(`${server.baseUrl}/webhook/${DESK_PATH}`) };
	for (const file of OTHERS) if (shop.workflows[file]) await client.deactivate(shop.workflows[file]);
	shop.workflows[OFFER] = await client.saveWorkflow(await demoWorkflow(folder, OFFER, anOffer), shop.credentials);

	await approveAll(life);
	for (const step of ['recall', 'relational', 'data']) await life.desk.act({ action: 'fallBack', step, note: 'Si ricomincia dai dati.' });
	expect('kinds that leave in the step data', await sentMeanwhile(life, async () => {
		await moveClock(life, 1);
		expect('the step that opens in its first week', await opened(life, 'relational'), 'data');
		await moveClock(life, WEEKS_DAYS - 2);
		expect('the step that opens while the data lack', await opened(life, 'relational'), 'data');
		await enterExams(life);
		for (const file of [BIRTHDAYS, VISION]) await poll(life, file);
		await runOffers(life);
		expect('what is due waits for its step', await held(life), ['birthday', 'campaign.offer', 'recall.vision']);
	}), []);

	await moveClock(life, 1);
	expect('the step after four weeks', await opened(life, 'relational'), 'relational');
	expect('kinds that leave in the step relational', await sentMeanwhile(life, async () => {
		await weeksOf(life, [BIRTHDAYS]);
		expect('the step that opens while nobody has agreed to recalls', await opened(life, 'recall'), 'relational');
		await askForConsents(life);
		await poll(life, VISION);
		await runOffers(life);
	}), ['birthday']);

	expect('the step after eight weeks', await opened(life, 'recall'), 'recall');
	expect('kinds that leave in the step recall', await sentMeanwhile(life, async () => {
		await weeksOf(life, [BIRTHDAYS, VISION]);
		await runOffers(life);
	}), ['birthday', 'recall.vision']);

	expect('the step after twelve weeks', await opened(life, 'promotional'), 'promotional');
	expect('kinds that leave in the step promotional', await sentMeanwhile(life, async () => {
		await runOffers(life);
		await approveAll(life);
	}), ['campaign.offer']);
}

/** What a shop would enter: an offer for all of its customers, as the fictional ones have bought too little to be told apart. */
function anOffer(node: Parameters<typeof onEveryChannel>[0]): void {
	onEveryChannel(node);
	if (node.name !== 'Hand Out the Offer') return;
	const everybody = { id: 'everybody', leftValue: '={{ $json.segments.facts.daysKnown }}', rightValue: 0, operator: { type: 'number', operation: 'gte' } };
	Object.assign(node.parameters, {
		segments: [],
		rules: { options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 }, conditions: [everybody], combinator: 'and' },
		offer: { title: 'Una pulizia a ultrasuoni', text: 'Portaci i tuoi occhiali: li rimettiamo a nuovo mentre bevi un caffè.' },
	});
}

async function moveClock(life: Life, days: number): Promise<void> {
	life.today = plusDays(life.today, days);
	await saveShop(life.store.db, life.shop.settings.shop, { rehearsalDate: life.today }, new Date().toISOString());
}

/** Four weeks of writing, each yes given. */
async function weeksOf(life: Life, files: readonly string[]): Promise<void> {
	for (let days = 0; days < WEEKS_DAYS; days += HOP_DAYS) {
		for (const file of files) await poll(life, file);
		await approveAll(life);
		await moveClock(life, HOP_DAYS);
	}
}

/** What a shop does in the first step: it enters what lacks, here the vision checks out of its records. */
async function enterExams({ store, shop, today }: Life): Promise<void> {
	const customers = await store.db.selectFrom('customers').select('id').where('merged_into', 'is', null).orderBy('id').execute();
	const takenOn = (place: number) => (place % DUE_ONE_IN === 0 ? plusMonths(plusDays(today, place % DUE_DAYS), -24) : plusMonths(shop.today, -1));
	await saveExams(store, customers.map(({ id }, place) => ({ customerId: id, takenOn: takenOn(place) })), new Date().toISOString());
}

/** What a shop does in the second step: whoever likes the greetings is asked about recalls. */
async function askForConsents({ store }: Life): Promise<void> {
	const now = new Date().toISOString();
	const agreed = await store.db.selectFrom('consents').select('customer_id').distinct().where('purpose', '=', 'marketing').where('channel', '=', 'email').where('status', '=', 'granted').execute();
	const noticeVersion = store.shop.privacyNotices[0].version;
	await recordConsents(store, agreed.map(({ customer_id: customerId }) => (
		{ customerId, channel: 'email', purpose: 'recall', status: 'granted', legalBasis: 'consent', capturedAt: now, source: 'desk', method: 'paper', evidence: 'modulo firmato, raccoglitore 7', operator: STAFF.name, noticeVersion })), now);
}

/** Presses the lead's button. @returns the step afterwards: where the criteria do not hold, the one before */
async function opened({ desk, store }: Life, step: RolloutStep): Promise<RolloutStep> {
	await desk.tryToAct({ action: 'openStep', step, note: '' });
	return (await rolloutStanding(store)).step;
}

/** A trigger looks once when its workflow is published. */
async function poll({ shop: { context: { client }, workflows } }: Life, file: string): Promise<void> {
	await client.deactivate(workflows[file]);
	await client.activate(workflows[file]);
	// Where nobody is due there is nothing to wait for.
	await sleep(STARTS_WITHIN_MS);
	await until(async () => (await client.executions(workflows[file])).every(hasEnded), `the run of ${file} to end`);
	await client.deactivate(workflows[file]);
}

async function runOffers({ shop: { context: { client }, workflows } }: Life): Promise<void> {
	requireSuccess(await client.waitForExecution(await client.run(workflows[OFFER], OFFERS_BEGIN)));
}

/** Approves whatever waits, and waits until it has left. Calls are for the staff, and what the rules put off to another day stays. */
async function approveAll({ desk, store }: Life): Promise<void> {
	await desk.approveAll();
	const later = new Date(Date.now() + OF_ANOTHER_DAY_MS).toISOString();
	await until(async () => (await count(store, sql`messages where state in ('approved', 'sending') and channel not in ('call', 'letter') and (not_before is null or not_before < ${later})`)) === 0, 'what was approved to leave');
}

/** The kinds of messages that left during some work. */
async function sentMeanwhile({ store: { db } }: Life, work: () => Promise<void>): Promise<string[]> {
	const begun = new Date().toISOString();
	await work();
	// A little longer: nothing may follow.
	await sleep(1_000);
	const { rows } = await sql<{ kind: string }>`select distinct occasions.kind from messages join occasions on occasions.id = messages.occasion_id where sent_on is not null and messages.updated_at >= ${begun} order by 1`.execute(db);
	return rows.map(({ kind }) => kind);
}

async function held({ store: { db } }: Life): Promise<string[]> {
	const { rows } = await sql<{ kind: string }>`select distinct kind from occasions where reason = 'ROLLOUT_PHASE' order by 1`.execute(db);
	return rows.map(({ kind }) => kind);
}

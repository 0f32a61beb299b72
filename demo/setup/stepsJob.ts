import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RolloutStep } from '../../lib/domain/rollout';
import { plusDays, type LocalDate } from '../../lib/domain/time';
import type { Store } from '../../lib/store/open';
import { rolloutStanding } from '../../lib/store/rollout/standing';
import { saveShop } from '../../lib/store/shops';
import { demoWorkflow, onEveryChannel } from './demoWorkflow';
import { DeskVisitor } from './deskVisitor';
import { until, type Expect } from './findings';
import { itemsOf, requireSuccess } from './n8nExecution';
import type { MovedIn } from './shop';
import { DESK_PATH } from './shopContext';

const BIRTHDAYS = '10-relational-birthday.json';
const VISION = '20-vision-recall.json';
const OFFER = '30-offer-by-segment.json';
const OFFERS_BEGIN = 'Every Working Day';
/** A step lasts four weeks at least, and birthdays are still greeted three days later: every fourth day meets them all. */
const [WEEKS_DAYS, HOP_DAYS] = [28, 4];
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
		for (const file of [BIRTHDAYS, VISION]) await poll(life, file);
		await runOffers(life);
		expect('what is due waits for its step', await held(life), ['birthday', 'campaign.offer', 'recall.vision']);
	}), []);

	await moveClock(life, 1);
	expect('the step after four weeks', await opened(life, 'relational'), 'relational');
	expect('kinds that leave in the step relational', await sentMeanwhile(life, async () => {
		for (let days = 0; days < WEEKS_DAYS; days += HOP_DAYS) {
			await poll(life, BIRTHDAYS);
			await approveAll(life);
			await moveClock(life, HOP_DAYS);
		}
		await poll(life, VISION);
		await runOffers(life);
	}), ['birthday']);

	expect('the step after eight weeks', await opened(life, 'recall'), 'recall');
	expect('kinds that leave in the step recall', await sentMeanwhile(life, async () => {
		await poll(life, VISION);
		await runOffers(life);
		await approveAll(life);
		await moveClock(life, WEEKS_DAYS);
	}), ['recall.vision']);

	expect('the step after twelve weeks', await opened(life, 'promotional'), 'promotional');
	expect('kinds that leave in the step promotional', await sentMeanwhile(life, async () => {
		await runOffers(life);
		await approveAll(life);
	}), ['campaign.offer']);
}

/** What a shop would enter: an offer for whoever has said yes to offers. */
function anOffer(node: Parameters<typeof onEveryChannel>[0]): void {
	onEveryChannel(node);
	if (node.name === 'Hand Out the Offer') Object.assign(node.parameters, { segments: [], offer: { title: 'Una pulizia a ultrasuoni', text: 'Portaci i tuoi occhiali: li rimettiamo a nuovo mentre bevi un caffè.' } });
}

async function moveClock(life: Life, days: number): Promise<void> {
	life.today = plusDays(life.today, days);
	await saveShop(life.store.db, life.shop.settings.shop, { rehearsalDate: life.today }, new Date().toISOString());
}

/** Presses the lead's button. @returns the step afterwards: where the criteria do not hold, the one before */
async function opened({ desk, store }: Life, step: RolloutStep): Promise<RolloutStep> {
	await desk.tryToAct({ action: 'openStep', step, note: '' });
	return (await rolloutStanding(store)).step;
}

/** A trigger looks once when its workflow is published. */
async function poll({ shop: { context: { client }, workflows }, store }: Life, file: string): Promise<void> {
	await client.deactivate(workflows[file]);
	await client.activate(workflows[file]);
	await until(async () => await none(store, sql`occasions where state = 'leased'`), `what is due by ${file} to be settled`);
	await client.deactivate(workflows[file]);
}

async function runOffers({ shop: { context: { client }, workflows }, store }: Life): Promise<void> {
	const execution = await client.waitForExecution(await client.run(workflows[OFFER], OFFERS_BEGIN));
	requireSuccess(execution);
	await until(async () => await none(store, sql`occasions where state = 'leased'`), `${itemsOf(execution, 'Hand Out the Offer').length} offers to be settled`);
}

/** Approves whatever waits, and waits until it has left. Calls are for the staff. */
async function approveAll({ desk, store }: Life): Promise<void> {
	for (let shown = await desk.shown(); shown.length > 0; shown = await desk.shown()) await desk.act({ action: 'approveShown', shown });
	await until(async () => await none(store, sql`messages where state in ('approved', 'sending') and channel not in ('call', 'letter')`), 'what was approved to leave');
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

async function none({ db }: Store, rows: ReturnType<typeof sql>): Promise<boolean> {
	return (await sql<{ total: number }>`select count(*) as total from ${rows}`.execute(db)).rows[0].total === 0;
}

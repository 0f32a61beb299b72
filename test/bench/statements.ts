import './withoutJest';
import { generateShop } from '../../demo/shop/generateShop';
import { HEADINGS } from '../../demo/shop/rows';
import type { CrmItem } from '../../lib/domain/item';
import { plusMonths } from '../../lib/domain/time';
import { saveExams } from '../../lib/store/records/exams';
import { saveShop } from '../../lib/store/shops';
// With their ending: without it the loader takes the .node.json beside them.
import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node.js';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node.js';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node.js';
import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node.js';
import { RecallDueTrigger } from '../../nodes/RecallDueTrigger/RecallDueTrigger.node.js';
import { QueueForApproval } from '../../nodes/QueueForApproval/QueueForApproval.node.js';
import { RolloutGate } from '../../nodes/RolloutGate/RolloutGate.node.js';
import { StaffDeskTrigger } from '../../nodes/StaffDeskTrigger/StaffDeskTrigger.node.js';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { elementsOf } from '../lib/web/markup';
import { callWebhook, pollNode, runNode, type NodeRun, type WebhookCall } from '../support/runNode';
import { countStatements, customer, openTestStore, saved, type TestStore } from '../support/store';
import { AT_ONCE } from './atOnce';
import { type BenchFigure, figure } from './figure';
import { NOW, TODAY } from './shopOfSize';

const ITEMS = 500;
const REFUSED = 50;
const ACCOUNT = { name: 'chiara', password: 'a-password-for-the-bench' };
/** A poll hands out fewer unless it is told. */
const ALL_AT_ONCE = { mostPerPoll: ITEMS };
/** Messages on one page of the Desk. */
const SHOWN = 20;

/** The statements that each node sends for 500 items, in n8n's own contexts, each as if alone in its execution; the baseline is the number it may send. Opening the shop is one of them. */
export async function statements(): Promise<BenchFigure[]> {
	const test = await openTestStore(NOW);
	try {
		await saveShop(test.store.db, 'main', { rehearsalDate: TODAY }, NOW);
		return [await ofImport(), await ofRecalls(), ...(await fromBirthdayToMailbox(test))];
	} finally {
		await test.close();
	}
}

/** Five hundred who are due for a vision check, for a trigger that looks for recalls of every kind. */
async function ofRecalls(): Promise<BenchFigure> {
	const test = await openTestStore(NOW);
	const run = { credentials: { opticalCrmStoreApi: test.settings }, parameters: { kinds: ['recall.vision', 'recall.eyewear', 'recall.lenses', 'recall.dormant'], options: ALL_AT_ONCE } };
	await saveShop(test.store.db, 'main', { rehearsalDate: TODAY }, NOW);
	// The very first poll of a shop enters since when each kind is looked for.
	await pollNode(RecallDueTrigger, run);
	const ids = await saved(test.store, Array.from({ length: ITEMS }, () => customer({ birthDate: undefined })));
	await saveExams(test.store, ids.map((customerId) => ({ customerId, takenOn: plusMonths(TODAY, -24) })), NOW);
	const { result, sent } = await counted(async () => await pollNode(RecallDueTrigger, run));
	await test.close();
	expectItems(result);
	return figure('statements-recallDueTrigger', sent, 5, `statements for ${ITEMS} items`, 1);
}

async function fromBirthdayToMailbox({ store, settings }: TestStore): Promise<BenchFigure[]> {
	const credentials = { opticalCrmStoreApi: settings, opticalCrmDeskApi: { accounts: { account: [ACCOUNT] } } };
	const outputOf = async (Node: Parameters<typeof runNode>[0], items: readonly object[], run: NodeRun = {}) => jsonOf((await runNode(Node, { ...run, credentials, items }))[0]);
	const figures: BenchFigure[] = [];
	const count = async <Result>(node: string, allowed: number, work: () => Promise<Result>): Promise<Result> => {
		const { result, sent } = await counted(work);
		figures.push(figure(`statements-${node}`, sent, allowed, `statements for ${ITEMS} items`, 1));
		return result;
	};

	await saved(store, Array.from({ length: ITEMS }, () => customer()));
	await saved(store, Array.from({ length: REFUSED }, () => customer({ consents: [] })));
	const due = await count('birthdayDueTrigger', 5, async () => jsonOf(await pollNode(BirthdayDueTrigger, { credentials, parameters: { options: ALL_AT_ONCE } })));
	const refused = jsonOf(await pollNode(BirthdayDueTrigger, { credentials }));
	// One for the shop, one for the occasions, one for what went wrong, one for step and holds, one for the groups.
	const passed = await count('rolloutGate', 5, async () => await outputOf(RolloutGate, due, { parameters: { holdoutPercent: 0 } }));
	expectItems(passed);
	const [first, others] = [passed.slice(0, REFUSED), passed.slice(REFUSED)];
	const allowed = await count('consentCheck', 6, async () => await outputOf(ConsentCheck, [...others, ...refused]));
	allowed.push(...(await outputOf(ConsentCheck, first)));
	expectItems(allowed);
	const written = await count('personalizeMessage', 2, async () => await outputOf(PersonalizeMessage, allowed));
	expectItems(await count('queueForApproval', 8, async () => await outputOf(QueueForApproval, written)));

	const approve = await deskApproving({ credentials, parameters: { undoSeconds: 1 } });
	figures.push(figure('statements-staffDeskTrigger', (await counted(approve)).sent, 5, `statements for approving ${SHOWN} messages`, 1));

	await store.db.updateTable('messages').set((message) => ({ state: 'approved', approved_hash: message.ref('content_hash'), not_before: null })).where('state', 'in', ['pending', 'approved']).execute();
	const run = { most: ITEMS, parallel: 5, leaseMinutes: 2, sender: { name: 'bench' } };
	const sending = await counted(async () => await sendMessages(store, 'email', AT_ONCE, run, () => NOW));
	expectItems(sending.result.messages);
	if (sending.result.messages.some(({ to }) => to !== 'sent')) throw new Error('Not every message was sent.');
	figures.push(figure('statements-sendMessage', sending.sent / ITEMS, 3, 'statements for each message', 1));
	return figures;
}

/** A member of staff at the Desk, about to press "approve all that is shown". */
async function deskApproving(run: NodeRun): Promise<() => Promise<void>> {
	let headers = {};
	const send = async (call: WebhookCall) => await callWebhook(StaffDeskTrigger, run, { ...call, headers });
	const login = await send({ method: 'POST', form: { action: 'login', user: ACCOUNT.name, password: ACCOUNT.password } });
	headers = { cookie: login.headers['Set-Cookie'].split(';')[0] };
	const page = elementsOf((await send({ query: '?view=approve' })).body);
	const fields = (wanted: string) => page.flatMap(({ attributes: { name, value } }) => (name === wanted ? [value as string] : []));
	return async () => {
		const { items } = await send({ method: 'POST', form: { action: 'approveShown', csrf: fields('csrf')[0], shown: fields('shown') } });
		if (items.length !== SHOWN) throw new Error(`${SHOWN} messages were to be approved, ${items.length} were.`);
	};
}

/** An export with everything that the demo's has: doubles, rows to mend, customers without a code. */
async function ofImport(): Promise<BenchFigure> {
	const test = await openTestStore(NOW);
	const rows = generateShop({ seed: 3, count: ITEMS, today: TODAY }).rows.map((cells) => Object.fromEntries(HEADINGS.map((heading, index) => [heading, cells[index]])));
	const parameters = { resource: 'customer', operation: 'import', source: 'items' };
	const { sent } = await counted(async () => await runNode(OpticalCrm, { parameters, credentials: { opticalCrmStoreApi: test.settings }, items: rows }));
	const { customers } = await test.store.db.selectFrom('customers').select(({ fn }) => fn.countAll<number>().as('customers')).executeTakeFirstOrThrow();
	await test.close();
	if (customers < ITEMS * 0.9) throw new Error(`Of ${ITEMS} rows only ${customers} customers came out.`);
	// Twelve for the customers and their consents, two for the heads of the chains, which are kept so that a cut-off end is found, two for the words by which customers are looked for, one for the sign of life.
	return figure('statements-opticalCrm-import', sent, 17, `statements for ${ITEMS} rows`, 1);
}

async function counted<Result>(work: () => Promise<Result>): Promise<{ result: Result; sent: number }> {
	let result: Result | undefined;
	const sent = await countStatements(async () => (result = await work()));
	return { result: result as Result, sent };
}

function jsonOf(output: Array<{ json: object }>): CrmItem[] {
	return output.map(({ json }) => json as CrmItem);
}

function expectItems(items: readonly unknown[]): void {
	if (items.length !== ITEMS) throw new Error(`${ITEMS} items went in, ${items.length} came out.`);
}

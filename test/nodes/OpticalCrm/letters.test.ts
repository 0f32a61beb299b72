import type { INodeExecutionData } from 'n8n-workflow';
import type { NewCustomer } from '../../../lib/domain/customer';
import { partsOfText } from '../../../lib/channels/letter/letter';
import { composeLetter } from '../../../lib/messages/compose/letter';
import { endMessages } from '../../../lib/store/endMessages';
import { eraseCustomers } from '../../../lib/store/erasing/eraseCustomers';
import { exportCustomer } from '../../../lib/store/customers/exportCustomer';
import { waitingLetters } from '../../../lib/store/letters';
import { messageHistory } from '../../../lib/store/messageHistory';
import { recordConsents } from '../../../lib/store/recordConsents';
import { messageStates } from '../../../lib/store/review';
import { takeApproved } from '../../../lib/store/sending';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { approved, HOME } from '../../support/approved';
import { runNode } from '../../support/runNode';
import { countStatements } from '../../support/store';
import { setClock } from '../support/clock';
import { failure, openShop, type TestShop } from '../support/shop';

// The first test loads n8n, the print and a database of its own.
jest.setTimeout(30_000);

/** Tuesday, eleven in the morning in Italy. */
const NOW = '2026-11-24T10:00:00.000Z';
let shop: TestShop;
let serial = 0;
beforeEach(async () => {
	shop = await openShop();
	setClock(NOW);
});
afterEach(async () => await shop.close());

const at = (changes: object = {}, person: Partial<NewCustomer> = {}): Partial<NewCustomer> => ({ ...person, contactPoints: [{ kind: 'address', value: JSON.stringify({ ...HOME, street: `Via Roma ${++serial}`, ...changes }) }] });
const run = async (operation: string, parameters: object = {}): Promise<INodeExecutionData[]> =>
	(await runNode(OpticalCrm, { credentials: shop.credentials, parameters: { resource: 'letter', operation, ...parameters } }))[0];
const make = async (options: object = {}) => (await run('makeBatch', { who: 'Chiara', options }))[0];
const states = async (ids: number[]) => [...(await messageStates(shop.store, ids)).values()];
const bytesOf = ({ binary }: INodeExecutionData, field: string) => Buffer.from(binary?.[field].data as string, 'base64');

it('brings approved letters from the store into the postbox, and what they cost into the report', async () => {
	const messages = await approved(shop.store, 'letter', [at({}, { title: 'Dott.ssa' }), at()], NOW);
	const ids = messages.map(({ id }) => id);
	expect((await run('getAll')).map(({ json }) => json)).toMatchObject(ids.map((messageId) => ({ messageId, state: 'approved', subject: 'Il controllo' })));

	const made = await make();
	expect(made.json).toMatchObject({ batch: { letters: 2, pages: 2, madeBy: 'Chiara', day: '2026-11-24' }, filePages: 3, held: [], letters: [{ messageId: ids[0], position: 1, pages: 1 }, { messageId: ids[1], position: 2 }] });
	expect(made.binary?.data).toMatchObject({ fileName: 'lettere-2026-11-24-1.pdf', mimeType: 'application/pdf' });
	expect(bytesOf(made, 'data').subarray(0, 5).toString()).toBe('%PDF-');
	expect(bytesOf(made, 'csv').toString()).toContain(`1;${ids[0]};Giulia`);
	expect(await states(ids)).toEqual(['approved', 'approved']);

	const { id: batchId } = made.json.batch as { id: number };
	expect(await failure(run('markPosted', { batchId, who: 'Marco' }))).toMatchObject({ message: expect.stringContaining('was not printed yet') });
	expect((await run('markPrinted', { batchId, who: 'Marco' }))[0].json).toMatchObject({ batch: { printedBy: 'Marco', printedAt: NOW } });
	const [posted] = await run('markPosted', { batchId, who: 'Marco' });
	expect(posted.json).toMatchObject({ sent: ids, stopped: [], batch: { postedBy: 'Marco' } });
	expect((await run('markPosted', { batchId, who: 'Marco' }))[0].json).toMatchObject({ sent: [] });
	const rows = await shop.store.db.selectFrom('messages').select(['state', 'sent_on', 'provider', 'cost_mills', 'staff_seconds']).execute();
	expect(rows).toEqual(ids.map(() => ({ state: 'sent', sent_on: '2026-11-24', provider: 'letter', cost_mills: 1350, staff_seconds: 90 })));
	expect(await messageHistory(shop.store.db, shop.store.shop.id, ids[0])).toMatchObject([
		{ to: 'approved' }, { from: 'approved', to: 'approved', why: 'LETTER_BATCH' }, { from: 'approved', to: 'sending', who: 'Marco' }, { from: 'sending', to: 'sent', who: 'Marco' },
	]);
});

it('puts a letter into one batch, also when two people make one at the same time', async () => {
	const ids = (await approved(shop.store, 'letter', Array.from({ length: 6 }, () => at()), NOW)).map(({ id }) => id);
	const batches = await Promise.all([make(), make(), make()]);
	const printed = batches.flatMap(({ json }) => (json.letters as Array<{ messageId: number }>).map(({ messageId }) => messageId));
	expect(printed.sort((one, other) => one - other)).toEqual(ids);
	expect((await make()).json).toEqual({ letters: [], held: [] });
});

it('never hands a letter of a batch to a provider, and lets no last day end it', async () => {
	const [{ id }] = await approved(shop.store, 'letter', [at()], NOW, { expiresOn: '2026-11-24' });
	await make();
	const query = { channels: ['letter' as const], limit: 10, today: '2026-11-24' };
	expect(await takeApproved(shop.store.db, shop.store, query, NOW)).toEqual([]);
	expect(await endMessages(shop.store, '2026-11-26', NOW)).toBe(0);
	expect(await states([id])).toEqual(['approved']);
	await run('takeOut', { messageId: id, who: 'Chiara' });
	expect(await takeApproved(shop.store.db, shop.store, query, NOW)).toMatchObject([{ id }]);
});

it('holds back what may not arrive, what cannot be printed, and what the rules do not allow', async () => {
	const people = [at({ postalCode: '20121' }), at({}, { lastName: 'Kovačević' }), at(), at({ street: 'Via Roma' }), at()];
	const messages = await approved(shop.store, 'letter', people, NOW, { kind: 'recall.vision', messageClass: 'recall' });
	const [wrongCap, foreign, refusing, noNumber, fine] = messages;
	await recordConsents(shop.store, [{ customerId: refusing.customerId, channel: 'any', purpose: 'any', status: 'objected', legalBasis: 'consent', capturedAt: NOW, source: 'desk' }], NOW);

	expect((await run('checkAddresses')).map(({ json }) => json)).toMatchObject([
		{ messageId: wrongCap.id, ok: false, why: 'CAP_NOT_OF_PROVINCE', address: expect.stringMatching(/^Via Roma \d+, 20121 Firenze FI, IT$/) }, { messageId: foreign.id, why: 'CHARACTERS', field: 'recipient name' }, { messageId: noNumber.id, why: 'NO_NUMBER' },
	]);
	expect(await run('checkAddresses', { onlyDoubtful: false })).toHaveLength(5);

	const made = await make();
	expect(made.json.letters).toMatchObject([{ messageId: fine.id }]);
	expect(made.json.held).toEqual(expect.arrayContaining([
		expect.objectContaining({ messageId: wrongCap.id, why: 'CAP_NOT_OF_PROVINCE' }), expect.objectContaining({ messageId: foreign.id, why: 'CHARACTERS', field: 'recipient name' }),
		expect.objectContaining({ messageId: refusing.id, why: 'OBJECTED' }), expect.objectContaining({ messageId: noNumber.id }),
	]));
	expect(await states([wrongCap.id, refusing.id])).toEqual(['approved', 'blocked']);
	const second = await make({ doubtfulToo: true });
	expect(second.json.letters).toMatchObject([{ messageId: wrongCap.id, doubt: 'CAP_NOT_OF_PROVINCE' }, { messageId: noNumber.id, doubt: 'NO_NUMBER' }]);
});

it('prints a batch again as it was, without what was stopped since, and names that when it is posted', async () => {
	const messages = await approved(shop.store, 'letter', [at(), at(), at()], NOW);
	const made = await make();
	const batchId = (made.json.batch as { id: number }).id;
	const [again] = await run('printAgain', { batchId });
	expect(bytesOf(again, 'data').equals(bytesOf(made, 'data'))).toBe(true);

	await run('takeOut', { messageId: messages[0].id, who: 'Chiara', reject: 'È passata ieri' });
	await shop.store.db.updateTable('messages').set({ state: 'blocked' }).where('id', '=', messages[1].id).execute();
	expect((await run('printAgain', { batchId, window: 'left' }))[0].json.letters).toMatchObject([{ messageId: messages[2].id }]);
	await run('markPrinted', { batchId, who: 'Marco' });
	expect((await run('markPosted', { batchId, who: 'Marco' }))[0].json).toMatchObject({ sent: [messages[2].id], stopped: [{ messageId: messages[1].id, state: 'blocked' }] });
	expect(await states(messages.map(({ id }) => id))).toEqual(['rejected', 'blocked', 'sent']);
	expect(await failure(run('takeOut', { messageId: messages[2].id, who: 'Chiara' }))).toMatchObject({ message: expect.stringContaining('in no batch that is not posted') });
});

it('puts the foot of a composed letter at the bottom of the page', () => {
	const refusalUrl = 'https://crm.example/webhook/ottica/customer?t=abc';
	const { text } = composeLetter({ channel: 'letter', subject: 'Auguri', body: 'Buon compleanno.', language: 'it', formality: 'lei', class: 'relational', shop: shop.store.shop, refusalUrl });
	const { paragraphs, foot } = partsOfText(text);
	expect(paragraphs).toEqual(['Buon compleanno.', 'Chiara']);
	expect(foot).toMatch(/^Ottica Prova[^]*customer\?t=abc$/);
});

it('says what is wrong with a window, and with a batch that is not there', async () => {
	await approved(shop.store, 'letter', [at()], NOW);
	expect(await failure(run('makeBatch', { who: 'Chiara', window: 'other', options: { windowY: 80 } }))).toMatchObject({ message: expect.stringContaining('upper third') });
	for (const operation of ['printAgain', 'markPrinted', 'markPosted']) expect(await failure(run(operation, { batchId: 99, who: 'Chiara' }))).toMatchObject({ message: expect.stringContaining('99') });
	expect(await waitingLetters(shop.store, '2026-11-24', { limit: 10 })).toHaveLength(1);
});

it('takes as many statements for 12 letters as for two', async () => {
	await approved(shop.store, 'letter', [at(), at()], NOW);
	const few = await countStatements(async () => await make());
	await approved(shop.store, 'letter', Array.from({ length: 12 }, () => at()), NOW);
	expect(await countStatements(async () => await make())).toBe(few);
});

it('forgets a letter with its customer, who sees it before', async () => {
	const [{ id, customerId }] = await approved(shop.store, 'letter', [at()], NOW);
	const { json } = await make();
	expect((await exportCustomer(shop.store, customerId, NOW)).sections.letters).toMatchObject([{ messageId: id, day: '2026-11-24', position: 1 }]);
	const { proof } = await eraseCustomers(shop.store, [customerId], { reason: 'request', who: 'Chiara' }, NOW);
	expect(proof.left).toEqual([]);
	expect(await failure(run('printAgain', { batchId: (json.batch as { id: number }).id }))).toMatchObject({ message: expect.stringContaining('no letter to print') });
});

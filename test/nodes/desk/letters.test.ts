import { messageStates } from '../../../lib/store/review';
import { approved, HOME } from '../../support/approved';
import { setClock } from '../support/clock';
import { openShop, type TestShop } from '../support/shop';
import { press, staff, textOf } from './support';

jest.setTimeout(60_000);

const NOW = '2026-11-24T10:00:00.000Z';
let shop: TestShop;
let serial = 0;
beforeEach(async () => {
	shop = await openShop();
	setClock(NOW);
});
afterEach(async () => await shop.close());

const at = (changes: object = {}) => ({ contactPoints: [{ kind: 'address' as const, value: JSON.stringify({ ...HOME, street: `Via Roma ${++serial}`, ...changes }) }] });
const letters = async (people: object[]) => (await approved(shop.store, 'letter', people, NOW)).map(({ id }) => id);
const stateOf = async (id: number) => (await messageStates(shop.store, [id])).get(id);

it('prints what waits, downloads its files, and counts it as sent once it is posted', async () => {
	const [first, second] = await letters([at(), at()]);
	const visitor = await staff(shop);
	const made = await press(visitor, 'makeBatch', {}, '?view=letters');
	expect(made.headers.Location).toBe('?view=batch&id=1&done=batchMade&n=2');
	expect((await visitor.get('?view=batch&id=1')).body).not.toContain('value="batchPosted"');
	const pdf = await visitor.get('?view=batchPdf&id=1');
	expect(pdf.headers).toMatchObject({ 'Content-Type': 'application/pdf', 'Content-Disposition': expect.stringContaining('lettere-2026-11-24-1.pdf') });
	expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
	expect(String((await visitor.get('?view=batchCsv&id=1')).body)).toContain(`1;${first};`);
	await visitor.get('?view=batch&id=1');
	await press(visitor, 'batchPrinted', { batch: '1' }, '?view=batch&id=1');
	expect((await visitor.get('?view=batch&id=1')).body).toContain('value="batchPosted"');
	expect([await stateOf(first), await stateOf(second)]).toEqual(['approved', 'approved']);
	expect((await press(visitor, 'batchPosted', { batch: '1' }, '?view=batch&id=1')).headers.Location).toContain('done=batchPosted&n=2');
	expect([await stateOf(first), await stateOf(second)]).toEqual(['sent', 'sent']);
	expect((await press(visitor, 'batchPosted', { batch: '1' }, '?view=batch&id=1')).headers.Location).toContain('done=nothing&left=1');
});

it('names what is doubtful, leaves it out, and prints it where somebody says so', async () => {
	const [id] = await letters([at({ postalCode: '20121' })]);
	const visitor = await staff(shop);
	expect(textOf(await visitor.get('?view=letters'))).toContain('Indirizzo dubbio: il CAP non è di quella provincia');
	expect((await press(visitor, 'makeBatch')).headers.Location).toContain('done=batchNone');
	expect((await press(visitor, 'makeBatch', { doubtful: 'yes' })).headers.Location).toContain('view=batch&id=1');
	expect(textOf(await visitor.get('?view=batch&id=1'))).toContain('Indirizzo dubbio');
	expect(await stateOf(id)).toBe('approved');
});

it('takes a letter out of its batch, and rejects one with a reason, in a batch or before', async () => {
	const [first, second, third] = await letters([at(), at(), at()]);
	const visitor = await staff(shop);
	await press(visitor, 'rejectLetter', { letter: String(third), reason: 'timing', note: 'dopo Natale' });
	await press(visitor, 'makeBatch');
	await press(visitor, 'takeOutLetter', { letter: String(first) });
	await press(visitor, 'rejectLetter', { letter: String(second), inBatch: 'yes', reason: 'inPerson' });
	expect([await stateOf(first), await stateOf(second), await stateOf(third)]).toEqual(['approved', 'rejected', 'rejected']);
	expect(textOf(await visitor.get('?view=letters'))).toContain('1 lettera approvata aspetta');
	expect(await shop.store.db.selectFrom('message_history').select('why').where('message_id', 'in', [second, third]).where('to_state', '=', 'rejected').execute()).toEqual(expect.arrayContaining([{ why: 'inPerson' }, { why: 'timing: dopo Natale' }]));
	// What is printed is not rejected as one that waits.
	await press(visitor, 'makeBatch');
	expect((await press(visitor, 'rejectLetter', { letter: String(first), reason: 'other' })).headers.Location).toContain('done=nothing');
	expect(await stateOf(first)).toBe('approved');
});

it('knows no batch that is not there, and posts none that nobody has printed', async () => {
	const visitor = await staff(shop);
	for (const view of ['batch', 'batchPdf', 'batchCsv']) expect((await visitor.get(`?view=${view}&id=9`)).status).toBe(404);
	await letters([at()]);
	await visitor.get();
	await press(visitor, 'makeBatch');
	expect((await press(visitor, 'batchPosted', { batch: '1' })).status).toBe(404);
});

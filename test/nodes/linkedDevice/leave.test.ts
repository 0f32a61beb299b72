import { SendMessage } from '../../../nodes/SendMessage/SendMessage.node';
import { approved } from '../../support/approved';
import { runNode } from '../../support/runNode';
import { openTestStore, type TestStore } from '../../support/store';
import { clock, stateOf } from './support';

let test: TestStore;
beforeEach(async () => (test = await openTestStore(clock())));
afterEach(async () => await test.close());

const run = async (parameters: Record<string, string | string[]>, items: object[] = [{}]) => await runNode(SendMessage, { parameters: { channels: ['whatsappLinked'], ...parameters }, items, credentials: { opticalCrmStoreApi: test.settings } });
const written = async () => (await approved(test.store, 'whatsappLinked', [{ contactPoints: [{ kind: 'phone', value: '+393331234567', line: 'mobile' }] }], clock()))[0];
const left = async () => (await test.store.db.selectFrom('messages').select(['id']).whereRef('left_hash', '=', 'approved_hash').execute()).length;

it('leaves the messages of its items for the phone, asks for no account, and says so', async () => {
	const { id, customerId } = await written();
	const [sent, notSent] = await run({ operation: 'sendItems' }, [{ customer: { id: customerId }, message: { id } }]);
	expect(sent).toEqual([]);
	expect(notSent).toMatchObject([{ json: { message: { id, state: 'approved', reason: 'LEFT_FOR_PHONE' } } }]);
	expect(await left()).toBe(1);
	expect(await stateOf(test.store, id)).toBe('approved');
});

it('leaves whatever is approved, and nothing where the channel is not chosen', async () => {
	await written();
	await run({ operation: 'sendApproved', channels: [] });
	expect(await left()).toBe(0);
	await run({ operation: 'sendApproved' });
	expect(await left()).toBe(1);
});

import type { INodeExecutionData } from 'n8n-workflow';
import { BirthdayDueTrigger } from '../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { OpticalCrm } from '../../nodes/OpticalCrm/OpticalCrm.node';
import { PersonalizeMessage } from '../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { QueueForApproval } from '../../nodes/QueueForApproval/QueueForApproval.node';
import { RolloutGate } from '../../nodes/RolloutGate/RolloutGate.node';
import { toItems } from '../../nodes/StaffDeskTrigger/items';
import type { DecidedMessage } from '../../lib/store/approval';
import { pollNode, runNode } from '../support/runNode';
import { customer, saved } from '../support/store';
import { NOW, openShop, type TestShop } from './support/shop';

/** What n8n keeps of one execution, and sends between its processes: a few megabytes at the most. */
const MOST_BYTES = 5_000_000;
let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const bytesOf = (items: readonly INodeExecutionData[]) => Buffer.byteLength(JSON.stringify(items));
const run = async (parameters: object, input?: INodeExecutionData[]) => await runNode(OpticalCrm, { credentials: shop.credentials, parameters: parameters as Record<string, string>, input });

it('an execution holds a few megabytes with as many customers as a trigger gives at once, and each gets an e-mail', async () => {
	await saved(shop.store, Array.from({ length: 400 }, () => customer()));
	const { credentials } = shop;
	let items = await pollNode(BirthdayDueTrigger, { credentials });
	expect(items.length).toBeLessThan(400);
	let bytes = bytesOf(items);
	for (const Node of [RolloutGate, ConsentCheck, PersonalizeMessage, QueueForApproval]) {
		const outputs = await runNode(Node, { credentials, input: items });
		bytes += bytesOf(outputs.flat());
		[items] = outputs;
	}
	expect(items.length).toBeGreaterThan(200);
	expect(bytes).toBeLessThan(MOST_BYTES);
}, 60_000);

it('whoever approves all that waits starts an execution of a few megabytes, whatever their number', () => {
	const messages = Array.from({ length: 30_000 }, (_, id): DecidedMessage => ({
		id, customerId: id, kind: 'campaign.seconda-coppia', dueOn: '2026-11-22', stage: 1, class: 'promotional', channel: 'email', templateId: 'campaign.second-pair', templateVersion: 1_000_001, state: 'approved',
	}));
	const items = toItems({ messages, staff: 'Maria Chiara', at: NOW, why: undefined }, ['approved']);
	expect(items).toHaveLength(10_000);
	expect(bytesOf(items)).toBeLessThan(MOST_BYTES);
});

it('an import of a file full of faults names the first of them, and counts the others', async () => {
	const rows = Array.from({ length: 12_000 }, (_, row) => ({ json: { codice: `C${row}`, nome: '', cognome: '' } }));
	const [[summary], toMend] = await run({ resource: 'customer', operation: 'import', source: 'items' }, rows);
	expect(summary.json).toMatchObject({ rejected: 12_000, notListed: 2_000 });
	expect(toMend).toHaveLength(10_000);
	expect(bytesOf(toMend)).toBeLessThan(MOST_BYTES);
}, 60_000);

it('a list of numbers for the register is given in parts', async () => {
	await saved(shop.store, Array.from({ length: 5 }, (_, index) => customer({ contactPoints: [{ kind: 'phone', value: `+3933311122${index}`, line: 'mobile' }] })));
	const [numbers] = await run({ resource: 'consent', operation: 'exportRpoNumbers', days: 15, most: 2 });
	expect(numbers.map(({ json }) => json.number)).toEqual(['+39333111220', '+39333111221']);
});

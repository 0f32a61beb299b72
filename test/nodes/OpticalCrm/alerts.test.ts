import { listAlerts, markAlertSeen } from '../../../lib/store/alerts';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { runNode } from '../../support/runNode';
import { failure, NOW, openShop, type TestShop } from '../support/shop';
import { countStatements } from '../../support/store';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

/** As n8n's Error Trigger hands it out, with an error that names somebody. */
const failed = (id: string | undefined, node = 'Personalize Message', workflow = '22 Contact lenses') => ({
	execution: { id, url: `https://n8n.example/execution/${id}`, mode: 'trigger', lastNodeExecuted: node, error: { message: 'Giulia Bianchi has no address', stack: 'Giulia Bianchi' } },
	workflow: { id: '7', name: workflow },
});
const run = async (operation: string, items: object[], parameters: object = {}) => {
	const [output] = await runNode(OpticalCrm, { credentials: shop.credentials, items, parameters: { resource: 'alert', operation, ...parameters } });
	return output.map(({ json }) => json);
};

it('tells which workflow failed and where, and keeps nothing of the error', async () => {
	const output = await run('raise', [failed('231')]);
	expect(output).toEqual([{ kind: 'workflow', subject: '22 Contact lenses > Personalize Message', code: 'EXECUTION_231', since: NOW }]);
	expect(await listAlerts(shop.store, NOW)).toEqual([{ id: expect.any(Number), ...output[0] }]);
	expect(JSON.stringify([output, await listAlerts(shop.store, NOW)])).not.toContain('Giulia');
});

it('tells it once until somebody has seen it, and then anew', async () => {
	await run('raise', [failed('231'), failed('232')]);
	const [alert, ...others] = await listAlerts(shop.store, NOW);
	expect([alert.code, others]).toEqual(['EXECUTION_231', []]);
	await markAlertSeen(shop.store, alert.id, 'chiara', NOW);
	await run('raise', [failed('240')]);
	expect((await listAlerts(shop.store, NOW)).map(({ code, until }) => [code, until])).toEqual([['EXECUTION_240', undefined], ['EXECUTION_231', NOW]]);
});

it('knows a workflow that did not even start, and cuts what is no name', async () => {
	await run('raise', [{ trigger: { error: { message: 'x' } }, workflow: { name: `8\n3${'x'.repeat(200)}` } }]);
	expect(await listAlerts(shop.store, NOW)).toMatchObject([{ code: 'NOT_STARTED', subject: `8 3${'x'.repeat(97)}` }]);
});

it('refuses what names no workflow, or an execution that is none', async () => {
	expect(await failure(run('raise', [{}]))).toMatchObject({ message: expect.stringContaining('The name of the workflow') });
	expect(await failure(run('raise', [failed('Giulia Bianchi')]))).toMatchObject({ message: expect.stringContaining('execution ID') });
	expect(await listAlerts(shop.store, NOW)).toEqual([]);
});

it('tells how much is due to be forgotten, naming nobody', async () => {
	expect(await run('raise', [{ count: 2, purchaseDetails: 5, customers: [{ id: 1 }] }], { about: 'retention' })).toEqual([{ kind: 'retention', subject: '7', code: 'RETENTION_DUE', since: NOW }]);
	expect(await failure(run('raise', [{}], { about: 'retention' }))).toMatchObject({ message: expect.stringContaining('How Many is no number') });
});

it('takes one statement for any number, and gives them back', async () => {
	const raise = async (count: number) => await countStatements(async () => void (await run('raise', Array.from({ length: count }, (_, serial) => failed(String(serial), `Node ${serial}`, `${count}`)))));
	expect(await raise(40)).toBe(await raise(1));
	expect(await run('getAll', [{}], { returnAll: true })).toHaveLength(41);
	expect(await run('getAll', [{}], { returnAll: false, limit: 3 })).toHaveLength(3);
});

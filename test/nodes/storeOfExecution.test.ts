import { closeDatabase } from '../../lib/store/open';
import { saveShop } from '../../lib/store/shops';
import { ConsentCheck } from '../../nodes/ConsentCheck/ConsentCheck.node';
import { RolloutGate } from '../../nodes/RolloutGate/RolloutGate.node';
import { runNode } from '../support/runNode';
import { countStatements } from '../support/store';
import { items, NOW, openShop, type TestShop } from './support/shop';

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => {
	jest.restoreAllMocks();
	await shop.close();
});

/** Gate and check, one after the other: what the check sends, and what it says. */
const checked = async (gateIn: string, checkIn: string, between: () => unknown = () => undefined) => {
	const run = { credentials: shop.credentials, items: await shop.due() };
	const [open] = await runNode(RolloutGate, { ...run, execution: gateIn, parameters: { holdoutPercent: 0 } });
	await between();
	let answers: Awaited<ReturnType<typeof runNode>> = [];
	const statements = await countStatements(async () => (answers = await runNode(ConsentCheck, { ...run, items: items(open), execution: checkIn })));
	return { statements, allowed: items(answers[0]).length, blocked: items(answers[1]).map(({ decision }) => decision?.reason) };
};
const newcomers = async () => await shop.customers(2);

it('nodes of one execution read the shop, and which occasions theirs are, once', async () => {
	await newcomers();
	const alone = await checked('a', 'b');
	await newcomers();
	const together = await checked('c', 'c');
	expect([alone.allowed, together.allowed]).toEqual([2, 2]);
	expect(together.statements).toBe(alone.statements - 2);
});

it('what has changed meanwhile holds for the next execution, and for this one where more than a moment has passed', async () => {
	const change = async () => await saveShop(shop.store.db, 'main', { privacyNotices: [] }, NOW);
	await newcomers();
	expect((await checked('d', 'e', change)).allowed).toBe(0);
	await saveShop(shop.store.db, 'main', { privacyNotices: shop.store.shop.privacyNotices }, NOW);
	await newcomers();
	const later = async () => {
		await change();
		const instant = performance.now();
		jest.spyOn(performance, 'now').mockReturnValue(instant + 1001);
	};
	expect((await checked('f', 'f', later)).allowed).toBe(0);
});

it('a store that was opened anew meanwhile is the one that the execution goes on with', async () => {
	await newcomers();
	expect((await checked('g', 'g', async () => await closeDatabase(shop.credentials.opticalCrmStoreApi))).allowed).toBe(2);
});

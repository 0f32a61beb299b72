import { bundledWorkflows, TODAY } from '../e2e/support/bundledWorkflows';
import { openChainShop, type ChainShop } from './support/chainShop';

jest.setTimeout(240_000);

let demo: ChainShop;

bundledWorkflows(
	async () => (demo = await openChainShop(TODAY, { workers: 2 })),
	(executions) => {
		it('all of it ran on the workers, and each of them had its share', async () => {
			const ranOn = await demo.chain.ranOn();
			const ids = await executions();
			// One less than 50: what is for stores in a file is not run here.
			expect(ids.length).toBeGreaterThanOrEqual(49);
			expect(ids.filter((id) => !ranOn.get(id)?.startsWith('worker'))).toEqual([]);
			expect(new Set(ranOn.values())).toEqual(new Set(['worker 1', 'worker 2']));
		});

		it('main only polled: it ran nothing', async () => {
			expect(await demo.chain.part('main').log()).toMatch(/Enqueued execution/);
			expect(await demo.chain.part('main').log()).not.toMatch(/Worker started execution/);
		});
	},
);

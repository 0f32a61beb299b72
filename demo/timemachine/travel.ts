import type { PostgresPlace } from '../../lib/store/postgres';
import { checkHistory } from './check/check';
import { readHistory, type History } from './check/history';
import { run, type RunOptions } from './run';
import { openShopStore } from './shopStore';
import { summarize, type Summary } from './summary';

/** A whole run: the shop is made, its years are lived and checked, and nothing but the answer stays. */
export async function travel(options: RunOptions, { server, tell }: { server?: PostgresPlace; tell?: (day: string) => void } = {}): Promise<{ summary: Summary; history: History }> {
	const begun = process.cpuUsage();
	const { store, remove } = await openShopStore(options.from, server);
	try {
		const history = await readHistory(store, await run(store, options, tell));
		const results = await checkHistory(store, history);
		const { user, system } = process.cpuUsage(begun);
		return { summary: summarize(history, results, (user + system) / 1_000_000), history };
	} finally {
		await remove();
	}
}

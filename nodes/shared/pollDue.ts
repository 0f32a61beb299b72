import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { CrmItem } from '../../lib/domain/item';
import type { Shop } from '../../lib/domain/shop';
import type { DueKind } from '../../lib/occasions/dueKind';
import type { Store } from '../../lib/store/open';
import { noteSigns } from '../../lib/store/signsOfLife';
import { now } from './clock';
import { dueItem, findDue, type DueOptions } from './due';
import { nodeError } from './errors';
import { log, stopwatch } from './log';
import { pollMinutes } from './pollMinutes';
import { sampleItem, sampleSince } from './sample';
import { storeOf } from './store';

/**
 * One poll of a Due trigger: the items of what is due, or null. "Fetch Test Event" (manual mode) claims nobody, and shows a made-up example of
 * each kind while nobody is due.
 * @param kindsOf the kinds with the settings of the panel; what contradicts itself is thrown
 */
export async function pollDue(context: IPollFunctions, kindsOf: (shop: Shop) => DueKind[], options: DueOptions): Promise<INodeExecutionData[][] | null> {
	const store = await storeOf(context);
	try {
		const kinds = kindsOf(store.shop);
		const claim = context.getMode() !== 'manual';
		const took = stopwatch();
		const { found, today, started } = await findDue(store, kinds, options, { claim }, now());
		for (const { kind, startsOn, leftOut } of started) log(context, 'course begins', store.shop, { kind, startsOn, leftOut });
		if (claim) await notePoll(context, store, kinds.map(({ kind }) => kind), found, took());
		const items = found.flatMap((occasion) => {
			const kind = kinds.find((one) => one.kind === occasion.kind);
			return kind ? [dueItem(occasion, kind, today)] : [];
		});
		return shown(claim || items.length > 0 ? items : kinds.map((kind) => sampleItem(kind, store.shop, today, { since: sampleSince(kind, today), by: 'message' })));
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

/** A poll has looked for these kinds: a line in the log, and a sign of life for the page Health. */
export async function notePoll(context: IPollFunctions, store: Store, kinds: readonly string[], found: ReadonlyArray<{ kind: string }>, ms: number): Promise<void> {
	const everyMinutes = pollMinutes(context);
	const each = [...new Set(kinds)].map((kind) => ({ kind, count: found.filter((one) => one.kind === kind).length }));
	await noteSigns(store, each.map(({ kind, count }) => ({ what: 'poll', name: kind, things: count, everyMinutes })), now());
	log(context, 'poll', store.shop, { kinds: each.map(({ kind }) => kind), found: found.length, ms });
}

/** Items as a poll gives them; null where there are none. */
export function shown(items: readonly CrmItem[]): INodeExecutionData[][] | null {
	return items.length === 0 ? null : [items.map((item) => ({ json: item as unknown as IDataObject }))];
}

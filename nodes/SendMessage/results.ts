import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { MessageState } from '../../lib/domain/glossary';
import { messageStates } from '../../lib/store/review';
import type { Store } from '../../lib/store/open';
import { outputItem, type Batch } from '../shared/items';
import type { SentMessage } from '../shared/sendMessages';

/** Why a message that an item names was not even tried, by the state it is in. */
const NOT_TRIED: Partial<Record<MessageState, string>> = {
	pending: 'APPROVAL_MISSING',
	approved: 'RETRY_LATER',
	sending: 'DUPLICATE',
	sent: 'DUPLICATE',
	delivered: 'DUPLICATE',
	read: 'DUPLICATE',
	uncertain: 'OUTCOME_UNKNOWN',
};

/** The items with their messages' new states, on Sent or Not Sent. */
export async function itemResults(store: Store, { work, failed }: Batch, results: readonly SentMessage[]): Promise<INodeExecutionData[][]> {
	const done = new Map(results.map((result) => [result.id, result]));
	const ids = work.map(({ item }) => item.message?.id as number);
	const states = await messageStates(store, ids);
	const sent: INodeExecutionData[] = [];
	const notSent: INodeExecutionData[] = [...failed];
	work.forEach((entry, position) => {
		const id = ids[position];
		const result = done.get(id);
		// A second item of the same message has not sent it.
		done.delete(id);
		const state = states.get(id);
		const reason = result ? result.why : state ? (NOT_TRIED[state] ?? state.toUpperCase()) : 'UNKNOWN_MESSAGE';
		const output = outputItem(entry, {
			message: { ...entry.item.message, state, reason },
			...(result?.decision && { decision: result.decision }),
		});
		(result?.to === 'sent' ? sent : notSent).push(output);
	});
	return [sent, notSent];
}

/** What a run over all approved messages did, and which older ones it found uncertain. */
export function sweepResults(results: readonly SentMessage[], overdue: readonly number[]): INodeExecutionData[][] {
	const toItem = (message: IDataObject, customerId?: number): INodeExecutionData => ({
		json: { ...(customerId !== undefined && { customer: { id: customerId } }), message },
		pairedItem: { item: 0 },
	});
	const item = ({ id, to, why, customerId }: SentMessage) => toItem({ id, state: to, reason: why }, customerId);
	return [
		results.filter(({ to }) => to === 'sent').map(item),
		[
			...results.filter(({ to }) => to !== 'sent').map(item),
			...overdue.map((id) => toItem({ id, state: 'uncertain', reason: 'OUTCOME_UNKNOWN' })),
		],
	];
}

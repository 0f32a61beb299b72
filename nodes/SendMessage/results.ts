import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { MessageState } from '../../lib/domain/glossary';
import { waitingMessages, type WaitingMessage } from '../../lib/store/sending';
import type { Store } from '../../lib/store/open';
import { now } from '../shared/clock';
import { outputItem, type Batch } from '../shared/items';
import type { SentMessage } from '../shared/sendMessages';
import type { ChannelRun } from './sendOnAll';

/** Why a message that an item names was not even tried, by the state it is in. */
const NOT_TRIED: Partial<Record<MessageState, string>> = {
	pending: 'APPROVAL_MISSING',
	sending: 'DUPLICATE',
	sent: 'DUPLICATE',
	delivered: 'DUPLICATE',
	read: 'DUPLICATE',
	uncertain: 'OUTCOME_UNKNOWN',
};

/** The items with their messages' new states, on Sent or Not Sent. */
export async function itemResults(store: Store, { work, failed }: Batch, runs: readonly ChannelRun[]): Promise<INodeExecutionData[][]> {
	const done = new Map(runs.flatMap(({ messages }) => messages).map((result) => [result.id, result]));
	const ids = work.map(({ item }) => item.message?.id as number);
	const present = await waitingMessages(store, ids);
	const sent: INodeExecutionData[] = [];
	const notSent: INodeExecutionData[] = [...failed];
	work.forEach((entry, position) => {
		const id = ids[position];
		const result = done.get(id);
		// A second item of the same message has not sent it.
		done.delete(id);
		const message = present.get(id);
		const reason = result ? result.why : message ? whyNotTried(message, runs) : 'UNKNOWN_MESSAGE';
		const output = outputItem(entry, {
			message: { ...entry.item.message, state: message?.state, reason },
			...(result?.decision && { decision: result.decision }),
		});
		(result?.to === 'sent' ? sent : notSent).push(output);
	});
	return [sent, notSent];
}

/** An approved message waits for its own hour, for a sender that works or has room, or for somebody else to take it. */
function whyNotTried({ state, channel, notBefore }: WaitingMessage, runs: readonly ChannelRun[]): string {
	if (state !== 'approved') return NOT_TRIED[state] ?? state.toUpperCase();
	const run = runs.find((one) => one.channel === channel);
	if (!run) return 'CHANNEL_OFF';
	return (notBefore !== undefined && notBefore > now() ? undefined : run.stopped) ?? 'RETRY_LATER';
}

/** What a run over all approved messages did, and which older ones it found uncertain. */
export function sweepResults(runs: readonly ChannelRun[], overdue: readonly number[]): INodeExecutionData[][] {
	const results = runs.flatMap(({ messages }) => messages);
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

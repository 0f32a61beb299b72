import { setTimeout } from 'node:timers/promises';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Store } from '../../lib/store/open';
import { messageStates } from '../../lib/store/review';
import type { Decision } from './context';

export type DeskEvent = 'approved' | 'rejected';

/** Items of one execution: three megabytes. What is approved beyond them leaves with the next run of Send Message over whatever is approved. */
const MOST_ITEMS = 10_000;

/** One item for each message that was decided, of the events that the workflow wants to hear of. An approved call is for a person: no node could send it. */
export function toItems(decision: Decision | undefined, events: readonly DeskEvent[]): INodeExecutionData[] {
	if (!decision) return [];
	const { messages, staff, at, why } = decision;
	return messages
		.filter(({ state, channel }) => (events as readonly string[]).includes(state) && !(state === 'approved' && channel === 'call'))
		.slice(0, MOST_ITEMS)
		.map(({ id, customerId, kind, dueOn, stage, class: messageClass, channel, templateId, templateVersion, state }) => ({
			json: {
				customer: { id: customerId },
				occasion: { kind, dueOn, stage, class: messageClass },
				message: { id, state, channel, class: messageClass, templateId, templateVersion },
				desk: { decided: state, by: staff, at, reason: why },
			} as IDataObject,
		}));
}

/**
 * The items whose decision still stands once it can no longer be taken back. Should the process end before, nothing is lost: what is approved is in the store, and
 * leaves with the next run of Send Message over whatever is approved.
 */
export async function stillDecided(store: Store, items: readonly INodeExecutionData[], seconds: number): Promise<INodeExecutionData[]> {
	await setTimeout(seconds * 1000, undefined, { ref: false });
	const messageOf = ({ json }: INodeExecutionData) => json.message as { id: number; state: string };
	const states = await messageStates(store, items.map((item) => messageOf(item).id));
	return items.filter((item) => states.get(messageOf(item).id) === messageOf(item).state);
}

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Decision } from './context';

export type DeskEvent = 'approved' | 'rejected';

/** One item for each message that was decided, of the events that the workflow wants to hear of. An approved call is for a person: no node could send it. */
export function toItems(decision: Decision | undefined, events: readonly DeskEvent[]): INodeExecutionData[] {
	if (!decision) return [];
	const { messages, staff, at, why } = decision;
	return messages
		.filter(({ state, channel }) => (events as readonly string[]).includes(state) && !(state === 'approved' && channel === 'call'))
		.map(({ id, customerId, kind, dueOn, stage, class: messageClass, channel, templateId, templateVersion, state }) => ({
			json: {
				customer: { id: customerId },
				occasion: { kind, dueOn, stage, class: messageClass },
				message: { id, state, channel, class: messageClass, templateId, templateVersion },
				desk: { decided: state, by: staff, at, reason: why },
			} as IDataObject,
		}));
}

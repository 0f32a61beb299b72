import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { WorkItem } from '../shared/items';
import type { CheckedParts } from '../shared/checkConsent';

/** A decision as rows to look at: one for each channel that was tried. */
export function tableRows({ index, item: { customer } }: WorkItem, { occasion, decision }: CheckedParts): INodeExecutionData[] {
	return decision.tried.map(({ channel, outcome, reason, rule, legalBasis, retryAt, facts }) => ({
		json: {
			customer: customer.id,
			kind: occasion.kind,
			dueOn: occasion.dueOn,
			channel,
			chosen: decision.outcome === 'allow' && decision.channel === channel,
			outcome,
			reason,
			rule,
			legalBasis: legalBasis ?? null,
			retryAt: retryAt ?? null,
			...facts,
		} as IDataObject,
		pairedItem: { item: index },
	}));
}

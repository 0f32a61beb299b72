import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem } from '../../lib/domain/item';
import { errorItem, nodeError } from './errors';

/** Parts of an item that a node cannot work without. */
export type Part = 'customer' | 'occasion' | 'decision' | 'text' | 'message';

/** Where each part stands in an item, and the fields that it must have, whoever made the item. */
const NEEDED: Record<Part, { at: keyof CrmItem; fields: string[] }> = {
	customer: { at: 'customer', fields: ['id'] },
	occasion: { at: 'occasion', fields: ['kind', 'dueOn', 'stage', 'class'] },
	decision: { at: 'decision', fields: ['class', 'purpose', 'channel', 'contactPointId'] },
	text: { at: 'message', fields: ['channel', 'templateId', 'body', 'text'] },
	message: { at: 'message', fields: ['id'] },
};

/** An item that can be worked on, with its place in the input. */
export interface WorkItem {
	index: number;
	item: CrmItem;
	binary?: IBinaryKeyData;
}

/** Input items sorted into those that can be worked on and those that went wrong. */
export interface Batch {
	work: WorkItem[];
	/** Error items, when the node is set to go on after errors. */
	failed: INodeExecutionData[];
	/** Takes an item out of the work because of an error: stops the node, or hands the item out as failed. */
	fail(index: number, error: unknown): void;
}

/**
 * Reads the input as items of the contract.
 * @param parts what the node needs of each item
 * @param complete adds parts that the panel gives to items that lack them
 * @throws NodeOperationError for the first item that lacks a part, unless the node goes on after errors
 */
export function readBatch(context: IExecuteFunctions, parts: Part[], complete: (json: IDataObject, index: number) => IDataObject = (json) => json): Batch {
	const input = context.getInputData();
	const failed: INodeExecutionData[] = [];
	const fail = (index: number, error: unknown) => {
		if (!context.continueOnFail()) throw nodeError(context.getNode(), error, index);
		failed.push(errorItem(context.getNode(), input[index], error, index));
	};
	const work: WorkItem[] = [];
	input.forEach(({ json, binary }, index) => {
		try {
			const item = complete(json, index);
			checkParts(item, parts);
			work.push({ index, item: item as unknown as CrmItem, binary });
		} catch (error) {
			fail(index, error);
		}
	});
	return { work, failed, fail };
}

/** An output item: the input's fields and files, what this node adds, and the link to its source. */
export function outputItem({ index, item, binary }: WorkItem, added: object): INodeExecutionData {
	return { json: { ...item, ...added } as unknown as IDataObject, ...(binary && { binary }), pairedItem: { item: index } };
}

function checkParts(json: IDataObject, parts: Part[]): void {
	for (const part of parts) {
		const { at, fields } = NEEDED[part];
		for (const field of fields) {
			const found = (json[at] as IDataObject | undefined)?.[field];
			if (found === undefined || found === null || found === '') {
				throw new CrmError(`${at}.${field} is missing`, HOW_TO_MEND[part]);
			}
			// A sheet or a CSV file makes texts of numbers.
			if (field === 'id' && !Number.isSafeInteger(found)) {
				throw new CrmError(`${at}.id is no whole number`, `Turn it into one, for example with {{ $json.${at}.id.toNumber() }} in Edit Fields.`);
			}
		}
	}
}

const HOW_TO_MEND: Record<Part, string> = {
	customer: 'Begin the workflow with one of the Due triggers, or set customer.id to the id that Optical CRM > Customer > Get gives.',
	occasion: 'Begin the workflow with one of the Due triggers, or set occasion.kind, occasion.dueOn (YYYY-MM-DD), occasion.stage and occasion.class.',
	decision: 'Put a Consent Check before this node and connect its output Allowed.',
	text: 'Put a Personalize Message before this node.',
	message: 'Put a Queue for Approval before this node, or begin with the Staff Desk Trigger.',
};

import { NodeOperationError, type INode, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';

/** Any error as n8n shows it: at which item (counted from 0, as n8n does), what happened, and below it how to go on. */
export function nodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	if (!(error instanceof CrmError)) return new NodeOperationError(node, error as Error, { itemIndex });
	const place = itemIndex === undefined ? '' : `Item ${itemIndex}: `;
	return new NodeOperationError(node, place + error.message, { description: error.howToGoOn, itemIndex });
}

/** An item that failed, for workflows that go on: its data, the error, and the link to its source. n8n's error output takes it by `error`. */
export function errorItem(node: INode, { json, binary }: INodeExecutionData, error: unknown, itemIndex: number): INodeExecutionData {
	const shown = nodeError(node, error, itemIndex);
	return {
		json: { ...json, error: { message: shown.message, description: shown.description } as IDataObject },
		...(binary && { binary }),
		error: shown,
		pairedItem: { item: itemIndex },
	};
}

import { NodeOperationError, type INode, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';

/** Any error as n8n shows it: what happened, and below it how to go on. */
export function nodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof CrmError) return new NodeOperationError(node, error.message, { description: error.howToGoOn, itemIndex });
	if (error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, error as Error, { itemIndex });
}

/** An item that failed, for workflows that go on: its data, the error, and the link to its source. n8n's error output takes it by `error`. */
export function errorItem(node: INode, item: INodeExecutionData, error: unknown, itemIndex: number): INodeExecutionData {
	const shown = nodeError(node, error, itemIndex);
	return {
		json: { ...item.json, error: { message: shown.message, description: shown.description } as IDataObject },
		error: shown,
		pairedItem: { item: itemIndex },
	};
}

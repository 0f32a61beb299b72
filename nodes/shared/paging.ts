import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeError } from './errors';
import { isTool, MOST_FOR_MODEL } from './tool';

/** The page of the results that comes next. */
export interface Page<Row> {
	/** The most that may be given. */
	limit: number;
	/** The last result so far, if there is any. */
	last?: Row;
	/** How many results there are so far. */
	count: number;
}

/** Results read from the store at once, unless said otherwise. */
const PAGE = 1000;

/**
 * The output of a Get Many: for each input item as many results as its Return All and Limit ask for. A page that is not full is the last.
 * @param readerOf what an item asks for, as a function that reads one page of it
 */
export async function readPages<Row extends object>(
	context: IExecuteFunctions,
	readerOf: (index: number) => (page: Page<Row>) => Promise<Row[]>,
	pageSize = PAGE,
): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		try {
			const read = readerOf(index);
			let room = context.getNodeParameter('returnAll', index) ? Infinity : (context.getNodeParameter('limit', index) as number);
			if (isTool(context)) room = Math.min(room, MOST_FOR_MODEL);
			for (let last: Row | undefined, count = 0; room > 0; ) {
				const limit = Math.min(room, pageSize);
				const rows = await read({ limit, last, count });
				for (const row of rows) items.push({ json: { ...row } as unknown as IDataObject, pairedItem: { item: index } });
				if (rows.length < limit) break;
				last = rows[rows.length - 1];
				count += rows.length;
				room -= rows.length;
			}
		} catch (error) {
			throw nodeError(context.getNode(), error, index);
		}
	}
	return [items];
}

import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { RETURN_ALL_OR_LIMIT } from '../../nodes/shared/fields';
import { readPages } from '../../nodes/shared/paging';
import { runNode } from '../support/runNode';

/** Asked for, page by page. */
let pages: Array<{ limit: number; last?: number; count: number }>;
beforeEach(() => void (pages = []));

/** A Get Many of the numbers from 1 to what the item says. */
class Numbers implements INodeType {
	description = {
		displayName: 'Numbers', name: 'numbers', group: ['input'], version: 1, description: '', defaults: { name: 'Numbers' },
		inputs: [NodeConnectionTypes.Main], outputs: [NodeConnectionTypes.Main], properties: RETURN_ALL_OR_LIMIT,
	} satisfies INodeTypeDescription as INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await readPages<{ id: number }>(this, (index) => async ({ limit, last, count }) => {
			pages.push({ limit, last: last?.id, count });
			const total = this.getInputData()[index].json.total as number;
			return Array.from({ length: Math.min(limit, total - count) }, (_, position) => ({ id: (last?.id ?? 0) + position + 1 }));
		}, 10);
	}
}

const ids = async (total: number, parameters: { returnAll?: boolean; limit?: number }) => {
	const [output] = await runNode(Numbers, { items: [{ total }], parameters });
	return output.map(({ json }) => json.id);
};
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

it.each<[number, { returnAll?: boolean; limit?: number }, number, number]>([
	[25, { returnAll: true }, 25, 3],
	[30, { returnAll: true }, 30, 4],
	[0, { returnAll: true }, 0, 1],
	[25, { limit: 12 }, 12, 2],
	[25, { limit: 10 }, 10, 1],
	[5, { limit: 12 }, 5, 1],
])('of %i results, asked %j, gives %i in %i pages', async (total, asked, given, read) => {
	expect(await ids(total, asked)).toEqual(upTo(given));
	expect(pages).toHaveLength(read);
	expect(pages.every(({ last, count }) => (last ?? 0) === count)).toBe(true);
});

it('begins anew for each item, and links each result to its item', async () => {
	const [output] = await runNode(Numbers, { items: [{ total: 12 }, { total: 1 }], parameters: { returnAll: true } });
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual([...upTo(12).map(() => ({ item: 0 })), { item: 1 }]);
});

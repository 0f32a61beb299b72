import type { INodeExecutionData } from 'n8n-workflow';
import { BirthdayDueTrigger } from '../../../nodes/BirthdayDueTrigger/BirthdayDueTrigger.node';
import { ConsentCheck } from '../../../nodes/ConsentCheck/ConsentCheck.node';
import { PersonalizeMessage } from '../../../nodes/PersonalizeMessage/PersonalizeMessage.node';
import { QueueForApproval } from '../../../nodes/QueueForApproval/QueueForApproval.node';
import type { NewCustomer } from '../../../lib/domain/customer';
import type { CrmItem } from '../../../lib/domain/item';
import type { Store } from '../../../lib/store/open';
import { pollNode, runNode, type NodeRun } from '../../support/runNode';
import { customer, openTestStore, saved, type TestStore } from '../../support/store';
import { setClock } from './clock';

/** Sunday, nine in the morning in Italy; `customer()` has a birthday. */
export const NOW = '2026-11-22T08:00:00.000Z';
export const TODAY = '2026-11-22';

/** A shop of its own, and the workflow from the birthday to the queue, run node by node. */
export interface TestShop {
	store: Store;
	/** The nodes' credential. */
	credentials: { opticalCrmStoreApi: TestStore['settings'] };
	/** Saves customers who have a birthday today, and gives their ids. */
	customers(count: number, changes?: Partial<NewCustomer>): Promise<number[]>;
	/** Items as the Birthday Due Trigger emits them. */
	due(): Promise<CrmItem[]>;
	/** What the Consent Check lets through of them. */
	allowed(items?: CrmItem[]): Promise<CrmItem[]>;
	/** Items with their text. */
	written(items?: CrmItem[]): Promise<CrmItem[]>;
	/** Items whose message is in the store. */
	queued(items?: CrmItem[], approval?: 'staff' | 'policy'): Promise<CrmItem[]>;
	close(): Promise<void>;
}

export async function openShop(): Promise<TestShop> {
	setClock(NOW);
	const test = await openTestStore(NOW);
	const credentials = { opticalCrmStoreApi: test.settings };
	const output = async (Node: Parameters<typeof runNode>[0], run: NodeRun) => items((await runNode(Node, { credentials, ...run }))[0]);
	const shop: TestShop = {
		store: test.store,
		credentials,
		customers: async (count, changes) => await saved(test.store, Array.from({ length: count }, () => customer(changes)), NOW),
		due: async () => items(await pollNode(BirthdayDueTrigger, { credentials, parameters: { options: { mostPerPoll: 5000 } } })),
		allowed: async (given) => await output(ConsentCheck, { items: given ?? (await shop.due()) }),
		written: async (given) => await output(PersonalizeMessage, { items: given ?? (await shop.allowed()) }),
		queued: async (given, approval = 'staff') => await output(QueueForApproval, { items: given ?? (await shop.written()), parameters: { approval } }),
		close: async () => {
			jest.useRealTimers();
			await test.close();
		},
	};
	return shop;
}

/** The JSON of items, as the next node reads it. */
export function items(output: INodeExecutionData[]): CrmItem[] {
	return output.map(({ json }) => json as unknown as CrmItem);
}

/** An error of a node as a person sees it: what happened, how to go on, at which item. */
export async function failure(work: Promise<unknown>): Promise<{ message: string; description: string; item?: number }> {
	const error = await work.then(() => undefined, (thrown) => thrown);
	if (error?.constructor.name !== 'NodeOperationError') throw error ?? new Error('It did not fail');
	return { message: error.message, description: error.description, item: error.context.itemIndex };
}

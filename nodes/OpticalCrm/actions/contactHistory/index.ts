import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as handOver from './handOver.operation';
import * as recordAnswer from './recordAnswer.operation';

/** What passed between the shop and a customer. */
export const CONTACT_HISTORY_OPERATIONS: Record<string, Operation> = { getAll, handOver, recordAnswer };

import type { Operation } from '../operation';
import * as customerErase from './erase.operation';
import * as customerExport from './export.operation';
import * as customerRetention from './retention.operation';

/** What a customer can ask for by law, and what the shop does by itself when its period is over. */
export const RIGHTS_OPERATIONS: Record<string, Operation> = { export: customerExport, erase: customerErase, retention: customerRetention };

import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as remove from './remove.operation';
import * as upsert from './upsert.operation';

/** Operations on the shop's own texts. */
export const TEMPLATE_OPERATIONS: Record<string, Operation> = { upsert, getAll, remove };

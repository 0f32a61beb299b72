import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as remove from './remove.operation';
import * as upsert from './upsert.operation';

/** Questions that customers ask again and again. */
export const QUESTION_OPERATIONS: Record<string, Operation> = { upsert, getAll, remove };

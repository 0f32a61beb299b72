import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as upsert from './upsert.operation';

/** Operations on quotes. */
export const QUOTE_OPERATIONS: Record<string, Operation> = { upsert, getAll };

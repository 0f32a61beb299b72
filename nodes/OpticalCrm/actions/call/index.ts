import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as recordOutcome from './recordOutcome.operation';

/** Operations on telephone calls. */
export const CALL_OPERATIONS: Record<string, Operation> = { getAll, recordOutcome };

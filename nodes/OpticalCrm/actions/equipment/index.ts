import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as imports from './import.operation';
import * as upsert from './upsert.operation';

/** Operations on equipment. */
export const EQUIPMENT_OPERATIONS: Record<string, Operation> = { upsert, getAll, import: imports };

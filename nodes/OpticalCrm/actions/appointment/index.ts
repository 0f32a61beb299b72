import type { Operation } from '../operation';
import * as getAll from './getMany.operation';
import * as upsert from './upsert.operation';

/** Operations on appointments. */
export const APPOINTMENT_OPERATIONS: Record<string, Operation> = { upsert, getAll };

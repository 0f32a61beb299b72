import type { Operation } from '../operation';
import * as getMany from './getMany.operation';
import * as raise from './raise.operation';

/** What the staff should know of the machine: the Desk shows it on Today. */
export const ALERT_OPERATIONS: Record<string, Operation> = { getAll: getMany, raise };

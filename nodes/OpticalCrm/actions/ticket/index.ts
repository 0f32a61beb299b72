import type { Operation } from '../operation';
import * as answer from './answer.operation';
import * as close from './close.operation';
import * as getAll from './getMany.operation';

/** What customers wrote and what waits for the staff. */
export const TICKET_OPERATIONS: Record<string, Operation> = { getAll, answer, close };

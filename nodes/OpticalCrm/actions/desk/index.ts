import type { Operation } from '../operation';
import * as sendNotice from './sendNotice.operation';

/** What the staff are told of the Desk. */
export const DESK_OPERATIONS: Record<string, Operation> = { sendNotice };

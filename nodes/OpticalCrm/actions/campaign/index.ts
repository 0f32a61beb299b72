import type { Operation } from '../operation';
import * as handOut from './handOut.operation';

/** Campaigns to the customers of a segment. */
export const CAMPAIGN_OPERATIONS: Record<string, Operation> = { handOut };

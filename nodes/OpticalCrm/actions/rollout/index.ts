import type { Operation } from '../operation';
import * as get from './get.operation';
import * as set from './set.operation';
import * as watch from './watch.operation';

/** How far the rollout is, and the brakes of its campaigns. */
export const ROLLOUT_OPERATIONS: Record<string, Operation> = { get, set, watch };

import type { Operation } from '../operation';
import * as build from './build.operation';
import * as getAll from './getMany.operation';

/** Operations on households. */
export const HOUSEHOLD_OPERATIONS: Record<string, Operation> = { build, getAll };

import type { Operation } from '../operation';
import * as getSegment from './getSegment.operation';
import * as segmentChanges from './segmentChanges.operation';

/** Segments of the whole store: how many and who they are, and who has come or gone since the last look. */
export const SEGMENT_OPERATIONS: Record<string, Operation> = { getSegment, segmentChanges };

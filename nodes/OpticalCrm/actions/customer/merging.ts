import * as findDuplicates from './findDuplicates.operation';
import * as merge from './merge.operation';
import * as undoMerge from './undoMerge.operation';

/** Two customers who are one: find them, make them one, part them again. */
export const MERGE_OPERATIONS = { findDuplicates, merge, undoMerge };

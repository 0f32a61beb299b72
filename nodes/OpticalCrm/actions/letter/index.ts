import type { Operation } from '../operation';
import * as checkAddresses from './checkAddresses.operation';
import * as getAll from './getMany.operation';
import * as makeBatch from './makeBatch.operation';
import * as markPosted from './markPosted.operation';
import * as markPrinted from './markPrinted.operation';
import * as printAgain from './printAgain.operation';
import * as takeOut from './takeOut.operation';

/** Operations on letters: from the approved message to the postbox. */
export const LETTER_OPERATIONS: Record<string, Operation> = { getAll, checkAddresses, makeBatch, printAgain, takeOut, markPrinted, markPosted };

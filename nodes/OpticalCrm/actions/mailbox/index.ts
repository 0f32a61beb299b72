import type { Operation } from '../operation';
import * as read from './read.operation';

/** Where bounces and answers by e-mail come in. */
export const MAILBOX_OPERATIONS: Record<string, Operation> = { read };

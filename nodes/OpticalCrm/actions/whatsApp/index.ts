import type { Operation } from '../operation';
import * as getAccount from './getAccount.operation';
import * as getDefinition from './getDefinition.operation';
import * as submitTemplate from './submitTemplate.operation';
import * as syncTemplates from './syncTemplates.operation';

/** Operations on what Meta holds of the shop. */
export const WHATSAPP_OPERATIONS: Record<string, Operation> = { getAccount, getDefinition, submitTemplate, syncTemplates };

/** Those that call Meta. */
export const ASKING_META = ['getAccount', 'submitTemplate', 'syncTemplates'];

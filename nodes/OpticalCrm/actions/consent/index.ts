import type { Operation } from '../operation';
import * as addWording from './addWording.operation';
import * as explain from './explain.operation';
import * as exportRpoNumbers from './exportRpoNumbers.operation';
import * as get from './get.operation';
import * as getWordings from './getWordings.operation';
import * as record from './record.operation';
import * as recordRpoChecks from './recordRpoChecks.operation';
import * as requestOptIn from './requestOptIn.operation';
import * as setPreference from './setPreference.operation';
import * as verify from './verify.operation';

/** Operations on the consent ledger, and on what stands beside it. */
export const CONSENT_OPERATIONS: Record<string, Operation> = { addWording, explain, exportRpoNumbers, get, getWordings, record, recordRpoChecks, requestOptIn, setPreference, verify };

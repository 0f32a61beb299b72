import type { Rule } from './rule';
import { consentExpired, consentMissing, unknownIsNoConsent } from './rules/consent';
import { bounced, noContactPoint } from './rules/contact';
import { noticeMissing } from './rules/notice';
import { deceased, minor } from './rules/person';
import { birthdayDenied, objected } from './rules/refusal';
import { refusalNotOffered, senderHidden } from './rules/text';

/** Recorded with each decision; to be raised whenever a rule, or their order, can decide something else than before. */
export const RULES_VERSION = '1';

/**
 * The rules in the order in which they are asked; the first that objects decides. The person and the person's own no come first, because no
 * repair of address, text or paper can mend them; among the consents the special reasons come before the general one (R07).
 */
export const RULES: readonly Rule[] = [
	deceased,
	minor,
	objected,
	birthdayDenied,
	noContactPoint,
	bounced,
	refusalNotOffered,
	noticeMissing,
	senderHidden,
	unknownIsNoConsent,
	consentExpired,
	consentMissing,
];

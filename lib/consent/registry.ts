import type { Rule } from './rule';
import { basisUncertain, bundled, consentAged, consentExpired, consentMissing, proofWeak, recallWithoutConsent, surveyWithoutConsent, unknownIsNoConsent } from './rules/consent';
import { bounced, noContactPoint, softBounced } from './rules/contact';
import { asksForConsent, healthConsentMissing, purchaseTooOld } from './rules/data';
import { holiday, quietHours } from './rules/hours';
import { unofficialCold, unofficialMarketing } from './rules/linkedDevice';
import { noticeMissing } from './rules/notice';
import { deceased, minor, parentsContact } from './rules/person';
import { callHours, rpoListed, rpoStale } from './rules/phone';
import { capped, collided, contactedAlready, householdReached, householdWaits } from './rules/pressure';
import { interestDenied, objected } from './rules/refusal';
import { aliasUnregistered } from './rules/sms';
import { healthInBody, noOneClick, refusalNotOffered, senderHidden } from './rules/text';
import { limitReached, optInMissing, templateNotApproved, windowClosed, wrongCategory } from './rules/whatsApp';

/** Recorded with each decision; to be raised whenever a rule, or their order, can decide something else than before. */
export const RULES_VERSION = '3';

/**
 * The rules in the order in which they are asked; the first that objects decides. The person and the person's own no come first, because no
 * repair of address, text or paper can mend them; among the consents the special reasons come before the general one (R07). Those that only
 * put off come last, when nothing forbids the message: first what waits for days, then what waits for hours.
 */
export const RULES: readonly Rule[] = [
	deceased, minor, objected, interestDenied, contactedAlready,
	noContactPoint, bounced, parentsContact,
	unofficialMarketing, unofficialCold, aliasUnregistered, optInMissing,
	refusalNotOffered, senderHidden, healthInBody, noOneClick, windowClosed, wrongCategory, templateNotApproved,
	noticeMissing, bundled, unknownIsNoConsent, consentExpired, consentAged, proofWeak, basisUncertain, surveyWithoutConsent, recallWithoutConsent, consentMissing,
	asksForConsent, healthConsentMissing, purchaseTooOld, rpoStale, rpoListed, householdReached, callHours,
	capped, collided, householdWaits, softBounced, limitReached, holiday, quietHours,
];

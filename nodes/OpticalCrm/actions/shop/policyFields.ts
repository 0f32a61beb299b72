import type { INodeProperties } from 'n8n-workflow';
import { STRICT_POLICY, type ConsentPolicy } from '../../../../lib/domain/consentPolicy';
import { MODEL_VARIABLES } from '../../../../lib/domain/modelMaySee';

/** Name and explanation of each setting on the panel, by the order of their names. */
const WORDS: Record<keyof ConsentPolicy, [displayName: string, description: string]> = {
	adultAge: ['Adult Age', 'Nothing but service messages below this age, in years (rule 2)'],
	birthdayIsMarketing: ['Birthdays Need Consent', 'Whether a birthday greeting counts as marketing (rule 17)'],
	callOnEves: ['Calls: Before Holidays', 'Hours of calls on the day before a holiday, in the shop\'s time; empty: none (rule 19)'],
	callOnHolidays: ['Calls: Sundays and Holidays', 'Hours of calls; empty: none (rule 19)'],
	callOnSaturdays: ['Calls: Saturdays', 'Hours of calls; empty: none (rule 19)'],
	callOnWorkdays: ['Calls: Workdays', 'Hours of calls; the shop must be open too (rule 19)'],
	marketingPerMonth: ['Cap: Messages in 30 Days', 'Marketing messages to a person in 30 days, over all channels and campaigns (rule 23)'],
	marketingPerWeek: ['Cap: Messages in 7 Days', 'Marketing messages to a person in 7 days, over all channels and campaigns (rule 23)'],
	contactWorthCents: ['Channel Choice: Contact Worth', 'What it is worth to the shop that a message arrives, in cents'],
	staffMinuteCents: ['Channel Choice: Staff Minute', 'What a minute of the staff costs, in cents'],
	collisionDays: ['Collision Days', 'Days within which the less important of two messages waits; 1: the same day, 0: never (rule 24)'],
	consentMonths: ['Consent Ends After Months', 'Months after which a consent ends by its age alone; 0: never (rule 18)'],
	consentRequestIsMarketing: ['Requests Need Consent', 'Whether a message that asks for consent to marketing needs it itself (rule 10)'],
	healthDetailsInText: ['Health Details in Texts', 'Whether texts may name dioptres, diagnoses and the like (rule 14)'],
	householdDays: ['Household Days', 'Days within which people who share an address get one message of a kind (rule 25)'],
	modelMaySee: ['Language Model May See', 'Variables of the templates that a language model may see when it words texts anew. Of all others it sees neither the value nor wording that depends on it.'],
	onlineNeedsDoubleOptIn: ['Online Needs Double Opt-In', 'Whether an online consent counts only once it was confirmed by a link (rule 12)'],
	paperNeedsEvidence: ['Paper Consent Needs Evidence', 'Whether a consent taken down in the shop counts only with a signed scan or a one-time code (rule 12)'],
	recallNeedsConsent: ['Recalls Need Consent', 'Whether a recall needs consent or a request by the customer (rule 16)'],
	rpoDays: ['RPO Check Holds for Days', 'Days for which a check of the Registro Pubblico delle Opposizioni holds (rule 20)'],
	sendOnHolidays: ['Sending: Sundays, Holidays', 'Hours in which messages leave, in the shop\'s time; empty: none (rule 22)'],
	sendOnSaturdays: ['Sending: Saturdays', 'Hours in which messages leave; empty: none (rule 21)'],
	sendOnWorkdays: ['Sending: Workdays', 'Hours in which messages leave (rule 21)'],
	softSpam: ['Soft Spam', 'Whether e-mails about goods like those bought may go without consent, under all conditions of Codice privacy 130(4) (rule 8)'],
	spreadMinutes: ['Spread Mornings (Minutes)', 'Minutes over which what waited for the morning is spread (rule 21)'],
	surveyNeedsConsent: ['Surveys Need Consent', 'Whether a satisfaction survey needs consent (rule 11)'],
	whatsAppLinked: ['WhatsApp Linked Device', 'Whether the shop\'s own phone may be linked and used for service messages (rule 39)'],
};

/** A field of the panel for each setting; its default is the strict value. */
export const POLICY_FIELDS: INodeProperties[] = (Object.keys(WORDS) as Array<keyof ConsentPolicy>)
	.map((name): INodeProperties => {
		const [displayName, description] = WORDS[name];
		const strict = STRICT_POLICY[name];
		// A list of variables: one may choose among those that are about no single customer.
		if (Array.isArray(strict)) return { displayName, name, type: 'multiOptions', options: MODEL_VARIABLES.map((value) => ({ name: value, value })), default: [...strict], description };
		const type = typeof strict as 'boolean' | 'number' | 'string';
		return { displayName, name, type, default: strict, description, ...(type === 'string' && { placeholder: 'e.g. 09:00-20:00' }) };
	})
	.sort((one, other) => one.displayName.localeCompare(other.displayName));

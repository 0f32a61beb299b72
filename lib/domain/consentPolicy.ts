import type { ModelVariable } from './modelMaySee';

/** The shop's settings of the contact rules, plain values or lists of them; the defaults are the strict ones. Source: RULES; the rule is named with each. */
export interface ConsentPolicy {
	/** Nothing but service below this age, in years (rule 2). */
	adultAge: number;
	/** A birthday greeting needs marketing consent (rule 17). */
	birthdayIsMarketing: boolean;
	/** E-mails about goods like those bought need no consent under all conditions of Codice privacy 130(4) (rule 8). */
	softSpam: boolean;
	/** A message that asks for marketing consent needs it itself (rule 10). */
	consentRequestIsMarketing: boolean;
	/** A satisfaction survey needs consent (rule 11). */
	surveyNeedsConsent: boolean;
	/** An online consent counts only with a double opt-in (rule 12). */
	onlineNeedsDoubleOptIn: boolean;
	/** A consent that the staff took down counts only with a signed scan or a one-time code as evidence (rule 12). */
	paperNeedsEvidence: boolean;
	/** A text may name dioptres, diagnoses and the like (rule 14). */
	healthDetailsInText: boolean;
	/** A recall needs consent or a request by the customer (rule 16). */
	recallNeedsConsent: boolean;
	/** Months after which a consent ends by its age alone; 0: never (rule 18). */
	consentMonths: number;
	/** Days for which a check of the opposition register holds (rule 20). */
	rpoDays: number;
	/** Hours of calls in the shop's time, `09:00-20:00`; empty: none (rule 19). */
	callOnWorkdays: string;
	callOnSaturdays: string;
	/** Days before a holiday. */
	callOnEves: string;
	callOnHolidays: string;
	/** Hours of all messages; Sundays are holidays (rules 21 and 22). */
	sendOnWorkdays: string;
	sendOnSaturdays: string;
	sendOnHolidays: string;
	/** Minutes over which what waited for the morning is spread (rule 21). */
	spreadMinutes: number;
	/** Marketing messages to a person in 7 and in 30 days, over all channels and campaigns (rule 23). */
	marketingPerWeek: number;
	marketingPerMonth: number;
	/** Days within which two messages to a person collide, and the less important waits; 1: the same day, 0: never (rule 24). */
	collisionDays: number;
	/** Days within which people who share an address get one message of a kind (rule 25). */
	householdDays: number;
	/** The shop's own phone may be linked and used for service messages (rule 39). */
	whatsAppLinked: boolean;
	/** What a minute of the staff costs, for choosing a channel. Cents. */
	staffMinuteCents: number;
	/** What it is worth to the shop that a message arrives, for choosing a channel. Cents. */
	contactWorthCents: number;
	/** What a language model that words texts anew may be shown besides the template's own words; nothing else leaves the shop. */
	modelMaySee: ModelVariable[];
}

export const STRICT_POLICY: ConsentPolicy = {
	adultAge: 18,
	birthdayIsMarketing: true,
	softSpam: false,
	consentRequestIsMarketing: true,
	surveyNeedsConsent: true,
	onlineNeedsDoubleOptIn: true,
	paperNeedsEvidence: true,
	healthDetailsInText: false,
	recallNeedsConsent: true,
	consentMonths: 0,
	rpoDays: 15,
	callOnWorkdays: '09:00-20:00',
	callOnSaturdays: '10:00-19:00',
	callOnEves: '10:00-19:00',
	callOnHolidays: '',
	sendOnWorkdays: '09:00-20:00',
	sendOnSaturdays: '10:00-19:00',
	sendOnHolidays: '',
	spreadMinutes: 120,
	marketingPerWeek: 1,
	marketingPerMonth: 2,
	collisionDays: 1,
	householdDays: 7,
	whatsAppLinked: false,
	staffMinuteCents: 40,
	contactWorthCents: 200,
	modelMaySee: [],
};

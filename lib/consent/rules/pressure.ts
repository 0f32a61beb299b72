import type { PriorContact } from '../../domain/consentFacts';
import type { Purpose } from '../../domain/glossary';
import { plusDays, type LocalDate } from '../../domain/time';
import { purposeOf } from '../basis';
import { importanceOf } from '../importance';
import type { Facts, Rule, RuleContext } from '../rule';
import { momentOn } from '../time/clocks';

/* Rules about what else the customer gets. Where nobody looked that up (a report that asks whom the law allows to reach), they say nothing. */

const CAPPED: readonly Purpose[] = ['marketing', 'survey'];

export const contactedAlready: Rule = {
	id: 'R26',
	title: 'The same occasion and stage is contacted once',
	source: 'RULES 26',
	mark: 'ours',
	reason: 'DUPLICATE',
	check: (context) => {
		const { occasionId, messageId } = context.request;
		const found = own(context).find((contact) => contact.occasionId === occasionId && contact.messageId !== messageId);
		return found && contactFacts(found);
	},
};

export const householdReached: Rule = {
	id: 'R25a',
	title: 'People who share a contact point get one message for each kind of occasion',
	source: 'RULES 25',
	mark: 'ours',
	settings: ['householdDays'],
	reason: 'DUPLICATE',
	check: (context) => householdFacts(context, 'left'),
};

/** As long as the other one's message may still be rejected, this one waits. */
export const householdWaits: Rule = {
	id: 'R25b',
	title: 'While a message to the same contact point waits to leave, another of its kind waits too',
	source: 'RULES 25',
	mark: 'ours',
	settings: ['householdDays'],
	reason: 'FREQUENCY_CAP',
	check: (context) => householdFacts(context, 'waiting'),
	retryAt: (context) => momentOn(plusDays(context.request.today, 1), context),
};

export const capped: Rule = {
	id: 'R23',
	title: 'One marketing message a week and two a month to a person, over all channels and campaigns',
	source: 'RULES 23',
	mark: 'ours',
	settings: ['marketingPerWeek', 'marketingPerMonth'],
	reason: 'FREQUENCY_CAP',
	check: (context) => {
		const freeOn = capFreeOn(context);
		return freeOn === undefined ? undefined : { contacts: cappedDays(context).length, freeOn };
	},
	retryAt: (context) => momentOn(capFreeOn(context) as LocalDate, context),
};

export const collided: Rule = {
	id: 'R24',
	title: 'Of two messages on one day the more important goes, and the other waits',
	source: 'RULES 24',
	mark: 'ours',
	settings: ['collisionDays'],
	reason: 'FREQUENCY_CAP',
	check: (context) => {
		const found = collision(context);
		return found && contactFacts(found);
	},
	retryAt: (context) => momentOn(plusDays(collision(context)?.leftOn ?? context.request.today, context.shop.policy.collisionDays), context),
};

/** The other messages of the customer: not those to people who share an address, and not the one that is asked about. */
function own({ customer, request }: RuleContext): PriorContact[] {
	return (customer.contacts ?? []).filter(({ sharedPointId, messageId }) => sharedPointId === undefined && messageId !== request.messageId);
}

/**
 * Whether a message of before counts against this one. What has left does. Of two that wait, the more important one; of two alike the older one,
 * and a message that is not stored yet is the youngest of all.
 */
function standsBefore(contact: PriorContact, { request }: RuleContext): boolean {
	if (contact.state === 'left') return true;
	const difference = importanceOf(contact) - importanceOf(request);
	return difference < 0 || (difference === 0 && contact.messageId < (request.messageId ?? Infinity));
}

/** The days on which capped messages left; one that waits counts as of today. Oldest first. */
function cappedDays(context: RuleContext): LocalDate[] {
	return own(context)
		.filter((contact) => CAPPED.includes(purposeOf(contact)) && contact.occasionId !== context.request.occasionId && standsBefore(contact, context))
		.map(({ leftOn }) => leftOn ?? context.request.today)
		.sort();
}

/** The day on which the caps leave room again; undefined when they do now, or when the message is none that is capped. */
function capFreeOn(context: RuleContext): LocalDate | undefined {
	if (!CAPPED.includes(context.purpose)) return undefined;
	const { marketingPerWeek, marketingPerMonth } = context.shop.policy;
	const days = cappedDays(context);
	const free = [{ window: 7, most: marketingPerWeek }, { window: 30, most: marketingPerMonth }].flatMap(({ window, most }) => {
		const inside = days.filter((day) => day > plusDays(context.request.today, -window));
		return inside.length < most ? [] : [plusDays(inside[inside.length - most] ?? context.request.today, window)];
	});
	return free.sort().at(-1);
}

function collision(context: RuleContext): PriorContact | undefined {
	const { request: { today }, shop: { policy } } = context;
	return own(context)
		.filter((contact) => importanceOf(contact) < importanceOf(context.request) && contact.occasionId !== context.request.occasionId)
		.filter(({ leftOn }) => (leftOn ?? today) > plusDays(today, -policy.collisionDays))
		.sort((one, other) => ((one.leftOn ?? today) < (other.leftOn ?? today) ? 1 : -1))[0];
}

/** A birthday is the day's; of the other kinds one message is enough for some days. A service message is each member's own. */
function householdFacts({ customer, request, contactPoint, purpose, shop: { policy } }: RuleContext, state: PriorContact['state']): Facts | undefined {
	if (purpose === 'service') return undefined;
	const since = plusDays(request.today, -policy.householdDays);
	const found = (customer.contacts ?? []).find(
		(contact) =>
			contact.sharedPointId === contactPoint?.id && contact.sharedPointId !== undefined && contact.kind === request.kind && contact.state === state &&
			(request.kind === 'birthday' ? contact.dueOn === request.dueOn : (contact.leftOn ?? request.today) > since) &&
			(state === 'left' || contact.messageId < (request.messageId ?? Infinity)),
	);
	return found && contactFacts(found);
}

function contactFacts({ messageId, kind, state, leftOn }: PriorContact): Facts {
	return { otherMessageId: messageId, otherKind: kind, otherState: state, otherLeftOn: leftOn ?? null };
}

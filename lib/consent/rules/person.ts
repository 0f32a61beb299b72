import { ageOn, MAJORITY } from '../../domain/time';
import type { Rule } from '../rule';

export const deceased: Rule = {
	id: 'R01',
	title: 'Nobody writes to the dead',
	source: 'RULES 1',
	mark: 'ours',
	reason: 'SUBJECT_DECEASED',
	check: ({ customer }) => (customer.deceased ? { deceased: true } : undefined),
};

/** A customer without a birth date is taken for an adult: the shop cannot know. The date itself is not kept with the decision. */
export const minor: Rule = {
	id: 'R02',
	title: 'Minors get service messages only',
	source: 'RULES 2',
	mark: 'ours',
	settings: ['adultAge'],
	reason: 'MINOR',
	check: ({ customer: { birthDate }, purpose, request, shop: { policy } }) => {
		if (purpose === 'service' || birthDate === undefined) return undefined;
		const adult = ageOn(birthDate, request.today) >= policy.adultAge;
		return adult ? undefined : { adult, adultAge: policy.adultAge };
	},
};

/** Where the shop writes to people under 18, it still does not write to them at their parents' address. */
export const parentsContact: Rule = {
	id: 'R25c',
	title: "A parent's contact point is never used for a minor's promotions",
	source: 'RULES 25',
	mark: 'ours',
	reason: 'MINOR',
	check: ({ customer: { birthDate }, contactPoint, purpose, request }) => {
		if (purpose === 'service' || birthDate === undefined || ageOn(birthDate, request.today) >= MAJORITY) return undefined;
		const sharer = contactPoint?.oldestSharer;
		const own = sharer === null || (sharer !== undefined && sharer !== 'unknown' && ageOn(sharer, request.today) < MAJORITY);
		return own ? undefined : { adult: false, sharedWithAdult: sharer === undefined ? null : true };
	},
};

import { ageOn } from '../../domain/time';
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
	reason: 'MINOR',
	check: ({ customer: { birthDate }, purpose, request, shop: { policy } }) => {
		if (purpose === 'service' || birthDate === undefined) return undefined;
		const adult = ageOn(birthDate, request.today) >= policy.adultAge;
		return adult ? undefined : { adult, adultAge: policy.adultAge };
	},
};

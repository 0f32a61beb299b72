import { compares, conditionsOf, type Rule } from '../domain/segment';
import { factDefinition, type FactName, type SegmentFacts } from '../domain/segmentFacts';

/** Whether a customer with these facts is in the segment. */
export function matches(rule: Rule, facts: SegmentFacts): boolean {
	if ('all' in rule) return rule.all.every((part) => matches(part, facts));
	if ('any' in rule) return rule.any.some((part) => matches(part, facts));
	return compares(facts[rule.fact], rule.comparison, rule.value);
}

/** The facts that a rule looks at. */
export function factsOfRule(rule: Rule): FactName[] {
	return [...new Set(conditionsOf(rule).map(({ fact }) => fact))];
}

/** Whether any of these facts concerns health, so that using them to choose recipients needs explicit consent (rule 13). */
export function concernHealth(facts: readonly FactName[]): boolean {
	return facts.some((fact) => factDefinition(fact).health);
}

/** How far these facts go by purchases (rule 15): not at all, by what was bought and when, or by what that says of worth and habits. */
export function purchaseUse(facts: readonly FactName[]): 'detail' | 'profiling' | undefined {
	const uses = facts.map((fact) => factDefinition(fact).purchases);
	return uses.find((use) => use === 'profiling') ?? uses.find((use) => use !== undefined);
}

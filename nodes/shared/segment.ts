import type { IExecuteFunctions } from 'n8n-workflow';
import { CrmError } from '../../lib/domain/errors';
import { joinedUses } from '../../lib/consent/dataUse';
import type { DataUse } from '../../lib/domain/consent';
import type { ItemSegments } from '../../lib/domain/item';
import { conditionsOf, shopWideNeeds, type Condition, type Rule, type SegmentScope, type SegmentSettings } from '../../lib/domain/segment';
import type { FactName, SegmentFacts } from '../../lib/domain/segmentFacts';
import type { LocalDate } from '../../lib/domain/time';
import { concernHealth, factsOfRule, matches, purchaseUse } from '../../lib/segments/matches';
import { purchaseModel } from '../../lib/segments/purchaseModel';
import { readFilter, type FilterRules } from '../../lib/segments/readFilter';
import { READY_MADE, type ReadyMadeName } from '../../lib/segments/readyMade';
import { segmentSettings, type GivenSettings } from '../../lib/segments/settings';
import type { Store } from '../../lib/store/open';
import { purchaseHistories, valueCuts } from '../../lib/store/segments/shopWide';

/** What a panel with `segmentFields` and `segmentOptions` asks for. */
export interface ChosenSegment {
	/** The ready-made segments by name, and `own` where there are own rules. */
	parts: Array<{ name: string; rule: Rule }>;
	/** All of it together. */
	rule: Rule;
	settings: SegmentSettings;
	/** Facts to put into the items. */
	facts: FactName[];
	usesHealthData: boolean;
	purchases: ReturnType<typeof purchaseUse>;
}

/**
 * The segment that the panel says for an item.
 * @throws CrmError when nothing is chosen, or the own rules or a setting cannot be used
 */
export function chosenSegment(context: IExecuteFunctions, index: number): ChosenSegment {
	const names = context.getNodeParameter('segments', index, []) as ReadyMadeName[];
	const own = ownRules(context, index);
	const parts = [...names.map((name) => ({ name: name as string, rule: readyMade(name) })), ...(own.conditions.length > 0 ? [{ name: 'own', rule: readFilter(own) }] : [])];
	if (parts.length === 0) throw new CrmError('No segment is chosen', 'Choose one under Segments, or add a condition under Own Rules.');
	const rules = parts.map(({ rule }) => rule);
	const rule: Rule = context.getNodeParameter('match', index, 'all') === 'any' ? { any: rules } : { all: rules };
	const { facts = [], ...given } = context.getNodeParameter('options', index, {}) as GivenSettings & { facts?: FactName[] };
	const used = [...factsOfRule(rule), ...facts];
	return { parts, rule, settings: segmentSettings(given), facts, usesHealthData: concernHealth(used), purchases: purchaseUse(used) };
}

/** Whether the panel says the same for all items, so that it needs to be read only once. */
export function isSameForAll(context: IExecuteFunctions): boolean {
	const { segments, match, rules, options } = context.getNode().parameters;
	const rights = ((rules as Partial<FilterRules> | undefined)?.conditions ?? []).map(({ rightValue }) => rightValue);
	return !/"=/.test(JSON.stringify([segments ?? null, match ?? null, rights, options ?? null, typeof rules === 'string' ? rules : null]));
}

/** A segment of the store's own, by its name. */
function readyMade(name: ReadyMadeName): Rule {
	const found = READY_MADE[name];
	if (!found) throw new CrmError('There is no such ready-made segment', `Choose one of ${Object.keys(READY_MADE).join(', ')}.`);
	return found.rule;
}

/** The own rules with the left sides as they were typed: n8n would put in the value of a field that no item has. */
function ownRules(context: IExecuteFunctions, index: number): FilterRules {
	const typed = (context.getNode().parameters.rules as Partial<FilterRules> | undefined)?.conditions;
	const { combinator = 'and', conditions = [] } = context.getNodeParameter('rules', index, {}) as Partial<FilterRules>;
	return { combinator, conditions: conditions.map((condition, place) => ({ ...condition, leftValue: typed?.[place]?.leftValue ?? condition.leftValue })) };
}

/** What these conditions and facts are reckoned with: asks the whole shop only where one of them needs it. */
export async function segmentScope(store: Store, conditions: ReadonlyArray<Pick<Condition, 'fact'> & Partial<Condition>>, settings: SegmentSettings, today: LocalDate): Promise<SegmentScope> {
	const scope: SegmentScope = { today, settings };
	const needs = shopWideNeeds(conditions);
	return {
		...scope,
		cuts: await valueCuts(store, scope, needs.measures),
		...(needs.model && { model: purchaseModel(await purchaseHistories(store, scope), today) }),
	};
}

/** The conditions of a segment, and the facts to add as if each were one. */
export function askedOf({ rule, facts }: Pick<ChosenSegment, 'rule' | 'facts'>): Array<Pick<Condition, 'fact'> & Partial<Condition>> {
	return [...conditionsOf(rule), ...facts.map((fact) => ({ fact }))];
}

/** The facts that must be read of each customer: those that decide, those that are shown, and the last purchase where purchases decide. */
export function factsToRead({ rule, facts, purchases }: Pick<ChosenSegment, 'rule' | 'facts' | 'purchases'>): FactName[] {
	return [...new Set([...factsOfRule(rule), ...facts, ...(purchases ? ['lastPurchaseOn' as const] : [])])];
}

/**
 * What a message goes by that was chosen by these segments. The day is that of the newest purchase: where even that is too old, so are all; the
 * details of older ones are erased by Optical CRM > Customer > Retention.
 */
export function usesOfSegments(segments: Partial<ItemSegments> | undefined): DataUse | undefined {
	return segments && joinedUses({ health: segments.usesHealthData, purchaseOn: segments.purchaseOn, profiling: segments.profiling });
}

/** The segments part of an item whose customer has these facts; what an earlier node found stays. */
export function itemSegments({ parts, facts: wanted, usesHealthData, purchases }: ChosenSegment, facts: SegmentFacts, before?: Partial<ItemSegments>): ItemSegments {
	const names = parts.filter(({ rule }) => matches(rule, facts)).map(({ name }) => name);
	const bought = purchases && facts.lastPurchaseOn ? { purchaseOn: String(facts.lastPurchaseOn), profiling: purchases === 'profiling' } : undefined;
	const { purchaseOn, profiling } = joinedUses(bought, usesOfSegments(before)) ?? {};
	const added = Object.fromEntries(wanted.map((fact) => [fact, facts[fact] ?? null]));
	return {
		names: [...new Set([...(before?.names ?? []), ...names])],
		usesHealthData: usesHealthData || before?.usesHealthData === true,
		...(purchaseOn !== undefined && { purchaseOn }),
		...(profiling && { profiling: true as const }),
		...((wanted.length > 0 || before?.facts) && { facts: { ...before?.facts, ...added } }),
	};
}

import { sql, type RawBuilder } from 'kysely';
import { compares, conditionsOf, type Comparison, type Condition, type Rule, type SegmentScope } from '../../domain/segment';
import { factDefinition, type FactName } from '../../domain/segmentFacts';
import { plusDays } from '../../domain/time';
import { daysBetween } from '../dialect';
import { factSql, type FactSql, type Need, type Word } from './factSql';

type Fragment = RawBuilder<unknown>;

const OPERATORS: Partial<Record<Comparison, Fragment>> = { is: sql`=`, above: sql`>`, atLeast: sql`>=`, below: sql`<`, atMost: sql`<=` };
const yes = (holds: boolean) => (holds ? sql`1 = 1` : sql`1 = 0`);

/** The condition that a rule stands for, on `person` and the sources joined to it. */
export function ruleSql(rule: Rule, scope: SegmentScope): Fragment {
	if ('fact' in rule) return sql`(${conditionSql(rule, scope)})`;
	const [parts, word, empty] = 'all' in rule ? [rule.all, sql` and `, yes(true)] : [rule.any, sql` or `, yes(false)];
	return parts.length === 0 ? empty : sql`(${sql.join(parts.map((part) => ruleSql(part, scope)), word)})`;
}

/** The columns that a rule needs of the sources. */
export function needsOfRule(rule: Rule, scope: SegmentScope): Need[] {
	return conditionsOf(rule).flatMap(({ fact, ...condition }) => {
		const reading = factSql(fact, scope);
		const word = 'words' in reading ? wordOf(reading.words, condition.comparison, condition.value) : undefined;
		return 'words' in reading ? (word ? [...word.needs] : needsOf(reading)) : [...reading.needs];
	});
}

/** All columns that the value of a fact is made of. */
export function needsOf(reading: FactSql): Need[] {
	return 'words' in reading ? Object.values(reading.words).flatMap(({ needs }) => [...needs]) : [...reading.needs];
}

/** The value of a fact; a yes or no as 1 or 0. */
export function valueSql(fact: FactName, scope: SegmentScope): Fragment {
	const reading = factSql(fact, scope);
	if ('value' in reading) return reading.value;
	if ('count' in reading) return sql`coalesce(${reading.count}, 0)`;
	if ('present' in reading) return sql`(case when ${reading.present} is not null then 1 else 0 end)`;
	if ('holds' in reading) return sql`(case when ${reading.holds} then 1 else 0 end)`;
	if ('words' in reading) return sql`(case ${sql.join(Object.entries(reading.words).map(([word, { holds }]) => sql`when ${holds()} then ${word}`), sql` `)} end)`;
	const [from, to] = 'since' in reading ? [reading.since, sql`${scope.today}`] : [sql`${scope.today}`, reading.until];
	return daysBetween(from, to);
}

function conditionSql({ fact, comparison, value }: Condition, scope: SegmentScope): Fragment {
	const reading = factSql(fact, scope);
	if ('since' in reading) return daysSql(reading.since, comparison, value as number, (days) => plusDays(scope.today, -days), 'before');
	if ('until' in reading) return daysSql(reading.until, comparison, value as number, (days) => plusDays(scope.today, days), 'after');
	if ('count' in reading) {
		if (comparison === 'known' || comparison === 'unknown') return yes(comparison === 'known');
		// Where nothing at all does not fulfil it, the database may begin with those who have something.
		const isOfSome = OPERATORS[comparison] && !compares(0, comparison, value);
		return comparedSql(isOfSome ? reading.count : sql`coalesce(${reading.count}, 0)`, comparison, value);
	}
	if ('present' in reading || 'holds' in reading) {
		const [one, other] = [compares(true, comparison, value), compares(false, comparison, value)];
		if (one === other) return yes(one);
		if ('present' in reading) return one ? sql`${reading.present} = 1` : sql`${reading.present} is null`;
		return one ? reading.holds : sql`case when ${reading.holds} then 1 else 0 end = 0`;
	}
	if ('words' in reading) return wordOf(reading.words, comparison, value)?.holds() ?? comparedSql(valueSql(fact, scope), comparison, value);
	return comparedSql(reading.value, comparison, value, factDefinition(fact).type === 'text');
}

/** The word that is asked for, where one is. */
function wordOf(words: Record<string, Word>, comparison: Comparison, value: Condition['value']): Word | undefined {
	return comparison === 'is' ? Object.entries(words).find(([word]) => compares(word, 'is', value))?.[1] : undefined;
}

function comparedSql(one: Fragment, comparison: Comparison, value: Condition['value'], isText = typeof value === 'string'): Fragment {
	if (comparison === 'known') return sql`${one} is not null`;
	if (comparison === 'unknown') return sql`${one} is null`;
	const text = String(value).toLowerCase();
	const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
	switch (comparison) {
		case 'is': return isText ? sql`lower(${one}) = ${text}` : sql`${one} = ${value}`;
		case 'isNot': return isText ? sql`lower(${one}) is distinct from ${text}` : sql`${one} is distinct from ${value}`;
		case 'contains': return sql`lower(${one}) like ${part} escape '\\'`;
		case 'lacks': return sql`(${one} is null or lower(${one}) not like ${part} escape '\\')`;
		default: return sql`${one} ${OPERATORS[comparison] as Fragment} ${value}`;
	}
}

/** More days than lie between any two days of a shop; keeps the calendar from running out. */
const MOST_DAYS = 200_000;
const MIRRORED: Partial<Record<Comparison, Comparison>> = { above: 'below', atLeast: 'atMost', below: 'above', atMost: 'atLeast' };

/** A condition on a number of days as one on the day itself, which an index knows. */
function daysSql(day: Fragment, comparison: Comparison, value: number, dayAt: (days: number) => string, more: 'before' | 'after'): Fragment {
	if (comparison === 'known' || comparison === 'unknown') return comparedSql(day, comparison, value);
	if (!Number.isInteger(value) && (comparison === 'is' || comparison === 'isNot')) return yes(comparison === 'isNot');
	const isWithin = comparison === 'above' || comparison === 'atMost' ? Math.floor(value) : Math.ceil(value);
	const edge = dayAt(Math.max(-MOST_DAYS, Math.min(MOST_DAYS, isWithin)));
	return comparedSql(day, more === 'before' ? (MIRRORED[comparison] ?? comparison) : comparison, edge, false);
}

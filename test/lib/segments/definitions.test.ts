import { SEGMENT_DEFAULTS, compares, conditionsOf, shopWideNeeds } from '../../../lib/domain/segment';
import { FACT_NAMES, factDefinition } from '../../../lib/domain/segmentFacts';
import { concernHealth, factsOfRule, matches, purchaseUse } from '../../../lib/segments/matches';
import { READY_MADE } from '../../../lib/segments/readyMade';
import { segmentSettings } from '../../../lib/segments/settings';

it('what comes from exams or lenses is marked as health data, what comes from the till is not', () => {
	expect(FACT_NAMES.filter((name) => factDefinition(name).health)).toEqual([
		'prescriptionInUse', 'progressiveInUse', 'firstProgressive', 'officeInUse', 'contactLensesInUse', 'daysToLensesEnd', 'daysSinceExam',
	]);
	const health = Object.entries(READY_MADE).filter(([, { rule }]) => concernHealth(factsOfRule(rule))).map(([name]) => name);
	expect(health).toEqual(['noSunPair', 'progressiveWearers', 'firstProgressive', 'progressiveOnly', 'contactLensWearers', 'lensesNoSpectacles', 'examOld']);
});

it('ready-made segments look at facts with values that these can have', () => {
	for (const { rule } of Object.values(READY_MADE)) {
		for (const { fact, value } of conditionsOf(rule)) {
			const { type, values } = factDefinition(fact);
			expect(typeof value).toBe({ text: 'string', day: 'string', number: 'number', yesNo: 'boolean' }[type]);
			if (values) expect(values).toContain(value);
		}
	}
});

it('every stage of the lifecycle has a segment', () => {
	const stages = Object.values(READY_MADE).flatMap(({ rule }) => conditionsOf(rule)).filter(({ fact }) => fact === 'lifecycle').map(({ value }) => value);
	expect(stages.sort()).toEqual([...(factDefinition('lifecycle').values as string[])].sort());
});

it('a fact that is not known fulfils the negations only', () => {
	for (const unknown of [null, undefined]) {
		expect((['is', 'isNot', 'contains', 'lacks', 'above', 'atLeast', 'below', 'atMost', 'known', 'unknown'] as const).filter((comparison) => compares(unknown, comparison, 0))).toEqual(['isNot', 'lacks', 'unknown']);
	}
});

it('an empty "and" holds for everybody, an empty "or" for nobody', () => {
	expect([matches({ all: [] }, {}), matches({ any: [] }, {})]).toEqual([true, false]);
});

it('asks the whole shop only for scores, for the stages that need them, and for what is to come', () => {
	expect(shopWideNeeds([{ fact: 'lifecycle', comparison: 'is', value: 'lapsed' }, { fact: 'purchases', comparison: 'above', value: 2 }])).toEqual({ measures: [], model: false });
	expect(shopWideNeeds([{ fact: 'lifecycle', comparison: 'is', value: 'first-plan' }])).toEqual({ measures: ['monetary'], model: false });
	expect(shopWideNeeds([{ fact: 'lifecycle', comparison: 'isNot', value: 'lapsed' }])).toEqual({ measures: ['monetary'], model: false });
	expect(shopWideNeeds([{ fact: 'lifecycle' }, { fact: 'nextPurchaseOn' }, { fact: 'recency' }])).toEqual({ measures: ['monetary', 'recency'], model: true });
});

describe('settings', () => {
	it('keep their defaults where nothing is given, and leave other options alone', () => {
		expect(segmentSettings({})).toEqual(SEGMENT_DEFAULTS);
		expect(segmentSettings({ leaseMinutes: 5 } as never)).toEqual(SEGMENT_DEFAULTS);
	});

	it('change the useful life of all spectacles, and of sunglasses apart', () => {
		expect(segmentSettings({ spectaclesMonths: 36, sunMonths: 48 }).usefulMonths).toEqual({ 'single-vision': 36, progressive: 36, office: 36, reading: 36, sun: 48, 'contact-lenses': 24 });
	});

	it.each([
		[{ newMonths: 0 }, /"New For"/], [{ firstPlanScore: 6 }, /First Plan: Monetary Score/], [{ supplyDays: 1.5 }, /Contact Lenses Last/], [{ sunMonths: 0 }, /Sunglasses Last/],
		[{ newMonths: 30 }, /do not follow each other/], [{ atRiskMonths: 36 }, /do not follow each other/], [{ answerDays: 'soon' as never }, /Answer Within/],
	])('refuse %j', (given, message) => {
		expect(() => segmentSettings(given)).toThrow(message);
	});
});

it('a fact that judges worth or habits makes the whole segment profiling, wherever it stands; what comes from no purchase is neither', () => {
	expect(purchaseUse(['pairsInUse', 'spent', 'sunInUse'])).toBe('profiling');
	expect(purchaseUse(['age', 'sunInUse'])).toBe('detail');
	expect(purchaseUse(['age', 'daysSinceExam', 'messagesRead'])).toBeUndefined();
});

import type { ConsentPolicy } from './consentPolicy';
import { STRICT_POLICY } from './consentPolicy';
import { CrmError } from './errors';
import { MODEL_VARIABLES } from './modelMaySee';

/** Least and greatest value of each number. */
const RANGES: Partial<Record<keyof ConsentPolicy, [number, number]>> = {
	adultAge: [14, 99], consentMonths: [0, 600], rpoDays: [1, 90], spreadMinutes: [0, 600], marketingPerWeek: [0, 50], marketingPerMonth: [0, 100],
	collisionDays: [0, 30], householdDays: [0, 90], staffMinuteCents: [0, 10_000], contactWorthCents: [0, 100_000],
};
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const HOURS = new RegExp(`^(${TIME})-(${TIME}|24:00)$`);
/** Hours that may not be empty: else nothing would ever leave. */
const NEEDED: ReadonlyArray<keyof ConsentPolicy> = ['sendOnWorkdays', 'callOnWorkdays'];

/**
 * @param changes settings that are given
 * @throws CrmError naming the setting that is unknown or cannot be right
 */
export function checkPolicy(changes: Partial<ConsentPolicy>): void {
	for (const [name, value] of Object.entries(changes) as Array<[keyof ConsentPolicy, unknown]>) {
		const strict = STRICT_POLICY[name];
		if (strict === undefined) throw new CrmError(`The contact rules have no setting "${name}"`, `Use one of ${Object.keys(STRICT_POLICY).join(', ')}.`);
		if (value === undefined) continue;
		if (name === 'adultAge') checkAdultAge(value);
		else if (name === 'modelMaySee') checkVariables(value);
		else if (typeof strict === 'boolean' && typeof value !== 'boolean') throw new CrmError(`The setting "${name}" is neither true nor false`, 'Switch it on or off.');
		else if (typeof strict === 'number') checkNumber(name, value);
		else if (typeof strict === 'string') checkHours(name, value);
	}
}

function checkAdultAge(value: unknown): void {
	if (isWhole(value, RANGES.adultAge as [number, number])) return;
	throw new CrmError('The adult age is no whole number from 14 to 99', 'Leave it at 18, unless your data protection adviser says otherwise.');
}

function checkNumber(name: keyof ConsentPolicy, value: unknown): void {
	const [least, most] = RANGES[name] as [number, number];
	if (!isWhole(value, [least, most])) throw new CrmError(`The setting "${name}" is no whole number from ${least} to ${most}`, `The strict value is ${STRICT_POLICY[name]}.`);
}

function checkVariables(value: unknown): void {
	if (Array.isArray(value) && value.every((each) => MODEL_VARIABLES.includes(each))) return;
	throw new CrmError('The setting "modelMaySee" is no list of variables that a language model may see', `Choose from ${MODEL_VARIABLES.join(', ')}; what is about one customer never leaves.`);
}

function isWhole(value: unknown, [least, most]: [number, number]): boolean {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

function checkHours(name: keyof ConsentPolicy, value: unknown): void {
	const [, from = '', to = ''] = (typeof value === 'string' && HOURS.exec(value)) || [];
	if ((value === '' && !NEEDED.includes(name)) || from < to) return;
	throw new CrmError(`The hours "${name}" are no span of a day`, 'Write them as 09:00-20:00; on Saturdays and holidays they may be empty.');
}

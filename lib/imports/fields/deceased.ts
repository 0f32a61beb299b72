import type { Parsed } from '../parsed';
import { parseDate, type DateContext } from './date';
import { yesNo } from './yesNo';

/** Whether a customer has died: a yes, a no, or the date of the death. What is not understood counts as yes: nobody writes to the dead. */
export function deceased(text: string, context: DateContext): Parsed<boolean> {
	const said = yesNo(text);
	if (said === undefined) return {};
	if (said !== 'unclear') return { value: said === 'yes' };
	const { value, problem } = parseDate(text, context);
	if (value !== undefined) return { value: true };
	return problem === undefined ? {} : { value: true, problem: 'DECEASED_UNCLEAR' };
}

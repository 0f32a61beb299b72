import type { Conditions, KnownProperty, Parameters } from './types';

/** Where a parameter stands: the ones beside it, and those of the whole node, which conditions name with a `/`. */
export interface Place {
	properties: readonly KnownProperty[];
	given: Parameters;
	root?: Place;
}

/** Whether n8n works a parameter out anew for each item. */
export function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

/** Whether n8n shows the parameter with what was chosen in the others. Where that is an expression it may be. */
export function isShown({ displayOptions }: KnownProperty, place: Place): boolean {
	const { show = {}, hide = {} } = displayOptions ?? {};
	const holds = (conditions: Conditions) => Object.entries(conditions).map(([name, wanted]) => meets(name, wanted ?? [], place));
	return holds(show).every((met) => met !== 'no') && holds(hide).every((met) => met !== 'yes');
}

function meets(name: string, wanted: unknown[], place: Place): 'yes' | 'no' | 'perhaps' {
	// Of the version, and what compares instead of naming values, only n8n itself knows.
	if (name.startsWith('@') || wanted.some((value) => typeof value === 'object' && value !== null)) return 'perhaps';
	const chosen = name.startsWith('/') ? valueOf(name.slice(1), place.root ?? place) : valueOf(name, place);
	if (isExpression(chosen)) return 'perhaps';
	return [chosen].flat().some((value) => wanted.includes(value)) ? 'yes' : 'no';
}

/** What was entered, or else the default of the parameter that is shown under this name. */
function valueOf(name: string, place: Place): unknown {
	if (place.given[name] !== undefined) return place.given[name];
	return place.properties.find((property) => property.name === name && isShown(property, place))?.default;
}

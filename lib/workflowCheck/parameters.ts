import { isExpression, isShown, type Place } from './shown';
import type { Finding, KnownProperty, Parameters } from './types';

/** Names that a hint lists. */
const LISTED = 30;
/** n8n itself adds them to a node that a language model uses. */
const OF_TOOLS = ['descriptionType', 'toolDescription'];

type Found = Pick<Finding, 'problem' | 'hint'> & { parameter: string };

/** Parameters, at any depth, that the node does not have or does not show, values that it does not offer, and what is missing. */
export function parameterFindings(given: Parameters, properties: readonly KnownProperty[], templates: readonly string[]): Found[] {
	return inPlace({ properties, given }, templates, '');
}

function inPlace(place: Place, templates: readonly string[], path: string): Found[] {
	const found = Object.entries(place.given).flatMap(([name, value]): Found[] => {
		if (OF_TOOLS.includes(name)) return [];
		const parameter = `${path}${name}`;
		const named = place.properties.filter((property) => property.name === name);
		if (named.length === 0) return [{ parameter, problem: 'there is no such parameter', hint: `There are: ${list(place.properties.filter((property) => property.type !== 'notice').map((property) => property.name))}.` }];
		const shown = named.filter((property) => isShown(property, place));
		if (shown.length === 0) return [{ parameter, problem: 'the node does not use it with what is chosen in the others', hint: `Delete it, or choose what it belongs to: ${conditionsOf(named)}.` }];
		if (isExpression(value)) return [];
		// One name may stand for several parameters, of which the panel shows one.
		return shown.map((property) => inValue(value, property, place, templates, parameter)).sort((one, other) => one.length - other.length)[0];
	});
	const missing = path === '' ? place.properties.filter((property) => property.required && isShown(property, place) && isEmpty(place.given[property.name] ?? property.default)) : [];
	return [...found, ...missing.map(({ name }) => ({ parameter: name, problem: 'it is required and empty', hint: 'Enter a value.' }))];
}

function inValue(value: unknown, { type, options = [], modes = [], typeOptions }: KnownProperty, { root, ...here }: Place, templates: readonly string[], parameter: string): Found[] {
	const below = (properties: readonly KnownProperty[], given: unknown, path: string) => inPlace({ properties, given: given as Parameters, root: root ?? here }, templates, path);
	const isObject = typeof value === 'object' && value !== null;
	const wrong = (wanted: string): Found[] => [{ parameter, problem: `${JSON.stringify(value)} is not ${wanted}`, hint: 'Choose it anew on the node’s panel.' }];
	if (typeOptions?.loadOptionsMethod === 'getTemplates') return templateFindings(value, templates, parameter);
	switch (type) {
		case 'collection':
			return isObject ? below(options as KnownProperty[], value, `${parameter}.`) : wrong('a collection');
		case 'fixedCollection':
			return isObject ? Object.entries(value).flatMap(([group, rows]) => {
				const values = (options as Array<{ name: string; values: KnownProperty[] }>).find(({ name }) => name === group)?.values;
				return values ? [rows].flat().flatMap((row) => below(values, row, `${parameter}.${group}.`)) : [{ parameter: `${parameter}.${group}`, problem: 'there is no such group', hint: `There are: ${list(namesOf(options))}.` }];
			}) : wrong('a collection');
		case 'options':
		case 'multiOptions':
			return typeOptions?.loadOptionsMethod ? [] : choiceFindings([value].flat(), (options as Array<{ value: unknown }>).map((option) => option.value), parameter);
		case 'resourceLocator':
			return isObject && namesOf(modes).includes(String((value as { mode?: unknown }).mode)) ? [] : wrong(`chosen in one of the ways ${list(namesOf(modes))}`);
		case 'number':
			return typeof value === 'number' ? [] : wrong('a number');
		case 'boolean':
			return typeof value === 'boolean' ? [] : wrong('true or false');
		default:
			return [];
	}
}

function choiceFindings(chosen: unknown[], offered: unknown[], parameter: string): Found[] {
	return chosen.filter((value) => !isExpression(value) && !offered.includes(value)).map((value) => ({ parameter, problem: `${JSON.stringify(value)} cannot be chosen`, hint: `There are: ${list(offered.map(String))}.` }));
}

function templateFindings(value: unknown, templates: readonly string[], parameter: string): Found[] {
	if (value === '' || templates.includes(String(value))) return [];
	return [{ parameter, problem: `there is no text ${JSON.stringify(value)}`, hint: `Leave it empty for the text of the occasion, or take one of: ${list(templates)}. A text of the shop’s own is made known with --template.` }];
}

function conditionsOf(named: readonly KnownProperty[]): string {
	const one = ({ displayOptions }: KnownProperty) => Object.entries(displayOptions?.show ?? {}).map(([name, values]) => `${name} = ${(values ?? []).join(' or ')}`).join(', ');
	return [...new Set(named.map(one))].filter(Boolean).slice(0, 5).join('; ') || 'see the node’s panel';
}

const namesOf = (parts: readonly unknown[]) => parts.map((part) => (part as { name: string }).name);

function isEmpty(value: unknown): boolean {
	const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return plain === undefined || plain === null || plain === '' || (Array.isArray(plain) && plain.length === 0);
}

function list(names: readonly string[]): string {
	const all = [...new Set(names)];
	return all.slice(0, LISTED).join(', ') + (all.length > LISTED ? ', …' : '');
}

import type { IDisplayOptions, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { bullet, panelText, sentence } from './markdown';

const KINDS: Partial<Record<INodeProperties['type'], string>> = {
	string: 'text', number: 'number', boolean: 'yes or no', options: 'one of', multiOptions: 'any of', dateTime: 'date and time', json: 'JSON',
	collection: 'add what you need', fixedCollection: 'list', filter: 'conditions', resourceMapper: 'field by field', resourceLocator: 'from a list or by ID', hidden: 'hidden',
};
/** So many choices without words of their own still fit in a line. */
const IN_A_LINE = 12;

/** The parameters of a panel as a nested list, in the order of the panel. `implied`: conditions that the heading above has told already. */
export function parameterList(properties: INodeProperties[], implied: string[] = [], depth = 0, root = properties): string {
	return properties.filter(({ type }) => type !== 'notice' && type !== 'hidden').flatMap((property) => parameter(property, { implied, depth, siblings: properties, root })).join('\n');
}

/** What a panel says in its yellow boxes. */
export function notices(properties: INodeProperties[]): string[] {
	return properties.filter(({ type }) => type === 'notice').map(({ displayName, displayOptions }) => `> ${panelText(displayName)}${when(displayOptions, ['resource', 'operation'], properties, properties)}`);
}

interface Around {
	implied: string[];
	depth: number;
	siblings: INodeProperties[];
	root: INodeProperties[];
}

function parameter(property: INodeProperties, { implied, depth, siblings, root }: Around): string[] {
	const { displayName, name, description, hint, placeholder, displayOptions, required } = property;
	const facts = [KINDS[property.type] ?? property.type, ...limits(property), ...preset(property), required && 'required'].filter(Boolean).join(', ');
	const told = [description, hint && `*${hint}*`, typeof placeholder === 'string' && /^e\.g\. /.test(placeholder) && `For example \`${placeholder.slice(5)}\`.`]
		.filter((part): part is string => Boolean(part))
		.map((part) => sentence(panelText(part)));
	const line = bullet(depth, `**${displayName}** \`${name}\` (${facts})${told.length > 0 ? `: ${told.join(' ')}` : ''}${inLine(property)}${when(displayOptions, implied, siblings, root)}`);
	return [line, ...inside(property, depth + 1, root)];
}

const choices = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];
const isChoice = ({ type }: INodeProperties) => type === 'options' || type === 'multiOptions';
const explained = (property: INodeProperties) => isChoice(property) && (choices(property).some(({ description }) => description) || choices(property).length > IN_A_LINE);

function inLine(property: INodeProperties): string {
	if (!isChoice(property) || explained(property)) return '';
	if (property.typeOptions?.loadOptionsMethod) return ' The list comes from the store.';
	return ` Choices: ${choices(property).map(({ name }) => `*${name}*`).join(', ')}.`;
}

function inside(property: INodeProperties, depth: number, root: INodeProperties[]): string[] {
	if (explained(property)) return choices(property).map(({ name, description }) => bullet(depth, `*${name}*${description ? `: ${sentence(panelText(description))}` : ''}`));
	if (property.type === 'collection') return [parameterList(property.options as INodeProperties[], [], depth, root)];
	if (property.type !== 'fixedCollection') return [];
	const groups = property.options as INodePropertyCollection[];
	if (groups.length === 1) return [parameterList(groups[0].values, [], depth, root)];
	return groups.flatMap(({ displayName, values }) => [bullet(depth, displayName), parameterList(values, [], depth + 1, root)]);
}

function limits({ typeOptions: { minValue, maxValue, password, multipleValues } = {} }: INodeProperties): Array<string | false | undefined> {
	const range = minValue !== undefined && maxValue !== undefined ? `${minValue} to ${maxValue}` : minValue !== undefined ? `${minValue} or more` : maxValue !== undefined && `at most ${maxValue}`;
	return [range, password && 'secret', multipleValues && 'as many as you like'];
}

function preset(property: INodeProperties): string[] {
	const { default: value } = property;
	if (isChoice(property)) {
		const names = [value].flat().map((chosen) => choices(property).find((choice) => choice.value === chosen)?.name ?? chosen).filter((name) => name !== '');
		return names.length > 0 ? [`default ${names.map((name) => `*${name as string}*`).join(', ')}`] : [];
	}
	if (property.type === 'boolean') return [`default ${value ? 'yes' : 'no'}`];
	return (typeof value === 'string' || typeof value === 'number') && value !== '' ? [`default \`${String(value)}\``] : [];
}

/** On which choices it is shown, in the words of the panel. */
function when(displayOptions: IDisplayOptions | undefined, implied: string[], siblings: INodeProperties[], root: INodeProperties[]): string {
	const part = (conditions: IDisplayOptions['show'], not: string) =>
		Object.entries(conditions ?? {}).filter(([key]) => !implied.includes(key)).map(([key, values]) => `${inWords(key, (values ?? []) as unknown[], siblings, root, not)}`);
	const all = [...part(displayOptions?.show, ''), ...part(displayOptions?.hide, 'not ')];
	return all.length > 0 ? ` *Shown where ${all.join(' and ')}.*` : '';
}

function inWords(key: string, values: unknown[], siblings: INodeProperties[], root: INodeProperties[], not: string): string {
	const name = key.replace(/^\//, '');
	const candidates = (key.startsWith('/') ? root : [...siblings, ...root]).filter((property) => property.name === name);
	const nameOf = (value: unknown) => {
		if (typeof value === 'boolean') return value ? 'on' : 'off';
		const found = candidates.flatMap((property) => (isChoice(property) ? choices(property) : [])).find((choice) => choice.value === value);
		return found?.name ?? JSON.stringify(value);
	};
	return `${candidates[0]?.displayName ?? name} is ${not}${[...new Set(values.map(nameOf))].join(' or ')}`;
}

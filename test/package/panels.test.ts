import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { CREDENTIALS, NODES } from './support/package';

const ALL = [...NODES.map(({ name, made }) => ({ name, properties: made.description.properties })), ...CREDENTIALS.map(({ name, made }) => ({ name, properties: made.properties }))];

const isChoice = ({ type }: INodeProperties) => type === 'options' || type === 'multiOptions';
/** The properties inside of a collection, one list for each level. */
function inside({ type, options = [] }: INodeProperties): INodeProperties[][] {
	if (type === 'collection') return [options as INodeProperties[]];
	return type === 'fixedCollection' ? (options as INodePropertyCollection[]).map(({ values }) => values) : [];
}
const levels = (properties: INodeProperties[]): INodeProperties[][] => [properties, ...properties.flatMap(inside).flatMap(levels)];
const everyProperty = (properties: INodeProperties[]) => levels(properties).flat();

/** Whether one is of the panel of a language model's tool alone, and the other never there. */
const apart = (one: INodeProperties, other: INodeProperties) => Boolean(one.displayOptions?.hide?.['@tool'] && other.displayOptions?.show?.['@tool']);

/** Whether both can be on the panel at the same time, as far as `show` tells. */
function overlap(one: INodeProperties, other: INodeProperties): boolean {
	if (apart(one, other) || apart(other, one)) return false;
	const [a, b] = [one.displayOptions?.show ?? {}, other.displayOptions?.show ?? {}];
	return Object.keys(a).every((key) => !b[key] || a[key]?.some((value) => b[key]?.includes(value)));
}

describe.each(ALL)('the panel of $name', ({ properties }) => {
	it('never shows two parameters of one name', () => {
		const twice = levels(properties).flatMap((level) =>
			level.flatMap((one, index) => level.slice(index + 1).filter((other) => one.name === other.name && overlap(one, other)).map(({ name }) => name)),
		);
		expect(twice).toEqual([]);
	});

	it('says what a parameter is for where its name does not', () => {
		const unexplained = everyProperty(properties).filter(({ type, description, hint }) => ['boolean', 'number', 'json', 'dateTime'].includes(type) && !description && !hint);
		// A port is a port.
		expect(unexplained.map(({ name }) => name).filter((name) => name !== 'port')).toEqual([]);
		for (const { type, description } of everyProperty(properties)) if (type === 'boolean') expect(description).toMatch(/^Whether /);
	});

	it('has defaults that can be chosen, and offers each choice once', () => {
		for (const { name, type, options, default: preset, typeOptions } of everyProperty(properties).filter(isChoice)) {
			const values = (options as INodePropertyOptions[] | undefined)?.map(({ value }) => value) ?? [];
			expect(new Set(values).size).toBe(values.length);
			if (typeOptions?.loadOptionsMethod) continue;
			for (const chosen of type === 'multiOptions' ? (preset as string[]) : [preset]) expect({ name, values }).toEqual({ name, values: expect.arrayContaining([chosen]) });
		}
	});

	it('depends only on parameters that are there', () => {
		const names = new Set(everyProperty(properties).map(({ name }) => name));
		const conditions = everyProperty(properties).flatMap(({ displayOptions }) => Object.keys({ ...displayOptions?.show, ...displayOptions?.hide }));
		// What n8n itself knows of a node begins with an @.
		expect(conditions.map((condition) => condition.replace(/^\//, '')).filter((condition) => !condition.startsWith('@') && !names.has(condition))).toEqual([]);
	});

	it('hides what is secret', () => {
		const open = everyProperty(properties).filter(({ name, typeOptions }) => /password|secret|token/i.test(name) && !typeOptions?.password);
		expect(open.map(({ name }) => name)).toEqual([]);
	});
});

describe.each(NODES)('$name', ({ made: { description, methods } }) => {
	const onItems = description.properties.find(({ name, type }) => name === 'notice' && type === 'notice');

	it('tells in a notice what it reads and writes, or how its page is used', () => {
		if (description.name === 'opticalCrm') return;
		expect(onItems?.displayName.length).toBeGreaterThan(40);
	});

	it('names every output where there is more than one', () => {
		if (!Array.isArray(description.outputs) || description.outputs.length < 2) return;
		expect(description.outputNames).toHaveLength(description.outputs.length);
	});

	it('has the list that a drop-down loads', () => {
		const loaders = everyProperty(description.properties).flatMap(({ typeOptions }) => typeOptions?.loadOptionsMethod ?? []);
		expect(loaders.filter((loader) => !methods?.loadOptions?.[loader as string])).toEqual([]);
	});

	it('has the fields that a resource mapper offers', () => {
		const mappers = everyProperty(description.properties).flatMap(({ typeOptions }) => typeOptions?.resourceMapper?.resourceMapperMethod ?? []);
		expect(mappers.filter((mapper) => !methods?.resourceMapping?.[mapper])).toEqual([]);
	});

	it('offers operations with a sentence for the node panel', () => {
		const operations = description.properties.filter(({ name }) => name === 'operation').flatMap(({ options }) => options as INodePropertyOptions[]);
		for (const { action, description: told } of operations) expect([action, told]).toEqual([expect.stringMatching(/^[A-Z]/), expect.any(String)]);
	});
});

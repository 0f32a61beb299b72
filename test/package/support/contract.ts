import type { ICredentialType, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** What saved workflows rely on: for each typeVersion of a node one line for each thing that may not go away. */
export type Contract = Record<string, string[]>;

/** Every line of a node's contract, by typeVersion. A workflow that was saved with one of these versions must go on as it was. */
export function contractOf({ description }: Pick<INodeType, 'description'>): Contract {
	const versions = [description.version].flat();
	return Object.fromEntries(versions.map((version) => [String(version), linesOf(description, version)]));
}

/** A credential has no versions: what is saved is decrypted into whatever fields there are. */
export function fieldsOf({ properties }: ICredentialType): string[] {
	return properties.flatMap((property) => propertyLines(property, '', undefined)).sort();
}

function linesOf({ properties, inputs, outputs, outputNames, credentials = [], webhooks = [], polling }: INodeTypeDescription, version: number): string[] {
	return [
		...lines('input', inputs),
		...lines('output', outputs),
		...(outputNames ?? []).map((name, index) => `output ${index} is named ${name}`),
		...credentials.flatMap(({ name, displayOptions }) => conditions(displayOptions).map((where) => `credential ${name}${where}`)),
		...webhooks.map(({ name, httpMethod, path, isFullPath }) => `webhook ${name} ${String(httpMethod)} ${path}${isFullPath ? ' as full path' : ''}`),
		...(polling ? ['polls'] : []),
		...properties.filter(({ displayOptions }) => isFor(displayOptions?.show?.['@version'], version)).flatMap((property) => propertyLines(property, '', version)),
	].sort();
}

function lines(what: string, given: unknown): string[] {
	return Array.isArray(given) ? given.map((each, index) => `${what} ${index}: ${typeof each === 'string' ? each : JSON.stringify(each)}`) : [`${what}s: ${String(given)}`];
}

/** What is only shown holds no value. */
const HOLDS_NOTHING = ['notice', 'callout', 'button'];

function propertyLines(property: INodeProperties, inside: string, version: number | undefined): string[] {
	const { name, type, default: preset, displayOptions, options = [] } = property;
	if (HOLDS_NOTHING.includes(type)) return [];
	const path = `${inside}${name}`;
	const everywhere = (line: string) => conditions(displayOptions).map((where) => line + where);
	const below = (nested: INodeProperties[], name_: string) => nested.flatMap((each) => propertyLines(each, `${name_}.`, version));
	// n8n does not save what is as preset: another preset changes workflows that are saved.
	const own = everywhere(`${path}: ${type} = ${JSON.stringify(preset)}`);
	if (type === 'collection') return [...own, ...below(options as INodeProperties[], path)];
	if (type === 'fixedCollection') return [...own, ...(options as INodePropertyCollection[]).flatMap((group) => below(group.values, `${path}.${group.name}`))];
	const values = type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]).flatMap(({ value }) => everywhere(`${path} may be ${JSON.stringify(value)}`)) : [];
	return [...own, ...values];
}

/** Where something is shown, one text for each case: to be shown in one more case takes nothing away. */
function conditions(options: { show?: Record<string, unknown>; hide?: Record<string, unknown> } | undefined): string[] {
	const named = (by: Record<string, unknown> = {}) => Object.entries(by).filter(([key]) => key !== '@version');
	const cases = named(options?.show).reduce<string[]>((before, [key, values]) => before.flatMap((text) => (values as unknown[]).map((value) => `${text} where ${key} is ${JSON.stringify(value)}`)), ['']);
	const hidden = named(options?.hide).map(([key, values]) => ` unless ${key} ${JSON.stringify(values)}`).join('');
	return cases.map((text) => text + hidden);
}

/** Whether a condition on the version, a list of numbers or of comparisons as n8n has them, takes this one. */
function isFor(wanted: unknown, version: number): boolean {
	if (wanted === undefined) return true;
	const compare: Record<string, (than: number) => boolean> = { gte: (than) => version >= than, gt: (than) => version > than, lte: (than) => version <= than, lt: (than) => version < than, eq: (than) => version === than, not: (than) => version !== than };
	return (wanted as unknown[]).some((one) => {
		if (typeof one === 'number') return one === version;
		const [[name, than]] = Object.entries((one as { _cnd: Record<string, number> })._cnd);
		return compare[name](than);
	});
}

/** What a change takes away and what it adds, one sentence each. */
export function changesOf(recorded: Contract, now: Contract): { broken: string[]; added: string[] } {
	const all = (one: Contract, other: Contract) => Object.entries(one).flatMap(([version, kept]) => kept.filter((line) => !other[version]?.includes(line)).map((line) => `version ${version}: ${line}`));
	return { broken: all(recorded, now), added: all(now, recorded) };
}

import { readdirSync } from 'node:fs';
import type { IDataObject, INodeParameters, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { OPERATIONS } from '../../../nodes/OpticalCrm/actions';
import { OpticalCrm } from '../../../nodes/OpticalCrm/OpticalCrm.node';
import { TOOL_OPERATIONS } from '../../../nodes/OpticalCrm/tool';
import { without } from '../../../nodes/OpticalCrm/toolViews';
import { runNode } from '../../support/runNode';
import { failure, openShop, type TestShop } from '../support/shop';

const { properties } = new OpticalCrm().description;
/** What the panel of the tool offers. */
const offered = (name: string, more: Record<string, string> = {}) =>
	properties.find(({ name: own, displayOptions }) => own === name && displayOptions?.show?.['@tool']?.[0] === true && Object.entries(more).every(([field, value]) => displayOptions.show?.[field]?.includes(value))) as INodeProperties;
const values = ({ options }: INodeProperties) => (options as INodePropertyOptions[]).map(({ value }) => String(value)).sort();

describe('which nodes a language model may use', () => {
	it('are those that only read', () => {
		const folders = readdirSync('nodes', { withFileTypes: true }).filter((entry) => entry.isDirectory() && !['icons', 'shared'].includes(entry.name)).map(({ name }) => name);
		const tools = folders.filter((name) => {
			const { [name]: Node } = require(`../../../nodes/${name}/${name}.node`) as Record<string, new () => INodeType>;
			return Boolean(new Node().description.usableAsTool);
		});
		expect(tools.sort()).toEqual(['CrmReport', 'OpticalCrm']);
	});
});

describe('Optical CRM as a tool', () => {
	it('offers what a model may do, and nothing else', () => {
		expect(values(offered('resource'))).toEqual(Object.keys(TOOL_OPERATIONS).sort());
		for (const [resource, operations] of Object.entries(TOOL_OPERATIONS)) {
			expect(values(offered('operation', { resource }))).toEqual(Object.keys(operations).sort());
			for (const operation of Object.keys(operations)) expect(OPERATIONS[resource][operation]).toBeDefined();
		}
	});

	it('tells the model of each operation what it is for', () => {
		const told = Object.entries(TOOL_OPERATIONS).flatMap(([resource, operations]) => Object.keys(operations).map((operation) => offered('toolDescription', { resource, operation }).default as string));
		for (const text of told) expect(text.length).toBeGreaterThan(60);
		expect(new Set(told).size).toBe(told.length);
	});

	it('offers a person everything', () => {
		const all = properties.filter(({ name, displayOptions }) => name === 'resource' && displayOptions?.hide?.['@tool']?.[0] === true);
		expect(all.map(values)).toEqual([Object.keys(OPERATIONS).sort()]);
	});

	// Health data stay where they are.
	it.each(['exam', 'equipment'])('reads no %s', (resource) => expect(TOOL_OPERATIONS[resource]).toBeUndefined());
});

describe('what comes out of it', () => {
	let shop: TestShop;
	beforeAll(async () => void (shop = await openShop()));
	afterAll(async () => await shop.close());
	const ask = async (resource: string, operation: string, parameters: INodeParameters = {}, asTool = true) =>
		(await runNode(OpticalCrm, { credentials: shop.credentials, asTool, parameters: { resource, operation, ...parameters } }))[0].map(({ json }) => json as IDataObject);

	it('is no more than the first customers, by name and by the ways to reach them', async () => {
		await shop.customers(60);
		await ask('customer', 'upsert', { code: 'C9', firstName: 'Giulia', lastName: 'Conti', additionalFields: { email: 'giulia@posta.example', mobile: '333 1234567', birthDate: '1979-04-26' } }, false);
		expect(await ask('customer', 'getAll', { returnAll: true })).toHaveLength(25);
		const [one] = await ask('customer', 'get', { customer: { __rl: true, mode: 'code', value: 'C9' } });
		expect(one).toEqual({ id: expect.any(Number), code: 'C9', firstName: 'Giulia', lastName: 'Conti', reachableBy: ['email', 'mobile'] });
	});

	const writing = Object.entries(OPERATIONS).flatMap(([resource, operations]) => Object.keys(operations).filter((operation) => !TOOL_OPERATIONS[resource]?.[operation]).map((operation) => [resource, operation]));
	it.each(writing)('nothing for %s > %s', async (resource, operation) => {
		expect(await failure(ask(resource, operation))).toMatchObject({ message: expect.stringContaining('A language model may look at the store'), description: expect.stringContaining('a person starts') });
	});

	it('leaves fields out however deep they stand', () => {
		expect(without('value')({ a: [{ value: 1, kept: { value: 2, other: 3 } }], value: 4 })).toEqual({ a: [{ kept: { other: 3 } }] });
	});
});

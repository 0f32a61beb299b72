import { checkWorkflow } from '../../../lib/workflowCheck/check';
import type { Known, WorkflowNode } from '../../../lib/workflowCheck/types';

const forOperation = (...operation: string[]) => ({ show: { operation } });
const KNOWN: Known = {
	templates: ['birthday', 'recall.vision'],
	nodes: [
		{
			name: 'crm', version: 1, inputs: ['main'], outputs: ['main', 'main'], usableAsTool: true,
			properties: [
				{ name: 'operation', type: 'options', options: [{ value: 'get' }, { value: 'save' }], default: 'get' },
				{ name: 'code', type: 'string', default: '', required: true, displayOptions: forOperation('get') },
				{ name: 'count', type: 'number', default: 1, displayOptions: forOperation('save') },
				{ name: 'template', type: 'options', default: '', typeOptions: { loadOptionsMethod: 'getTemplates' }, displayOptions: forOperation('save') },
				{ name: 'options', type: 'collection', default: {}, displayOptions: forOperation('save'), options: [
					{ name: 'loud', type: 'boolean', default: false },
					{ name: 'kinds', type: 'multiOptions', options: [{ value: 'a' }, { value: 'b' }], default: [] },
					{ name: 'spans', type: 'fixedCollection', default: {}, options: [{ name: 'span', values: [{ name: 'from', type: 'string', default: '' }] }] },
				] },
				{ name: 'customer', type: 'resourceLocator', default: {}, modes: [{ name: 'code' }], displayOptions: forOperation('save') },
			],
		},
		{ name: 'due', version: [1, 2], inputs: [], outputs: ['main'], polling: true, properties: [] },
	],
};
const SETTINGS = { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveDataErrorExecution: 'all', saveManualExecutions: false, saveExecutionProgress: false };
const crm = (parameters: object, changes: Partial<WorkflowNode> = {}): WorkflowNode => ({ name: 'CRM', type: 'n8n-nodes-optical-crm.crm', typeVersion: 1, parameters: { ...parameters }, ...changes });
const DUE: WorkflowNode = { name: 'Due', type: 'n8n-nodes-optical-crm.due', typeVersion: 2, parameters: { pollTimes: { item: [] } } };
const workflow = (node: WorkflowNode, changes: object = {}) => ({ nodes: [DUE, node], connections: { Due: { main: [[{ node: node.name }]] } }, settings: SETTINGS, ...changes });
const found = (given: unknown, options = {}) => checkWorkflow(given, KNOWN, options).map(({ node, parameter, problem }) => [node, parameter, problem].filter((part) => part !== undefined).join(': '));
const save = (parameters: object) => found(workflow(crm({ operation: 'save', ...parameters })));

it('finds nothing in what is right, with expressions where they may stand', () => {
	expect(save({ count: 3, template: 'recall.vision', options: { loud: true, kinds: ['a'], spans: { span: [{ from: '9' }] } }, customer: { mode: 'code', value: 'x' } })).toEqual([]);
	expect(save({ count: '={{ 1 }}', template: '={{ $json.t }}', options: { kinds: '={{ [] }}' } })).toEqual([]);
	expect(found(workflow(crm({ operation: '={{ $json.do }}', code: 'x', count: 2 })))).toEqual([]);
	expect(found(workflow(crm({ code: 'x', toolDescription: 'x' }, { type: 'n8n-nodes-optical-crm.crmTool' })))).toEqual([]);
});

it.each([
	['a parameter that is not there', { colour: 1 }, 'CRM: colour: there is no such parameter'],
	['one of another operation', { code: 'x' }, 'CRM: code: the node does not use it with what is chosen in the others'],
	['a member that is not there', { options: { quiet: true } }, 'CRM: options.quiet: there is no such parameter'],
	['a group that is not there', { options: { spans: { day: [] } } }, 'CRM: options.spans.day: there is no such group'],
	['a field of a group', { options: { spans: { span: [{ to: '9' }] } } }, 'CRM: options.spans.span.to: there is no such parameter'],
	['a choice that is not offered', { options: { kinds: ['a', 'z'] } }, 'CRM: options.kinds: "z" cannot be chosen'],
	['a text that is not there', { template: 'recal.vision' }, 'CRM: template: there is no text "recal.vision"'],
	['a word for a number', { count: 'many' }, 'CRM: count: "many" is not a number'],
	['a way to choose', { customer: { mode: 'shoe', value: 'x' } }, 'CRM: customer: {"mode":"shoe","value":"x"} is not chosen in one of the ways code'],
])('finds %s', (_, parameters, expected) => {
	expect(save(parameters)).toEqual([expected]);
});

it('finds what is required and empty, an operation, a node and a version that are not there', () => {
	expect(found(workflow(crm({})))).toEqual(['CRM: code: it is required and empty']);
	expect(found(workflow(crm({ operation: 'burn' })))).toEqual(['CRM: operation: "burn" cannot be chosen']);
	expect(found(workflow(crm({}, { type: 'n8n-nodes-optical-crm.crn' })))).toEqual(['CRM: there is no node n8n-nodes-optical-crm.crn']);
	expect(found(workflow(crm({ code: 'x' }, { typeVersion: 3 })))).toEqual(['CRM: the node has no version 3']);
	expect(found({ ...workflow(crm({ code: 'x' })), nodes: [{ ...DUE, parameters: {} }, crm({ code: 'x' })] })).toEqual(['Due: pollTimes: the times of the trigger are missing']);
});

it('finds connections that lead nowhere, outputs too many, twins and what is alone', () => {
	const node = crm({ code: 'x' });
	expect(found(workflow(node, { connections: { Due: { main: [[{ node: 'CRN' }]] } } }))).toEqual(['Due: it leads to "CRN", which is not there', 'CRM: nothing is connected to it']);
	expect(found(workflow(node, { connections: { Due: { main: [[{ node: 'CRM' }], [{ node: 'CRM' }]] } } }))).toEqual(['Due: it has 1 outputs, and 2 are connected']);
	expect(found(workflow(node, { connections: { Due: { main: [[{ node: 'CRM' }]] }, Old: { main: [] } } }))).toEqual(['Old: connections begin at it, and it is not there']);
	expect(found(workflow(node, { nodes: [DUE, node, { ...node }] }))).toEqual(['CRM: two nodes have this name']);
});

it('finds what a file must not carry along, save in a running n8n', () => {
	const node = crm({ code: 'x' }, { credentials: { opticalCrmStoreApi: { id: '1', name: 'Store' } } });
	expect(found(workflow(node))).toEqual(['CRM: it names the credentials of one n8n: opticalCrmStoreApi']);
	expect(found(workflow(node), { inUse: true })).toEqual([]);
	expect(found(workflow(crm({ code: 'x' }), { pinData: { Due: [{ json: {} }] }, staticData: { last: 1 } }))).toEqual(['Due: its output is pinned, and the file holds it', 'the file holds static data of the n8n where it ran']);
});

it.each([
	['saveDataSuccessExecution', 'all'],
	['saveDataErrorExecution', undefined],
	['saveManualExecutions', true],
	['saveExecutionProgress', undefined],
])('finds that n8n would keep the runs: %s', (name, value) => {
	expect(found(workflow(crm({ code: 'x' }), { settings: { ...SETTINGS, [name]: value } }))).toEqual([`settings.${name}: it is ${JSON.stringify(value ?? 'not set')}: n8n would keep customers’ data of the runs`]);
	expect(found(workflow(crm({ code: 'x' }), { settings: { ...SETTINGS, saveDataErrorExecution: 'none' } }))).toEqual([]);
});

it.each([null, 3, {}, { nodes: [], connections: [] }, { nodes: [{}], connections: {} }])('says that %j is no workflow', (given) => {
	expect(found(given)).toEqual(['the file is no workflow of n8n']);
});

it('every finding says how to go on', () => {
	const all = checkWorkflow(workflow(crm({ operation: 'save', colour: 1, code: 'x', template: 'x' }), { settings: {} }), KNOWN);
	expect(all).toHaveLength(7);
	for (const { hint } of all) expect(hint).toMatch(/^.{10,}\.$/);
});

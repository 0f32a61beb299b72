import type { IWorkflowBase } from 'n8n-workflow';
import { filesIn, PACKAGE, readJson } from './support/package';

const BASELINES = filesIn('demo/baseline', '.json').map((file) => ({ file, workflow: readJson(file) as IWorkflowBase }));

it('there are two baselines, and none is published', () => {
	expect(BASELINES.map(({ file }) => file).sort()).toEqual(['demo/baseline/expert.json', 'demo/baseline/no-code.json']);
	expect(PACKAGE.files.filter((published: string) => published.startsWith('demo'))).toEqual([]);
});

describe.each(BASELINES)('$file', ({ workflow: { nodes, connections, settings } }) => {
	it('is made of nodes that n8n brings, all of them connected, and explains itself on the canvas', () => {
		for (const { type } of nodes) expect(type).toMatch(/^n8n-nodes-base\./);
		const reached = Object.values(connections).flatMap(({ main }) => (main ?? []).flatMap((output) => (output ?? []).map(({ node }) => node)));
		const [notes, others] = [nodes.filter(({ type }) => type.endsWith('.stickyNote')), nodes.filter(({ type }) => !type.endsWith('.stickyNote'))];
		expect(others.filter(({ name, type }) => !type.endsWith('Trigger') && !reached.includes(name))).toEqual([]);
		expect(notes.map(({ parameters }) => parameters.content)).toEqual([expect.stringMatching(/^## .+\n\n.{60,}/s)]);
	});

	it('asks n8n to keep as little as the bundled workflows do, so that they can be compared', () => {
		expect(settings).toEqual((readJson('workflows/10-relational-birthday.json') as IWorkflowBase).settings);
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
	});
});

it('without code there is no code, and the expert reads no table row by row', () => {
	const [expert, noCode] = [...BASELINES].sort((one, other) => (one.file < other.file ? -1 : 1)).map(({ workflow }) => workflow.nodes);
	expect(noCode.filter(({ type, parameters }) => type.endsWith('.code') || parameters.operation === 'executeQuery')).toEqual([]);
	expect(expert.filter(({ type }) => type.endsWith('.postgres')).map(({ parameters }) => parameters.operation)).toEqual(['executeQuery', 'executeQuery']);
});

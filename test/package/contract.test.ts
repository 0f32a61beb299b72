import { existsSync } from 'node:fs';
import path from 'node:path';
import { changesOf, contractOf, fieldsOf, type Contract } from './support/contract';
import { CREDENTIALS, NODES, readJson, ROOT } from './support/package';

const HOW_TO_GO_ON = `
Workflows that are saved at shops rely on every line above. Choose one:
1. Leave it as it was, and add what is new beside it.
2. Give the node a new typeVersion and keep the old one working: docs/contributing/node-versions.md tells how.
3. Only as long as this version of the node was never published: npm run contract -- --unreleased`;
const RECORD = '\nNothing is broken by it. Write it down, so that it stays: npm run contract';

/** Jest shows what stands in the error, not what was compared with what. */
function holds(what: string, recorded: Contract, now: Contract): void {
	const { broken, added } = changesOf(recorded, now);
	if (broken.length > 0) throw new Error(`${what} no longer has:\n  ${broken.join('\n  ')}\n${HOW_TO_GO_ON}`);
	if (added.length > 0) throw new Error(`${what} has, and it is not written down:\n  ${added.join('\n  ')}\n${RECORD}`);
}

const recordedOf = (file: string): Contract => (existsSync(path.join(ROOT, file)) ? readJson(file) : {});

it.each(NODES)('$name keeps what workflows of each of its versions rely on', ({ name, made }) => {
	holds(name, recordedOf(`test/package/contract/${name}.json`), contractOf(made));
});

it.each(CREDENTIALS)('$name keeps the fields that are saved', ({ name, made }) => {
	holds(name, { any: recordedOf('test/package/contract/credentials.json')[name] ?? [] }, { any: fieldsOf(made) });
});

describe('the guard', () => {
	const node = (changes: object = {}, property: object = {}) => ({
		description: { version: 1, inputs: ['main'], outputs: ['main', 'main'], outputNames: ['Sent', 'Not Sent'], credentials: [{ name: 'one' }], properties: [{ name: 'kind', displayName: 'Kind', type: 'options', default: 'a', options: [{ name: 'A', value: 'a' }, { name: 'B', value: 'b' }], ...property }], ...changes } as never,
	});
	const broken = (changes: object, property?: object) => changesOf(contractOf(node()), contractOf(node(changes, property))).broken;

	it.each([
		['a parameter of another name', {}, { name: 'sort' }],
		['a parameter of another type', {}, { type: 'string' }],
		['another preset', {}, { default: 'b' }],
		['a choice that is gone', {}, { options: [{ name: 'A', value: 'a' }] }],
		['a parameter that hides', {}, { displayOptions: { show: { other: ['x'] } } }],
		['an output that is gone', { outputs: ['main'], outputNames: ['Sent'] }, {}],
		['outputs that change places', { outputNames: ['Not Sent', 'Sent'] }, {}],
		['another credential', { credentials: [{ name: 'two' }] }, {}],
		['a version that is gone', { version: 2 }, {}],
	])('finds %s', (_, changes, property) => {
		expect(broken(changes, property)).not.toEqual([]);
	});

	it('lets names, new choices, new parameters and new versions be', () => {
		const more = [{ name: 'A', value: 'a', description: 'more' }, { name: 'Bee', value: 'b' }, { name: 'C', value: 'c' }];
		expect(broken({}, { displayName: 'Sort', options: more })).toEqual([]);
		expect(broken({ version: [1, 1.1] })).toEqual([]);
		const now = contractOf(node({ version: [1, 2], properties: [...node().description['properties'], { name: 'new', type: 'string', default: '', displayOptions: { show: { '@version': [{ _cnd: { gte: 2 } }] } } }] }));
		expect(now['1'].some((line) => line.startsWith('new:'))).toBe(false);
		expect(now['2'].some((line) => line.startsWith('new:'))).toBe(true);
	});
});

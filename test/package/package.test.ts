import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installedFor, LOCKED } from './support/installed';
import { CREDENTIALS, NODES, PACKAGE, readJson, ROOT } from './support/package';

/** The categories that n8n's node panel knows. */
const CATEGORIES = ['Analytics', 'Communication', 'Core Nodes', 'Data & Storage', 'Development', 'Finance & Accounting', 'Marketing', 'Miscellaneous', 'Productivity', 'Sales', 'Utility'];

const built = (file: string) => `dist/${file.replace(/\.ts$/, '.js')}`;
const withSmallInitial = (name: string) => name[0].toLowerCase() + name.slice(1);

it('lists every node and credential that there is, and no other', () => {
	expect([...PACKAGE.n8n.nodes].sort()).toEqual(NODES.map(({ file }) => built(file)).sort());
	expect([...PACKAGE.n8n.credentials].sort()).toEqual(CREDENTIALS.map(({ file }) => built(file)).sort());
	expect(PACKAGE.keywords).toContain('n8n-community-node-package');
});

it.each(NODES)('$name is named like its folder, and so is its codex', ({ name, file, made: { description } }) => {
	expect(file).toBe(`nodes/${name}/${name}.node.ts`);
	expect(description.name).toBe(withSmallInitial(name));
	const codex = readJson(file.replace(/\.ts$/, '.json'));
	expect(codex).toMatchObject({ node: `n8n-nodes-optical-crm.${description.name}`, codexVersion: '1.0' });
	expect(Number(codex.nodeVersion)).toBe(description.version);
	expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories));
	// A search in the shop's language finds it.
	expect(codex.alias.length).toBeGreaterThan(1);
});

it.each(CREDENTIALS)('$name is named like its file, used by a node, and has a test that exists', ({ name, made }) => {
	expect(made.name).toBe(withSmallInitial(name));
	const uses = NODES.flatMap(({ made: node }) => (node.description.credentials ?? []).filter((used) => used.name === made.name).map(({ testedBy }) => ({ node, testedBy })));
	expect(uses.length).toBeGreaterThan(0);
	const tests = uses.flatMap(({ node, testedBy }) => (testedBy ? [node.methods?.credentialTest?.[testedBy as string]] : []));
	// By a function of a node, or by a request of its own.
	expect([...tests, ...(made.test ? [made.test.request.url] : [])]).toEqual([made.test ? expect.any(String) : expect.any(Function)]);
});

it('uses no credential that the package does not bring', () => {
	const known = CREDENTIALS.map(({ made }) => made.name);
	expect(NODES.flatMap(({ made }) => made.description.credentials ?? []).map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

it.each([...NODES.map(({ name, file, made }) => ({ name, file, icon: made.description.icon })), ...CREDENTIALS.map(({ name, file, made }) => ({ name, file, icon: made.icon }))])(
	'$name has an icon for light and for dark',
	({ file, icon }) => {
		const { light, dark } = icon as { light: string; dark: string };
		const [one, other] = [light, dark].map((named) => readFileSync(path.join(ROOT, path.dirname(file), named.replace(/^file:/, '')), 'utf8'));
		for (const svg of [one, other]) {
			expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
			expect(svg).not.toMatch(/<script|href=|<image/);
		}
		expect(one).not.toBe(other);
	},
);

describe('what is installed with it', () => {
	/** Their scripts only look at the version of Node and of what asked for them, and make nothing that would be missed. */
	const CHECKS_ONLY = ['node_modules/@whiskeysockets/baileys', 'node_modules/protobufjs'];

	it('has no install script: n8n runs none', () => {
		const places = [...installedFor('')];
		expect(places.length).toBeGreaterThanOrEqual(Object.keys(PACKAGE.dependencies).length);
		expect(places.filter((place) => LOCKED[place].hasInstallScript && !CHECKS_ONLY.includes(place))).toEqual([]);
	});

	it('has one libsignal: the one that is kept from printing keys is the one that Baileys uses', () => {
		expect(Object.keys(LOCKED).filter((place) => place.endsWith('node_modules/libsignal'))).toEqual(['node_modules/libsignal']);
	});

	it('asks for exact versions, and for n8n-workflow as a peer only', () => {
		expect(Object.values(PACKAGE.dependencies).filter((version) => !/^\d+\.\d+\.\d+(-rc\d+)?$/.test(version as string))).toEqual([]);
		expect(PACKAGE.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(PACKAGE.dependencies).toEqual(LOCKED[''].dependencies);
	});

	it('needs no step at its own installation', () => {
		expect(Object.keys(PACKAGE.scripts).filter((script) => /^(pre|post)?install$|^prepare$/.test(script))).toEqual([]);
	});

	it('publishes only what is there', () => {
		expect(PACKAGE.files.filter((file: string) => file !== 'dist' && !existsSync(path.join(ROOT, file)))).toEqual([]);
	});
});

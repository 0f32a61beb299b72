import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { N8nClient } from '../../demo/setup/n8nClient';
import { projectRoot } from '../../demo/setup/paths';

/** Nodes and credentials of package.json that this n8n has not loaded, or in another version than the one that is described. */
export async function missingTypes(client: N8nClient): Promise<string[]> {
	const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { name: string; n8n: { nodes: string[]; credentials: string[] } };
	const described = JSON.parse(readFileSync(path.join(projectRoot, 'dist', 'catalogue.json'), 'utf8')) as { name: string; version: number | number[] }[];
	const loaded = await client.loadedTypes();
	const nodes = described.filter(({ name, version }) => !loaded.nodes.some((node) => node.name === `${manifest.name}.${name}` && String(node.version) === String(version)));
	const listed = manifest.n8n.credentials.map((file) => path.basename(file, '.credentials.js')).map((name) => name[0].toLowerCase() + name.slice(1));
	const credentials = listed.filter((wanted) => !loaded.credentials.some(({ name }) => name === wanted));
	return [...nodes.map(({ name }) => name), ...credentials];
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** The project's folder. */
export const ROOT = path.join(__dirname, '..', '..');

export const readText = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What n8n loads: the nodes and the credentials, in the order of `package.json`. */
export const NODES: INodeTypeDescription[] = listed('nodes').map((file) => made<INodeType>(file).description);
export const CREDENTIALS: ICredentialType[] = listed('credentials').map((file) => made<ICredentialType>(file));

/** A bundled workflow, as far as its page tells of it. */
export interface Bundled {
	file: string;
	name: string;
	nodes: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
}

export const WORKFLOWS: Bundled[] = readdirSync(path.join(ROOT, 'workflows'))
	.filter((file) => file.endsWith('.json'))
	.sort()
	.map((file) => ({ ...JSON.parse(readText(`workflows/${file}`)), file }));

function listed(kind: 'nodes' | 'credentials'): string[] {
	const { n8n } = JSON.parse(readText('package.json')) as { n8n: Record<typeof kind, string[]> };
	return n8n[kind].map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}

function made<Kind>(file: string): Kind {
	const name = path.basename(file).replace(/\.(node|credentials)\.ts$/, '');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- Which files there are is known only when it runs.
	const { [name]: Made } = require(path.join(ROOT, file)) as Record<string, new () => Kind>;
	return new Made();
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BundledWorkflow } from './entries';

const OURS = 'n8n-nodes-optical-crm.';
const ICONS = path.join(__dirname, '..', '..', 'nodes');
const drawn = new Map<string, string | undefined>();

/** The kinds of our nodes in a workflow, once each, with what the editor needs to draw them. */
export function nodesOf({ nodes }: BundledWorkflow) {
	const types = [...new Set(nodes.map(({ type }) => type).filter((type) => type.startsWith(OURS)))];
	return types.map((type, index) => {
		const folder = type.slice(OURS.length).replace(/^./, (first) => first.toUpperCase());
		const fileBuffer = iconOf(folder);
		return {
			id: index + 1,
			name: type,
			displayName: folder.replace(/([a-z])([A-Z])/g, '$1 $2'),
			icon: `file:${folder}.svg`,
			defaults: {},
			categories: [],
			...(fileBuffer && { iconData: { type: 'file', fileBuffer } }),
		};
	});
}

/** The icon of a node as a data address; a node names its own in its source, and the build keeps it beside. */
function iconOf(folder: string): string | undefined {
	if (!drawn.has(folder)) drawn.set(folder, readIcon(folder));
	return drawn.get(folder);
}

function readIcon(folder: string): string | undefined {
	const source = [`${folder}.node.js`, `${folder}.node.ts`].map((file) => textOf(path.join(ICONS, folder, file))).find(Boolean) ?? '';
	const named = /light: 'file:([\w./]+\.svg)'/.exec(source)?.[1];
	const svg = named && textOf(path.join(ICONS, folder, named));
	return svg ? `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` : undefined;
}

function textOf(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

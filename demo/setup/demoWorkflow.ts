import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './paths';

export interface DemoNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

/**
 * A bundled workflow with something of it entered or chosen, as a consultant would in the editor.
 * @param folder where the copy is kept
 * @param change gets each node
 * @returns the copy's path
 */
export async function demoWorkflow(folder: string, file: string, change: (node: DemoNode) => void): Promise<string> {
	const workflow = JSON.parse(await readFile(path.join(projectRoot, 'workflows', file), 'utf8')) as { nodes: DemoNode[] };
	workflow.nodes.forEach(change);
	const copy = path.join(folder, file);
	await writeFile(copy, JSON.stringify(workflow));
	return copy;
}

/** Everything is listened to and sent on every channel, for all of which the demo has an account. */
export function onEveryChannel({ type, parameters }: DemoNode): void {
	if (type.endsWith('.sendMessage')) parameters.channels = ['email', 'sms', 'whatsapp', 'push', 'letter'];
	if (type.endsWith('.customerReplyTrigger')) parameters.channels = ['sms', 'whatsapp'];
}

/** Messages go by the first channel of these that the customer's consents allow; what is to be a call stays one. */
export function byTheFirstAllowed({ type, parameters }: DemoNode): void {
	const { channels } = parameters as { channels?: string[] };
	if (!type.endsWith('.consentCheck') || channels?.includes('call')) return;
	Object.assign(parameters, { channels: ['whatsapp', 'sms', 'push', 'email', 'letter'], options: { choice: 'listed' } });
}

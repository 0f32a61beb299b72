import { writeFileSync } from 'node:fs';

/** A workflow of nodes in a row, each of which runs once, from a Manual Trigger on. */
export class CrmWorkflow {
	static readonly START = 'Start';
	private readonly nodes: Array<{ name: string }> = [];

	constructor(private readonly name: string) {
		this.add(CrmWorkflow.START, 'n8n-nodes-base.manualTrigger', {});
	}

	/** A node of n8n itself. */
	add(name: string, type: string, parameters: object, typeVersion = type.endsWith('.set') ? 3.4 : 1): void {
		const row = this.nodes.length;
		this.nodes.push({ name, id: String(row), type, typeVersion, position: [row * 200, 0], parameters, ...(row > 0 && { executeOnce: true, alwaysOutputData: true }) } as { name: string });
	}

	/** An operation of Optical CRM. */
	crm(name: string, resource: string, operation: string, parameters: object = {}): void {
		this.add(name, 'n8n-nodes-optical-crm.opticalCrm', { resource, operation, ...parameters });
	}

	/** Writes the workflow as JSON that n8n imports. */
	save(file: string): void {
		const next = (index: number) => ({ main: [[{ node: this.nodes[index + 1].name, type: 'main', index: 0 }]] });
		const connections = Object.fromEntries(this.nodes.slice(0, -1).map(({ name }, index) => [name, next(index)]));
		writeFileSync(file, JSON.stringify({ name: this.name, nodes: this.nodes, connections, settings: { executionOrder: 'v1' } }));
	}
}

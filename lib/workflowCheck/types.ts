/** What the check knows of a node: the part of n8n's description that tells which parameters there are. */
export interface KnownNode {
	name: string;
	version: number | number[];
	properties: KnownProperty[];
	/** A list, or an expression where they depend on the parameters. */
	outputs: unknown;
	inputs: unknown;
	/** n8n gives every polling trigger its times. */
	polling?: boolean;
	usableAsTool?: unknown;
}

/** A parameter as n8n describes it. */
export interface KnownProperty {
	name: string;
	type: string;
	default?: unknown;
	required?: boolean;
	/** Choices, members of a collection, or groups of a fixed collection. */
	options?: unknown[];
	modes?: Array<{ name: string }>;
	typeOptions?: { loadOptionsMethod?: string } & Record<string, unknown>;
	displayOptions?: { show?: Conditions; hide?: Conditions };
}

export type Conditions = Record<string, unknown[] | undefined>;
export type Parameters = Record<string, unknown>;

/** A node in a workflow's file. */
export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Parameters;
	credentials?: Record<string, unknown>;
	onError?: string;
}

/** A workflow's file. */
export interface WorkflowFile {
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown> | null;
	staticData?: unknown;
}

/** Something that is wrong in a workflow. */
export interface Finding {
	node?: string;
	/** Path of the parameter, for example `options.ages`. */
	parameter?: string;
	problem: string;
	/** How to go on. */
	hint: string;
}

/** What there is to name. */
export interface Known {
	nodes: readonly KnownNode[];
	/** Ids of the texts. */
	templates: readonly string[];
}

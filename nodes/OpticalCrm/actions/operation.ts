import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** One operation of a resource: how it is offered, its fields, and what it does. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	/** One array for each output of the node. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

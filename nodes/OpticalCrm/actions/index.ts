import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import * as customerGet from './customer/get.operation';
import * as customerGetMany from './customer/getMany.operation';
import * as customerImport from './customer/import.operation';
import * as customerUpsert from './customer/upsert.operation';
import type { Operation } from './operation';
import * as shopGet from './shop/get.operation';
import * as shopUpsert from './shop/upsert.operation';

/** What the node can do: resource, then operation, by their values. */
export const OPERATIONS: Record<string, Record<string, Operation>> = {
	customer: { upsert: customerUpsert, get: customerGet, getAll: customerGetMany, import: customerImport },
	shop: { upsert: shopUpsert, get: shopGet },
};

/** The operations of each resource, then the fields of each operation, shown where they belong. */
export const operationProperties: INodeProperties[] = [
	...Object.keys(OPERATIONS).map(operationOf),
	...Object.entries(OPERATIONS).flatMap(([resource, operations]) =>
		Object.entries(operations).flatMap(([operation, { fields }]) =>
			updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields),
		),
	),
];

function operationOf(resource: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: Object.values(OPERATIONS[resource]).map(({ option }) => option),
		default: 'upsert',
	};
}

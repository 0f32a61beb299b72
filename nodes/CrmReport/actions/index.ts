import type { INodeProperties } from 'n8n-workflow';
import * as campaigns from './campaigns.operation';
import * as costs from './costs.operation';
import * as goals from './goals.operation';
import * as kpis from './kpis.operation';
import type { ReportOperation } from './operation';
import * as report from './report.operation';

/** By the value of the panel's choice, in the order of their names. */
export const OPERATIONS: Record<string, ReportOperation> = { campaigns, costs, goals, kpis, report };

/** The fields of all operations, each shown with those that have it. One that several have stands once. */
export const operationFields: INodeProperties[] = fieldsOf(Object.entries(OPERATIONS));

function fieldsOf(operations: Array<[string, ReportOperation]>): INodeProperties[] {
	const all = operations.flatMap(([operation, { fields }]) => fields.map((field) => ({ operation, field })));
	return [...Map.groupBy(all, ({ field }) => field)].map(([field, uses]) => ({ ...field, displayOptions: { show: { ...field.displayOptions?.show, operation: uses.map(({ operation }) => operation) } } }));
}

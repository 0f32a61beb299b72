import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { ALERT_OPERATIONS } from './alert';
import { APPOINTMENT_OPERATIONS } from './appointment';
import { CALL_OPERATIONS } from './call';
import { CAMPAIGN_OPERATIONS } from './campaign';
import { CONSENT_OPERATIONS } from './consent';
import { CONTACT_HISTORY_OPERATIONS } from './contactHistory';
import * as customerGet from './customer/get.operation';
import * as customerGetMany from './customer/getMany.operation';
import * as customerImport from './customer/import.operation';
import { MERGE_OPERATIONS } from './customer/merging';
import { RIGHTS_OPERATIONS } from './customer/rights';
import { SEGMENT_OPERATIONS } from './customer/segments';
import * as customerSetDate from './customer/setDate.operation';
import * as customerUpsert from './customer/upsert.operation';
import { HOUSEHOLD_OPERATIONS } from './household';
import { EQUIPMENT_OPERATIONS } from './equipment';
import { EXAM_OPERATIONS } from './exam';
import { MAILBOX_OPERATIONS } from './mailbox';
import { LETTER_OPERATIONS } from './letter';
import type { Operation } from './operation';
import { QUESTION_OPERATIONS } from './question';
import { QUOTE_OPERATIONS } from './quote';
import { DESK_OPERATIONS } from './desk';
import { ROLLOUT_OPERATIONS } from './rollout';
import * as shopBackup from './shop/backup.operation';
import * as shopCheckBackup from './shop/checkBackup.operation';
import * as shopCheckHealth from './shop/checkHealth.operation';
import * as shopDataQuality from './shop/dataQuality.operation';
import * as shopForecast from './shop/forecast.operation';
import * as shopGet from './shop/get.operation';
import * as shopGetMetrics from './shop/getMetrics.operation';
import * as shopMoveFromFile from './shop/moveFromFile.operation';
import * as shopRestore from './shop/restore.operation';
import * as shopSetPolicy from './shop/setPolicy.operation';
import * as shopUpsert from './shop/upsert.operation';
import { TEMPLATE_OPERATIONS } from './template';
import { TICKET_OPERATIONS } from './ticket';
import { WHATSAPP_OPERATIONS } from './whatsApp';
import { choiceForBoth } from '../../shared/tool';
import { TOOL_OPERATIONS } from '../tool';

/** What the node can do: resource, then operation, by their values. */
export const OPERATIONS: Record<string, Record<string, Operation>> = {
	customer: {
		upsert: customerUpsert, get: customerGet, getAll: customerGetMany, import: customerImport, setDate: customerSetDate, ...SEGMENT_OPERATIONS, ...MERGE_OPERATIONS, ...RIGHTS_OPERATIONS,
	},
	campaign: CAMPAIGN_OPERATIONS,
	consent: CONSENT_OPERATIONS,
	household: HOUSEHOLD_OPERATIONS,
	contactHistory: CONTACT_HISTORY_OPERATIONS,
	equipment: EQUIPMENT_OPERATIONS,
	exam: EXAM_OPERATIONS,
	appointment: APPOINTMENT_OPERATIONS,
	quote: QUOTE_OPERATIONS,
	letter: LETTER_OPERATIONS,
	call: CALL_OPERATIONS,
	template: TEMPLATE_OPERATIONS,
	ticket: TICKET_OPERATIONS,
	question: QUESTION_OPERATIONS,
	mailbox: MAILBOX_OPERATIONS,
	whatsApp: WHATSAPP_OPERATIONS,
	desk: DESK_OPERATIONS,
	alert: ALERT_OPERATIONS,
	rollout: ROLLOUT_OPERATIONS,
	shop: { upsert: shopUpsert, get: shopGet, setPolicy: shopSetPolicy, dataQuality: shopDataQuality, forecast: shopForecast, checkHealth: shopCheckHealth, getMetrics: shopGetMetrics, backup: shopBackup, checkBackup: shopCheckBackup, restore: shopRestore, moveFromFile: shopMoveFromFile },
};

/** The operations of each resource, then the fields of each operation, shown where they belong. */
export const operationProperties: INodeProperties[] = [
	...Object.keys(OPERATIONS).flatMap((resource) => choiceForBoth(operationOf(resource), Object.keys(TOOL_OPERATIONS[resource] ?? {}))),
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
		default: ['upsert', 'get', 'getAll'].find((operation) => OPERATIONS[resource][operation]) ?? Object.keys(OPERATIONS[resource])[0],
	};
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { EXPOSITION_TYPE } from '../../../../lib/health/exposition';
import { metricsOf } from '../../../../lib/health/metrics';
import { now } from '../../../shared/clock';
import { healthOf } from '../../../shared/health';
import { storeOf, storeSettings } from '../../../shared/store';

export const option = {
	name: 'Get Metrics',
	value: 'getMetrics',
	action: 'Get metrics for prometheus',
	description: 'Get the figures of Check Health and what was sent, found and heard, in the text format of Prometheus. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Prometheus itself can fetch them at the production URL of the Staff Desk Trigger with <b>?metrics=1</b> behind it, once a metrics token is set in the credential <b>Optical CRM Desk API</b>.',
		name: 'metricsNotice',
		type: 'notice',
		default: '',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const text = metricsOf(store.shop.code, await healthOf(store, await storeSettings(context), now()));
	return [[{ json: { shop: store.shop.code, contentType: EXPOSITION_TYPE, text }, pairedItem: context.getInputData().map((_, item) => ({ item })) }]];
}

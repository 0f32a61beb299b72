import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findingInWords } from '../../../../lib/desk/health/words';
import { CrmError } from '../../../../lib/domain/errors';
import type { Health } from '../../../../lib/domain/health';
import { openStore, type Store } from '../../../../lib/store/open';
import { now } from '../../../shared/clock';
import { healthOf } from '../../../shared/health';
import { storeSettings } from '../../../shared/store';

export const option = {
	name: 'Check Health',
	value: 'checkHealth',
	action: 'Check how the system does',
	description: 'Tell how store, queue, providers, searches and webhooks do, and what to do next: state is ok, warn or bad. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = await storeSettings(context);
	const pairedItem = context.getInputData().map((_, item) => ({ item }));
	const itemOf = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem });
	try {
		const store = await openStore(settings);
		return [[itemOf(shown(store, await healthOf(store, settings, now())))]];
	} catch (error) {
		// Whoever watches wants to hear that the store is away, and not that the watching failed.
		if (!(error instanceof CrmError)) throw error;
		return [[itemOf({ shop: settings.shop, state: 'bad', store: { reachable: false }, findings: [{ code: 'storeUnreachable', level: 'bad', count: 1, what: error.message, next: error.howToGoOn }] })]];
	}
}

/** With its findings in the shop's language; what is only counted is for metrics. */
function shown({ shop }: Store, { signs: _, findings, state, store, ...rest }: Health): object {
	return { shop: shop.code, state, findings: findings.map((finding) => ({ ...finding, ...findingInWords(finding, shop.timeZone, shop.language) })), store: { ...store, reachable: true }, ...rest };
}

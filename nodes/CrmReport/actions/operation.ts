import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Store } from '../../../lib/store/open';

/** What an operation gives back: one item. */
export interface Told {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** An operation of the report: it reads the store once, whatever the number of items. */
export interface ReportOperation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	read(context: IExecuteFunctions, store: Store): Promise<Told>;
}

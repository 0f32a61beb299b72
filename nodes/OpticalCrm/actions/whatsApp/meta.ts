import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Http } from '../../../../lib/channels/http';
import type { WhatsAppSettings } from '../../../../lib/channels/whatsApp/settings';
import { httpOf } from '../../../shared/http';

const CREDENTIAL = 'opticalWhatsAppCloudApi';

/** The shop's account at Meta, and how it is asked. */
export async function metaOf(context: IExecuteFunctions): Promise<{ settings: WhatsAppSettings; http: Http }> {
	return { settings: await context.getCredentials<WhatsAppSettings & IDataObject>(CREDENTIAL), http: httpOf(context, CREDENTIAL) };
}

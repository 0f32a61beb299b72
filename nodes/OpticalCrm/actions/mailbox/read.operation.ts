import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { MailboxSettings } from '../../../../lib/channels/mailbox/mailbox';
import { CrmError } from '../../../../lib/domain/errors';
import { now } from '../../../shared/clock';
import { logHeard } from '../../../shared/logHeard';
import { receiveEvents } from '../../../shared/receiveEvents';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Read',
	value: 'read',
	action: 'Read the mailbox',
	description: 'Read the unseen mails of the shop\'s mailbox: bounces and complaints end what goes to an address, answers become tickets. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		hint: 'How many mails are read at once. They are marked as seen when what they say is kept.',
	},
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const settings = await context.getCredentials<MailboxSettings & IDataObject>('opticalMailboxApi');
	const limit = context.getNodeParameter('limit', 0) as number;
	const moment = now();
	const { readMailbox } = await import('../../../../lib/channels/mailbox/mailbox');
	const read = await readMailbox(settings, limit, moment).catch((error: Error & { authenticationFailed?: boolean }) => {
		const howToGoOn = error.authenticationFailed ? 'Check user and password; some providers want a password made for this use.' : 'Check host, port, SSL/TLS and folder in the credential Optical Mailbox API.';
		throw new CrmError(`The mailbox cannot be read: ${error.message}`, howToGoOn);
	});
	try {
		const heard = await receiveEvents(store, read.events, moment);
		await read.done();
		logHeard(context, store, read.events);
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return [heard.map((json) => ({ json: json as unknown as IDataObject, pairedItem }))];
	} finally {
		await read.close().catch(() => undefined);
	}
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { SmtpSettings } from '../../../../lib/channels/smtpSettings';
import { sendStaffMail } from '../../../../lib/channels/staffMail';
import { renderDigest, type DigestCounts } from '../../../../lib/desk/today/digest';
import { CrmError } from '../../../../lib/domain/errors';
import { shopToday } from '../../../../lib/domain/shop';
import { plusMinutes, type Instant } from '../../../../lib/domain/time';
import { listAlerts } from '../../../../lib/store/alerts';
import type { Store } from '../../../../lib/store/open';
import { reviewCases } from '../../../../lib/store/reviewCases';
import { urgentSince } from '../../../../lib/store/urgentSince';
import { now } from '../../../shared/clock';
import { dayWork } from '../../../shared/dayWork';
import { storeOf } from '../../../shared/store';

export const option = {
	name: 'Send Notice',
	value: 'sendNotice',
	action: 'Send the staff a notice of what waits on the desk',
	description: 'Mail the staff how much waits, with the link to the Desk: every morning, or when something is urgent. Numbers only, no customer is named. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Send',
		name: 'noticeKind',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always', description: 'The morning digest' },
			{ name: 'When Something Is Urgent', value: 'urgent', description: 'An alert, a sending of which nobody knows the outcome, an urgent ticket, or one that waits for too long' },
		],
		default: 'always',
		description: 'When the mail goes out',
	},
	{ displayName: 'To', name: 'recipients', type: 'string', default: '', placeholder: 'e.g. banco@ottica.example, titolare@ottica.example', description: 'E-mail addresses of the staff, separated by commas. Empty sends nothing.' },
	{ displayName: 'Desk Address', name: 'deskUrl', type: 'string', default: '', placeholder: 'e.g. https://n8n.example.com/webhook/ottica/desk', description: 'The Production URL of the Staff Desk Trigger' },
	{ displayName: 'Minutes Between Runs', name: 'betweenRuns', type: 'number', typeOptions: { minValue: 1, maxValue: 1440 }, default: 15, displayOptions: { show: { noticeKind: ['urgent'] } }, description: 'How often the workflow runs: what became urgent in that time is told, so that each thing is told once' },
	{ displayName: 'Hours a Ticket May Wait', name: 'ticketHours', type: 'number', typeOptions: { minValue: 1, maxValue: 240 }, default: 4, displayOptions: { show: { noticeKind: ['urgent'] } }, description: 'A ticket that is open for longer is urgent' },
];

export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const at = now();
	const [isUrgent, recipients, deskUrl] = [context.getNodeParameter('noticeKind', 0) === 'urgent', recipientsOf(String(context.getNodeParameter('recipients', 0, ''))), String(context.getNodeParameter('deskUrl', 0, '')).trim()];
	const item = (json: IDataObject): INodeExecutionData[][] => [[{ json, pairedItem: context.getInputData().map((_, index) => ({ item: index })) }]];
	if (recipients.length === 0) return item({ sent: false, reason: 'no recipients' });
	if (!/^https?:\/\/[^\s]+$/.test(deskUrl)) throw new CrmError('The address of the Desk is missing', 'Copy the Production URL of the Staff Desk Trigger into Desk Address.');
	if (isUrgent && (await newlyUrgent(context, store, at)) === 0) return item({ sent: false, reason: 'nothing urgent' });
	const { shop } = store;
	if (!shop.email) throw new CrmError('The shop has no e-mail address to write from', 'Enter it with Optical CRM > Shop > Create or Update.');
	const counts = await countsOf(store, at);
	const mail = renderDigest({ language: shop.language, shopName: shop.name, today: shopToday(shop, at), counts, isUrgent, deskUrl });
	await sendStaffMail(await context.getCredentials<SmtpSettings & IDataObject>('opticalSmtpApi'), { ...mail, from: { name: shop.name, address: shop.email }, to: recipients });
	return item({ sent: true, recipients: recipients.length, subject: mail.subject, counts: { ...counts } });
}

async function newlyUrgent(context: IExecuteFunctions, store: Store, at: Instant): Promise<number> {
	const [minutes, hours] = [Number(context.getNodeParameter('betweenRuns', 0)) || 15, Number(context.getNodeParameter('ticketHours', 0)) || 4];
	const before = (instant: Instant) => plusMinutes(instant, -hours * 60);
	const from = plusMinutes(at, -minutes);
	return await urgentSince(store, { from, to: at }, { from: before(from), to: before(at) });
}

async function countsOf(store: Store, at: Instant): Promise<DigestCounts> {
	const day = await dayWork(store, at);
	const review = await reviewCases(store, 1);
	const alerts = await listAlerts(store, at);
	return {
		alerts: alerts.filter(({ until }) => until === undefined).length,
		uncertain: day.uncertain,
		urgentTickets: day.urgentTickets,
		tickets: day.tickets - day.urgentTickets,
		approvals: day.pending,
		calls: day.calls,
		letters: day.letters,
		review: review.total,
	};
}

/** @throws CrmError naming the place of an address that is none */
function recipientsOf(text: string): string[] {
	const addresses = text.split(/[\s,;]+/).filter(Boolean);
	const wrong = addresses.findIndex((address) => !/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/.test(address));
	if (wrong >= 0) throw new CrmError(`Recipient ${wrong + 1} is no e-mail address`, 'Write addresses as in banco@ottica.example, separated by commas.');
	return addresses;
}

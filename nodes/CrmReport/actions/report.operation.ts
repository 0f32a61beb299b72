import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { drawCharts } from '../../../lib/desk/results/charts';
import { renderReportFile } from '../../../lib/desk/results/file';
import { renderReportMail } from '../../../lib/desk/results/mail';
import { CrmError } from '../../../lib/domain/errors';
import { LANGUAGES, type Language } from '../../../lib/domain/glossary';
import type { Store } from '../../../lib/store/open';
import { now } from '../../shared/clock';
import { LANGUAGE_OPTIONS } from '../../shared/options';
import { readReport } from '../../shared/report';
import type { Told } from './operation';
import { campaignOptions, monthsField, optionsField, readSettings } from './settings';

export const option = {
	name: 'Get Report',
	value: 'report',
	action: 'Get the whole report',
	description: 'Get figures, campaigns and goals in one (report), the monthly mail (mail: subject, text, html, from, to), and the page with its charts as a file. It runs once, whatever the number of items.',
};

export const fields: INodeProperties[] = [
	monthsField,
	{ displayName: 'Mail To', name: 'mailTo', type: 'string', default: '', placeholder: 'e.g. titolare@ottica.example', description: 'Who shall get the monthly mail, put into mail.to for the node that sends it. Nothing is sent by this node.' },
	{ displayName: 'Desk Address', name: 'deskUrl', type: 'string', default: '', placeholder: 'e.g. https://n8n.example.com/webhook/ottica/desk', description: 'The Production URL of the Staff Desk Trigger: where the mail leads. Empty: the mail has no link.' },
	{ displayName: 'Page as File', name: 'page', type: 'boolean', default: true, description: 'Whether the page with its charts is added as an HTML file' },
	{ displayName: 'Put Page In Field', name: 'binaryField', type: 'string', default: 'page', displayOptions: { show: { page: [true] } }, description: 'Name of the binary field of the page' },
	{ ...optionsField, options: [...campaignOptions.slice(0, 1), { displayName: 'Language', name: 'language', type: 'options', options: LANGUAGE_OPTIONS, default: 'it', description: 'Of the mail and the page; the shop\'s where it is left out' }, ...campaignOptions.slice(1)] },
];

export async function read(context: IExecuteFunctions, store: Store): Promise<Told> {
	const { shop } = store;
	const settings = readSettings(context);
	const { language = shop.language } = context.getNodeParameter('options', 0, {}) as { language?: Language };
	if (!LANGUAGES.includes(language)) throw new CrmError('The setting "Language" is unknown', `Choose one of ${LANGUAGES.join(', ')}.`);
	const deskUrl = String(context.getNodeParameter('deskUrl', 0, '')).trim();
	if (deskUrl && !/^https?:\/\/\S+$/.test(deskUrl)) throw new CrmError('The address of the Desk is no web address', 'Copy the Production URL of the Staff Desk Trigger into Desk Address, or leave it empty.');
	const report = await readReport(store, settings, now());
	const mail = { ...renderReportMail(report, language, deskUrl || undefined), from: shop.email ?? '', to: String(context.getNodeParameter('mailTo', 0, '')).trim() };
	const json = { report, mail } as unknown as IDataObject;
	if (!context.getNodeParameter('page', 0, true)) return { json };
	const page = renderReportFile({ report, charts: await drawCharts(report, language), language, timeZone: shop.timeZone });
	const field = String(context.getNodeParameter('binaryField', 0, 'page'));
	return { json, binary: { [field]: await context.helpers.prepareBinaryData(Buffer.from(page), `report-${report.period.to}.html`, 'text/html') } };
}

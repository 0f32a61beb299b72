import { refusalUrl, signShortRefusal } from '../../../lib/consent/refusalLink';
import { compose } from '../../../lib/messages/compose';
import { listTemplates } from '../../../lib/messages/load';
import { renderMessage } from '../../../lib/messages/render';
import { smsLength } from '../../../lib/messages/sms';
import type { Template } from '../../../lib/messages/template';
import { everyWay } from './everyWay';
import { shop as anyShop } from './support';

/** The customers' page where the bundled workflow serves it, and where a shop's own website leads to it: each sign of it is paid for. */
const BUNDLED = 'https://n8n.bellavista.it/webhook/ottica/customer';
const SHORT = 'https://bellavista.it/c';
const shop = { ...anyShop, name: 'Ottica Bellavista' };
/** As long as the tokens of surveys are. */
const SURVEY_TOKEN = `1.${'c'.repeat(28)}.${'s'.repeat(43)}`;

/** Customers as they are, and with a name as long as names become. */
const USUAL = { firstName: 'Giulia', lastName: 'Conti', sex: 'F', title: undefined } as const;
const LONG = { firstName: 'Maria Antonietta', lastName: 'Castelnuovo', sex: 'F', title: 'Dott.ssa' } as const;

/** Parts that a text takes, at the most, with the usual name: [the bundled address, the short one]. What needs no way to refuse takes one with any. */
const PARTS: Record<string, [bundled: number, short: number]> = {
	birthday: [2, 1],
	'recall.vision': [2, 1],
	'recall.eyewear': [2, 1],
	'recall.lenses': [2, 1],
	'recall.dormant': [2, 1],
	progressive: [1, 1],
	'progressive.3': [2, 1],
	'order.ready': [1, 1],
	'appointment.missed': [1, 1],
	'quote.open': [2, 1],
	survey: [2, 2],
	welcome: [2, 1],
	'campaign.event': [2, 1],
	'campaign.offer': [2, 2],
	'campaign.second-pair': [2, 2],
	'campaign.sun': [2, 2],
	'campaign.greetings': [2, 1],
};

function parts(template: Template, customer: typeof USUAL | typeof LONG, page: string): number {
	const token = signShortRefusal({ shopCode: 'main', customerId: 84_213, contactPointId: 120_377, channel: 'sms', purpose: 'marketing' }, 'a-secret-of-the-shop');
	const all = everyWay(template).map(({ values, formality }) => {
		const link = { ...values.link, ...(values.link?.survey !== undefined && { survey: `${page}?s=${SURVEY_TOKEN}` }) };
		const { body } = renderMessage(template, { ...values, shop, link, customer: { ...values.customer, ...customer } });
		const { text } = compose({ channel: 'sms', body, language: template.locale, formality, class: template.class, shop, refusalUrl: template.class === 'service' ? undefined : refusalUrl(page, token) });
		const length = smsLength(text);
		expect(length).toMatchObject({ encoding: 'GSM-7', outside: [] });
		return length.segments;
	});
	return Math.max(...all);
}

const texts = listTemplates().filter(({ channel }) => channel === 'sms');

it('takes as few parts as it can, in both languages', () => {
	const taken = texts.map((template) => [`${template.locale} ${template.id}`, [parts(template, USUAL, BUNDLED), parts(template, USUAL, SHORT)]]);
	expect(Object.fromEntries(taken)).toEqual(Object.fromEntries(texts.map(({ locale, id }) => [`${locale} ${id}`, PARTS[id]])));
});

it.each(texts.map((template) => [`${template.locale} ${template.id}`, template] as const))('never takes more than two: %s', (_, template) => {
	expect(parts(template, LONG, BUNDLED)).toBeLessThanOrEqual(2);
});

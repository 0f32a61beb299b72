import { type Channel, hasSubject } from '../../../lib/domain/glossary';
import { compose } from '../../../lib/messages/compose';
import { textFacts } from '../../../lib/messages/facts';
import { healthDetails } from '../../../lib/messages/healthLint';
import { listTemplates, loadTemplate } from '../../../lib/messages/load';
import { isPersonal, remarksOn } from '../../../lib/messages/remarks';
import { renderMessage } from '../../../lib/messages/render';
import { everyWay, examples } from './everyWay';
import { refusalUrl, shop, variables } from './support';

/** Those in which a text begins with a salutation and ends with a farewell. */
const LETTERS: readonly Channel[] = ['email', 'letter'];

/** What no text may hold that speaks to somebody as lei, and as tu. */
const TU = /\b(tu|tuo|tua|tuoi|tue|te|ti|hai|vuoi|puoi|dicci|diccelo|dimmi|chiamaci|scrivici|rispondici|tieniti|vieni)\b/i;
const LEI = /\b(lei|suo|sua|suoi|(?<!ci )vuole|farle|la aspett\w+|la richiam\w+|le va|le serve|ci dica|ci chiami|ci scriva|ci risponda|mi dica|si tenga|venga)\b/i;

describe.each(listTemplates().map((template) => [template.file, template] as const))('%s', (_, template) => {
	const all = everyWay(template);

	it('renders in every way: one subject line, whole paragraphs, no placeholder left', () => {
		expect(new Set(all.map(({ formality }) => formality))).toEqual(new Set(['lei', 'tu']));
		for (const { texts } of all) {
			expect(texts.subject).toMatch(hasSubject(template.channel) ? /^\S[^\n]{4,70}$/ : /^$/);
			expect(texts.preheader).toMatch(template.channel === 'email' ? /^\S[^\n]{4,90}$/ : /^$/);
			expect(texts.body).not.toMatch(/\{\{|\}\}|\n{3}|undefined|\bnull\b|NaN| {2}|<|\s$|^\s| [,.;:]/);
			if (LETTERS.includes(template.channel)) {
				expect(texts.body.split('\n\n').length).toBeGreaterThanOrEqual(5);
				expect(texts.body).toMatch(/,$/);
			} else expect(texts.body).toMatch(/[.!?»”]$/);
		}
	});

	it('holds no offer, no health data, no phrases of a machine', () => {
		const questions = (template.questions ?? []).flatMap(({ question, answers }) => [question, ...answers]);
		expect(healthDetails([template.subject, template.preheader, template.body, ...questions].join('\n'))).toEqual([]);
		for (const { texts } of all) {
			const text = [...Object.values(texts), ...questions].join('\n');
			if (!template.mayHoldOffer) expect(text).not.toMatch(/scont|offert|promo|omaggio|regal|%|€|gratis|discount|offer|gift|free|voucher/i);
			expect(text).not.toMatch(/diottr|miop|presbi|astigm|\bvista|\blent[ei]\b|gradazion|visus|dioptr|myop|prescription|lens/i);
			expect(text).not.toMatch(/siamo lieti|gentile cliente|cordiali saluti|non esitare|esclusiv|dear customer|we are pleased|hesitate|valued/i);
		}
	});

	it('differs between the sexes in the name line only', () => {
		if (!LETTERS.includes(template.channel)) {
			// Names are written out for both before the text begins.
			return expect(template.variables.map(({ field }) => field)).not.toContain('sex');
		}
		const bodyBelowSalutation = (sex: 'F' | 'M' | undefined) => all.filter(({ values }) => values.customer.sex === sex).map(({ texts }) => texts.body.split('\n\n').slice(1));
		expect(bodyBelowSalutation('F')).toEqual(bodyBelowSalutation('M'));
		expect(bodyBelowSalutation('F')).toEqual(bodyBelowSalutation(undefined));
	});

	it('keeps lei and tu apart', () => {
		if (template.locale !== 'it') return;
		for (const { formality, texts } of all) {
			// What the staff read between the quotes is about the customer, not to them.
			const said = template.channel === 'call' ? texts.body.match(/«[^»]*»/g)!.join('\n') : Object.values(texts).join('\n');
			expect(said).not.toMatch(formality === 'lei' ? TU : LEI);
		}
	});

	it('can be sent: names the shop, and tells how to refuse what is no service', () => {
		const { channel, class: cls, whatsApp } = template;
		const inShop = { ...shop, ...(examples(template).shop as object) };
		// Laying out an e-mail takes long, and a few ways show it as well as all.
		for (const { texts, formality } of channel === 'email' ? all.slice(0, 20) : all) {
			const { text } = compose({ ...texts, channel, language: template.locale, formality, class: cls, shop: inShop, refusalUrl: cls === 'service' ? undefined : refusalUrl, whatsApp });
			if (channel !== 'sms') expect(text).toContain(texts.body);
			expect(textFacts(text, inShop, refusalUrl, channel)).toMatchObject({ namesSender: true, healthDetail: false, ...(cls !== 'service' && { offersRefusal: true }) });
		}
	});

	it('leaves nothing to remark', () => {
		const { channel, class: cls, locale: language, whatsApp } = template;
		for (const { texts, values, formality } of channel === 'email' ? all.slice(0, 20) : all) {
			const { text } = compose({ ...texts, channel, language, formality, class: cls, shop, refusalUrl: cls === 'service' ? undefined : refusalUrl, whatsApp });
			const remarks = remarksOn({ channel, language, ...texts, text }, isPersonal(template, values));
			// How many parts an SMS takes is counted elsewhere; ten words with a date and a title are too few to measure how they read.
			expect(remarks.filter(({ code }) => channel !== 'sms' || !['SMS_SEGMENTS', 'HARD_TO_READ'].includes(code))).toEqual([]);
		}
	});
});

describe('the Italian birthday', () => {
	const template = loadTemplate('birthday', 'email', 'it');
	const write = (...changes: Parameters<typeof variables>) => renderMessage(template, variables(...changes));

	it.each([
		[{ sex: 'F', formality: 'lei' }, 'Gentile Sig.ra Conti,', 'Tanti auguri, Sig.ra Conti'],
		[{ sex: 'M', formality: 'lei' }, 'Gentile Sig. Conti,', 'Tanti auguri, Sig. Conti'],
		[{ sex: 'F', title: 'Dott.ssa', formality: 'lei' }, 'Gentile Dott.ssa Conti,', 'Tanti auguri, Dott.ssa Conti'],
		[{ sex: undefined, formality: 'lei' }, 'Gentile Giulia Conti,', 'Tanti auguri, Giulia Conti'],
		[{ sex: 'F', formality: 'tu' }, 'Cara Giulia,', 'Tanti auguri, Giulia'],
		[{ sex: 'M', firstName: 'Andrea', formality: 'tu' }, 'Caro Andrea,', 'Tanti auguri, Andrea'],
		[{ sex: undefined, firstName: 'Andrea', formality: 'tu' }, 'Ciao Andrea,', 'Tanti auguri, Andrea'],
		[{ sex: 'F', title: 'Dott.ssa', formality: 'tu' }, 'Cara Giulia,', 'Tanti auguri, Giulia'],
	] as const)('greets %o rightly', (customer, salutation, subject) => {
		const texts = write(customer);
		expect(texts.body.split('\n')[0]).toBe(salutation);
		expect(texts.subject).toBe(subject);
	});

	it('keeps lei and tu apart', () => {
		for (const { formality, texts, way } of everyWay(template)) {
			const wrong = formality === 'lei' ? /\b(tu|tuo|tua|te|ti|hai|vuoi|passi|perdonaci|tienili)\b/i : /\b(lei|suo|sua|le auguriamo|ci perdoni|vuole|farle|tenga|entri)\b/i;
			expect(`${way}: ${wrong.exec(Object.values(texts).join('\n'))?.[0] ?? 'right'}`).toBe(`${way}: right`);
		}
	});

	it('says when it is late, and names the day when it is early', () => {
		expect(write().body).toContain('oggi è il suo compleanno');
		expect(write({}, { daysLate: 1 }).body).toContain('ieri era il suo compleanno');
		expect(write({}, { daysLate: 4 }).body).toContain('qualche giorno fa');
		expect(write({}, { daysLate: 4 }).subject).toContain('in ritardo');
		expect(write({}, { daysLate: -2 }).body).toContain('domenica 22 novembre');
		for (const daysLate of [-2, 1, 4]) expect(write({}, { daysLate }).body).not.toContain('oggi');
	});

	it('marks a round birthday without telling the age', () => {
		expect(write({}, { turns: 60 }).body).toContain('compleanno tondo');
		expect(write({}, { turns: 60 }).body).not.toMatch(/60|sessanta/);
		expect(write({}, { turns: 61 }).body).not.toContain('tondo');
		expect(write({}, { turns: undefined }).body).not.toContain('tondo');
	});

	it('does not say the same two years running', () => {
		expect(write({}, { turns: 44 }).body).not.toBe(write({}, { turns: 43 }).body);
	});
});

describe('the English birthday', () => {
	const template = loadTemplate('birthday', 'email', 'en');
	it.each([
		[{ sex: 'F', formality: 'lei' }, 'Dear Ms Conti,'],
		[{ sex: 'M', formality: 'lei' }, 'Dear Mr Conti,'],
		[{ sex: undefined, formality: 'lei' }, 'Dear Giulia Conti,'],
		[{ sex: 'M', title: 'Dr', formality: 'lei' }, 'Dear Dr Conti,'],
		[{ sex: 'F', formality: 'tu' }, 'Dear Giulia,'],
	] as const)('greets %o rightly', (customer, salutation) => {
		expect(renderMessage(template, variables(customer)).body.split('\n')[0]).toBe(salutation);
	});

	it('names the day in English when it is early', () => {
		expect(renderMessage(template, variables({}, { daysLate: -2 })).body).toContain('Sunday 22 November');
	});
});

import { CrmError } from '../../../lib/domain/errors';
import type { Channel, Language } from '../../../lib/domain/glossary';
import type { Template, TemplateVariable, VariableGroup, VariableType } from '../../../lib/messages/template';
import { declaredValues, problemWith, type MessageVariables } from '../../../lib/messages/values';
import { shop, variables } from './support';

/** A template that declares these variables, each required. */
function declaring(declared: Record<string, VariableType>, locale: Language = 'it', channel: Channel = 'email'): Template {
	const list = Object.entries(declared).map(([name, type]): TemplateVariable => {
		const [group, field] = name.split('.') as [VariableGroup, string];
		return { group, field, type, required: true, example: '' };
	});
	return { id: 'x', version: 1, channel, locale, variables: list } as unknown as Template;
}

const item: MessageVariables = {
	...variables({}, { since: '2025-03-04' }),
	shop: { ...shop, website: 'https://ottica.example', bookingUrl: 'https://ottica.example/prenota' },
	appointment: { kind: 'controllo', startsAt: '2026-11-24T23:30:00.000Z' },
	order: { description: 'occhiali da sole', readyOn: '2026-11-20', amountCents: 34900 },
	quote: { validUntil: '2026-12-31', amountCents: 0 },
	offer: { title: 'Seconda coppia', text: 'Con la sua gradazione.', validUntil: '2026-12-24', time: '18:30', priceCents: 9900, code: 'BELLA' },
	household: { members: 3 },
	link: { survey: 'https://ottica.example/s?x=1' },
};

it('reads every group of an item, and the shop', () => {
	const declared: Record<string, VariableType> = {
		'occasion.since': 'date', 'occasion.turns': 'integer', 'appointment.kind': 'text', 'order.description': 'text', 'order.readyOn': 'date', 'order.amountCents': 'money',
		'quote.validUntil': 'date', 'quote.amountCents': 'money', 'offer.title': 'text', 'offer.time': 'time', 'offer.priceCents': 'money', 'household.members': 'integer',
		'link.survey': 'url', 'shop.name': 'text', 'shop.website': 'url', 'shop.town': 'text',
	};
	expect(declaredValues(declaring(declared), item)).toEqual({
		occasion: { since: '2025-03-04', turns: 43 },
		appointment: { kind: 'controllo' },
		order: { description: 'occhiali da sole', readyOn: '2026-11-20', amountCents: 34900 },
		quote: { validUntil: '2026-12-31', amountCents: 0 },
		offer: { title: 'Seconda coppia', time: '18:30', priceCents: 9900 },
		household: { members: 3 },
		link: { survey: 'https://ottica.example/s?x=1' },
		shop: { name: 'Ottica Bellavista & Figli', website: 'https://ottica.example', town: 'Verona' },
	});
});

it('tells day and time of an appointment in the zone of the shop', () => {
	const template = declaring({ 'appointment.day': 'date', 'appointment.time': 'time' });
	expect(declaredValues(template, item)).toEqual({ appointment: { day: '2026-11-25', time: '00:30' } });
	for (const startsAt of [undefined, 'tomorrow', 5 as never]) {
		expect(() => declaredValues(template, { ...item, appointment: { startsAt } })).toThrow('needs appointment.day, which is missing');
	}
});

it('takes the shop\'s own booking page, unless the item knows a better one', () => {
	const template = declaring({ 'link.booking': 'url' });
	expect(declaredValues(template, item)).toEqual({ link: { booking: 'https://ottica.example/prenota' } });
	expect(declaredValues(template, { ...item, link: { booking: 'https://ottica.example/p/7' } })).toEqual({ link: { booking: 'https://ottica.example/p/7' } });
	expect(() => declaredValues(template, { ...item, shop })).toThrow('needs link.booking');
});

it.each([
	[{ formality: 'lei', sex: 'F' }, 'it', 'Sig.ra Conti'],
	[{ formality: 'lei', sex: 'M' }, 'it', 'Sig. Conti'],
	[{ formality: 'lei', title: 'Dott.ssa' }, 'it', 'Dott.ssa Conti'],
	[{ formality: 'lei', sex: undefined }, 'it', 'Giulia Conti'],
	[{ formality: 'tu' }, 'it', 'Giulia'],
	[{ formality: 'lei', sex: 'F' }, 'en', 'Ms Conti'],
] as const)('names a customer as the shop speaks to them: %j in %s', (customer, language, name) => {
	expect(declaredValues(declaring({ 'customer.name': 'text' }, language), { ...item, ...variables(customer) })).toEqual({ customer: { name } });
});

it('names nobody whose name is not known', () => {
	for (const customer of [{ firstName: '' }, { lastName: undefined as never }]) {
		expect(() => declaredValues(declaring({ 'customer.name': 'text' }), variables(customer))).toThrow('needs customer.name, which is missing');
	}
	expect(() => declaredValues(declaring({ 'customer.name': 'text' }), variables({ lastName: 'http://x.example' }))).toThrow('customer.name holds a web address');
});

it('gives the number of the shop as its readers write it', () => {
	const declared = { 'shop.phone': 'text', 'shop.address': 'text' } as const;
	expect(declaredValues(declaring(declared), item)).toEqual({ shop: { phone: '045 800 1234', address: "Via dell'Arco 18, 37121 Verona (VR)" } });
	expect(declaredValues(declaring(declared, 'en'), item)).toMatchObject({ shop: { phone: '+39 045 800 1234' } });
});

it.each<[VariableType, unknown[], unknown[]]>([
	['time', ['00:00', '23:59'], ['24:00', '9:30', '09:60', '09:30:00', 930]],
	['money', [0, 34900], [-1, 0.5, '349', Infinity]],
	['url', ['https://x.example/a?b=c_d', 'http://x.example'], ['x.example', 'javascript:alert(1)', 'https://x.example/a b', 'https://bank.example@evil.example/', 'mailto:a@b.example', 5]],
])('a %s is one that can be written', (type, good, bad) => {
	expect(good.map((value) => problemWith(value, type))).toEqual(good.map(() => undefined));
	for (const value of bad) expect(problemWith(value, type)).toMatch(/^should be /);
});

it('says which value of an item is wrong, without telling it', () => {
	const problem = (): unknown => {
		try {
			return declaredValues(declaring({ 'offer.validUntil': 'date' }), { ...item, offer: { validUntil: 'Natale 1985' } });
		} catch (error) {
			return error;
		}
	};
	expect(problem()).toBeInstanceOf(CrmError);
	expect((problem() as CrmError).message).toBe('In the template "x" (email, it, version 1), offer.validUntil should be a day written YYYY-MM-DD.');
});

describe('in a WhatsApp message', () => {
	it.each([
		['*Maria* _Rossi_', 'Maria Rossi'],
		['~Anna~ `Bianchi`', 'Anna Bianchi'],
		['> Carlo', 'Carlo'],
		['- Carlo', 'Carlo'],
		["D'Amico-Rossi", "D'Amico-Rossi"],
		['***', ''],
	])('a name is no markup: %s', (lastName, seen) => {
		for (const channel of ['whatsapp', 'whatsappLinked'] as const) {
			const values = () => declaredValues(declaring({ 'customer.lastName': 'text' }, 'it', channel), variables({ lastName }));
			if (seen === '') expect(values).toThrow('missing or empty');
			else expect(values()).toEqual({ customer: { lastName: seen } });
		}
		expect(declaredValues(declaring({ 'customer.lastName': 'text' }), variables({ lastName }))).toEqual({ customer: { lastName } });
	});

	it('an address stays as it is: it would lead elsewhere', () => {
		const link = { survey: 'https://x.example/a_b~c*d' };
		expect(declaredValues(declaring({ 'link.survey': 'url' }, 'it', 'whatsapp'), { ...item, link })).toEqual({ link });
	});
});

it('reads no inherited property, whatever the group is called', () => {
	const template = declaring({ 'offer.constructor': 'text' } as never);
	expect(() => declaredValues(template, item)).toThrow('needs offer.constructor');
	expect(() => declaredValues(declaring({ 'offer.title': 'text' }), { ...item, offer: Object.create(item.offer as object) })).toThrow('needs offer.title');
});

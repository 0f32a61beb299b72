import fc from 'fast-check';
import { FORMALITIES } from '../../../../lib/domain/glossary';
import { MODEL_VARIABLES, type ModelVariable } from '../../../../lib/domain/modelMaySee';
import { listTemplates } from '../../../../lib/messages/load';
import { parseTemplate } from '../../../../lib/messages/parse';
import { renderMessage } from '../../../../lib/messages/render';
import { fillIn, hiddenBody } from '../../../../lib/messages/rewording/hidden';
import type { Template } from '../../../../lib/messages/template';
import type { MessageVariables } from '../../../../lib/messages/values';
import { HOSTILE } from '../hostile';
import { shop, variables } from '../support';

const templates = listTemplates();

/** Texts that no template holds, so that finding one means that it got out. */
const mark = (name: string) => `Zq${name}xw`;
const person = fc.record({
	firstName: fc.constantFrom(mark('first'), ...HOSTILE.map((text) => mark('first') + text)),
	lastName: fc.constantFrom(mark('last'), `[[customer.firstName]] ${mark('last')}`),
	title: fc.option(fc.constant(mark('title')), { nil: undefined }),
	sex: fc.constantFrom('F' as const, 'M' as const, undefined),
	formality: fc.constantFrom(...FORMALITIES),
});
const occasion = fc.record({ daysLate: fc.integer({ min: -3, max: 5 }), stage: fc.integer({ min: 1, max: 3 }), turns: fc.option(fc.integer({ min: 18, max: 100 }), { nil: undefined }) });
const maySee = fc.subarray([...MODEL_VARIABLES]);

/** Everything that any template of the package may ask for. */
function given(who: object, when: object): MessageVariables {
	const address = 'https://example.it/zqlinkxw';
	return {
		...variables(who, { since: '2026-11-01', ...when }),
		appointment: { kind: mark('visit'), startsAt: '2026-11-30T09:30:00.000Z' },
		order: { description: mark('order'), orderedOn: '2026-11-01', readyOn: '2026-11-20', amountCents: 98765 },
		quote: { description: mark('quote'), madeOn: '2026-11-02', validUntil: '2026-12-24', amountCents: 98765 },
		offer: { title: 'Seconda coppia', text: 'Una seconda coppia.', validUntil: '2026-12-31', time: '18:00', priceCents: 4900, code: mark('code') },
		household: { members: 4 },
		link: { booking: address, survey: address, more: address },
		shop: { ...shop, website: 'https://shop.example/', name: 'Zqshopxw' },
	};
}

const write = (template: Template, values: MessageVariables, seen: ModelVariable[]) => ({ hidden: hiddenBody(template, values, seen), body: renderMessage(template, values).body });

it.each(templates.map((template) => [`${template.id}.${template.channel} (${template.locale})`, template] as const))('%s: filled in again it is the very text, and no value of a person gets out', (_, template) => {
	fc.assert(
		fc.property(person, occasion, maySee, (who, when, seen) => {
			const { hidden, body } = write(template, given(who, when), seen);
			expect(fillIn(hidden.text, hidden.values)).toBe(body);
			expect(hidden.text).not.toMatch(/Zq(?!shop)|zqlink|98765|987,65|\u0002|\u0003|\u0004/);
			if (!seen.includes('shop.name')) expect(hidden.text).not.toContain('Zqshop');
		}),
		{ numRuns: 25 },
	);
});

const EXAMPLES: Record<string, string> = { text: 'A', integer: '1', date: "'2026-11-22'", formality: 'lei' };
const own = (text: string, names: Record<string, string>) =>
	parseTemplate(
		`---\nid: own\nversion: 1\nchannel: sms\nclass: relational\npurpose: marketing\nintent: qualifying\nlocale: it\nmayHoldOffer: false\nvariables:\n${Object.entries(names).map(([name, type]) => `  ${name}: { type: ${type}, required: false, example: ${EXAMPLES[type]} }`).join('\n')}\n---\n${text}`,
		'own',
	);

it('names each place by its variable, and what a hidden value chooses is hidden with it', () => {
	const template = own(
		'Car{{#if (eq customer.firstName "Giulia")}}a{{else}}o{{/if}} {{customer.firstName}} e {{customer.firstName}}, dal {{date occasion.dueOn "d MMMM"}}.{{#if (gt occasion.stage 1)}} Di nuovo{{customer.lastName}}.{{/if}}',
		{ 'customer.firstName': 'text', 'customer.lastName': 'text', 'occasion.dueOn': 'date', 'occasion.stage': 'integer' },
	);
	const values = variables({}, { stage: 2 });
	expect(hiddenBody(template, values, []).text).toBe('Car[[customer.firstName]] [[customer.firstName#2]] e [[customer.firstName#3]], dal [[occasion.dueOn]]. [[occasion.stage]]');
	expect(hiddenBody(template, values, ['occasion.stage']).text).toBe('Car[[customer.firstName]] [[customer.firstName#2]] e [[customer.firstName#3]], dal [[occasion.dueOn]]. Di nuovo[[customer.lastName]].');
	expect(hiddenBody(template, variables({}, { stage: 1 }), []).text).not.toContain('occasion.stage');
	expect([...hiddenBody(template, values, []).values]).toEqual([['[[customer.firstName]]', 'a'], ['[[customer.firstName#2]]', 'Giulia'], ['[[customer.firstName#3]]', 'Giulia'], ['[[occasion.dueOn]]', '22 novembre'], ['[[occasion.stage]]', 'Di nuovoConti.']]);
});

it('shows the form of address, which the whole text is written in', () => {
	const template = own('{{#if (eq customer.formality "lei")}}Le auguriamo{{else}}Ti auguriamo{{/if}} ogni bene.', { 'customer.formality': 'formality' });
	expect(hiddenBody(template, variables({ formality: 'tu' }), [])).toEqual({ text: 'Ti auguriamo ogni bene.', values: new Map() });
});

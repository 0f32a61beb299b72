import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Channel, LANGUAGES } from '../../../lib/domain/glossary';
import { OCCASION_KINDS } from '../../../lib/domain/occasionKinds';
import { templateFiles } from '../../../lib/messages/files';
import { listTemplates, templateIdOf } from '../../../lib/messages/load';
import { metaTemplates } from '../../../lib/messages/whatsApp';
import { everyWay } from './everyWay';

/** Which texts there are: each kind on the channels that fit it. */
const LIBRARY: Record<string, readonly Channel[]> = {
	birthday: ['email', 'letter', 'sms', 'whatsapp', 'push', 'call'],
	'recall.vision': ['email', 'letter', 'sms', 'whatsapp', 'push', 'call'],
	'recall.vision.2': ['whatsapp'],
	'recall.eyewear': ['email', 'letter', 'sms', 'whatsapp', 'call'],
	'recall.lenses': ['email', 'sms', 'whatsapp', 'push', 'call'],
	'recall.dormant': ['email', 'letter', 'sms', 'whatsapp', 'call'],
	progressive: ['email', 'sms', 'whatsapp', 'call'],
	'progressive.2': ['call'],
	'progressive.3': ['email', 'sms', 'whatsapp'],
	'order.ready': ['email', 'sms', 'whatsapp', 'push', 'call'],
	'appointment.missed': ['email', 'sms', 'whatsapp', 'push', 'call'],
	'quote.open': ['email', 'sms', 'whatsapp', 'call'],
	survey: ['email', 'sms', 'whatsapp', 'push', 'call'],
	welcome: ['email', 'letter', 'sms', 'whatsapp'],
	'campaign.newsletter': ['email', 'whatsapp', 'push'],
	'campaign.event': ['email', 'letter', 'sms', 'whatsapp', 'push', 'call'],
	'campaign.offer': ['email', 'letter', 'sms', 'whatsapp', 'push'],
	'campaign.second-pair': ['email', 'letter', 'sms', 'whatsapp', 'call'],
	'campaign.sun': ['email', 'letter', 'sms', 'whatsapp'],
	'campaign.greetings': ['email', 'letter', 'sms', 'whatsapp'],
};

const all = listTemplates();
const idsOn = (channel: Channel) => Object.keys(LIBRARY).filter((id) => LIBRARY[id]?.includes(channel));
const of = (channel: Channel) => all.filter((template) => template.channel === channel);

it.each(LANGUAGES)('has each kind on its fitting channels: %s', (language) => {
	const there = templateFiles().filter((file) => file.language === language).map(({ id, channel }) => `${id}.${channel}`);
	expect(there.sort()).toEqual(Object.entries(LIBRARY).flatMap(([id, channels]) => channels.map((channel) => `${id}.${channel}`)).sort());
});

it('is listed in the README of the templates', () => {
	const readme = readFileSync(path.join(__dirname, '..', '..', '..', 'templates', 'README.md'), 'utf8');
	const listed = [...readme.matchAll(/^\| `([a-z.0-9-]+)` \|[^|]*\| ([a-zA-Z, ]+) \|$/gm)].map(([, id, channels]) => [id, channels?.split(', ')]);
	expect(Object.fromEntries(listed)).toEqual(LIBRARY);
});

it('has a text for every kind that a trigger gives, whether it is written or telephoned', () => {
	for (const kind of Object.keys(OCCASION_KINDS)) {
		const stages = kind === 'progressive' ? [1, 3] : [1, 2, 3];
		for (const stage of stages) expect(LIBRARY[templateIdOf({ kind, stage }, 'email')]).toContain('email');
		if (kind !== 'welcome') expect(LIBRARY[templateIdOf({ kind, stage: kind === 'progressive' ? 2 : 3 }, 'call')]).toContain('call');
	}
});

it('gives a kind one class and purpose on every channel and in every language, those of its occasion', () => {
	for (const [id, texts] of Map.groupBy(all, (template) => template.id)) {
		const said = texts.map(({ class: cls, purpose, mayHoldOffer }) => JSON.stringify({ cls, purpose, mayHoldOffer }));
		expect([id, ...new Set(said)]).toEqual([id, said[0]]);
		const kind = OCCASION_KINDS[id as keyof typeof OCCASION_KINDS];
		if (kind) expect([id, texts[0]?.class]).toEqual([id, kind.class]);
	}
	// An aim of its own belongs to each text, but an offer is an incentive, and nothing else is.
	for (const { file, intent, mayHoldOffer } of all) expect([file, intent === 'incentive']).toEqual([file, mayHoldOffer]);
});

it('declares the same variables in both languages, but for the form of address', () => {
	const names = (language: string) => all.filter(({ locale }) => locale === language).map(({ id, channel, variables }) => [
		`${id}.${channel}`, variables.filter(({ field }) => !['formality', 'firstName'].includes(field)).map(({ group, field, required }) => `${group}.${field} ${required}`).sort(),
	]);
	expect(names('it')).toEqual(names('en'));
});

describe('WhatsApp', () => {
	it('takes every text as Meta wants it, each name once in a language', () => {
		const submitted = of('whatsapp').flatMap((template) => metaTemplates(template, { phone: '+390458001234', linkBase: 'https://crm.bellavista.example/' }));
		const names = submitted.map(({ name, language }) => `${name} ${language}`);
		expect(new Set(names).size).toBe(names.length);
		// In Italian each is written in two forms of address, in English in one.
		expect(submitted).toHaveLength((LANGUAGES.length + 1) * idsOn('whatsapp').length);
		for (const { components } of submitted) expect(JSON.stringify(components).length).toBeLessThan(2000);
	});

	it('tells Meta nothing of anybody\'s eyes by a name, and takes for a service only what follows up on something of the customer', () => {
		for (const { id, whatsApp, class: cls } of of('whatsapp')) {
			expect(whatsApp?.name).not.toMatch(/vision|lens|progressive|sight/);
			expect([id, whatsApp?.category]).toEqual([id, cls === 'service' ? 'UTILITY' : 'MARKETING']);
			expect(whatsApp?.buttons?.some(({ label }) => label === 'STOP')).toBe(cls !== 'service');
		}
		expect([...new Set(of('whatsapp').filter(({ class: cls }) => cls === 'service').map(({ id }) => id))]).toEqual(['appointment.missed', 'order.ready', 'progressive']);
	});
});

it('asks in a call, and tells what to say to a yes, a later and a no', () => {
	for (const template of of('call')) {
		const ids = template.questions?.map(({ id }) => id) ?? [];
		expect([template.file, ids.length]).not.toEqual([template.file, 0]);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { texts } of everyWay(template)) {
			const cases = texts.body.split('\n\n').filter((paragraph) => /^(Se|If) /.test(paragraph));
			// Two are about whether this is a good moment.
			expect(cases.length).toBeGreaterThanOrEqual(2 + 2);
			// What is said stands between quotes, which are all closed.
			expect(texts.body.match(/[«“]/g)?.length).toBe(texts.body.match(/[»”]/g)?.length);
		}
	}
});

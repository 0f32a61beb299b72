import Handlebars from 'handlebars';
import type { ItemCustomer, ItemOccasion } from '../../lib/domain/item';
import { STRICT_POLICY } from '../../lib/domain/consent';
import { USUAL_RETENTION } from '../../lib/domain/retention';
import { USUAL_ROLLOUT } from '../../lib/domain/rolloutSettings';
import type { Shop } from '../../lib/domain/shop';
import { HELPERS } from '../../lib/messages/engine';
import { loadTemplate } from '../../lib/messages/load';
import { renderMessage } from '../../lib/messages/render';
import type { Template } from '../../lib/messages/template';
import type { MessageVariables } from '../../lib/messages/values';
import { type BenchFigure, sideBySide } from './figure';

const MESSAGES = 10_000;
const FIRST_NAMES = ['Giulia', 'Marco', 'Niccolò', "De'", 'Maria Teresa', 'José'];
const LAST_NAMES = ['Conti', "D'Amico", 'De Santis', 'Forlì', 'Müller', 'Russo Bianchi'];

const shop: Shop = {
	id: 1, code: 'main', name: 'Ottica Bellavista', street: 'Via Mazzini 18', postalCode: '37121', town: 'Verona', province: 'VR', country: 'IT', phone: '+390458001234',
	email: 'ciao@otticabellavista.example', timeZone: 'Europe/Rome', language: 'it', formality: 'lei', signature: 'Chiara e Marco', privacyNotices: [], policy: STRICT_POLICY, retention: USUAL_RETENTION, rollout: USUAL_ROLLOUT,
};

/** Rendering 10,000 birthday messages with our checks and cleaning, against bare precompiled Handlebars with the same texts, helpers and values. */
export async function rendering(): Promise<BenchFigure[]> {
	const template = loadTemplate('birthday', 'email', 'it');
	const bare = bareHandlebars(template);
	const all = Array.from({ length: MESSAGES }, (_, number) => variablesOf(number));
	for (const variables of all.slice(0, 100)) {
		const [ours, theirs] = [renderMessage(template, variables), bare(variables)];
		if (ours.subject !== theirs.subject || !theirs.body.includes(ours.body.slice(-200))) throw new Error('The two sides do not write the same message.');
	}

	let written = 0;
	const ours = () => all.forEach((variables) => (written += renderMessage(template, variables).body.length));
	const baseline = () => all.forEach((variables) => (written += bare(variables).body.length));
	const figures = [await sideBySide('rendering.birthday', ours, baseline, 0.7, { clock: 'processor' })];
	if (written === 0) throw new Error('Nothing was written.');
	return figures;
}

function variablesOf(number: number): MessageVariables {
	const customer: ItemCustomer = {
		id: number,
		firstName: FIRST_NAMES[number % FIRST_NAMES.length] as string,
		lastName: LAST_NAMES[number % LAST_NAMES.length] as string,
		...(number % 3 > 0 && { sex: number % 3 === 1 ? 'F' : 'M' }),
		language: 'it',
		formality: number % 4 === 0 ? 'tu' : 'lei',
	};
	const occasion: ItemOccasion = { kind: 'birthday', dueOn: '2026-11-22', stage: 1, class: 'relational', daysLate: number % 10 === 0 ? 1 : 0, turns: 18 + (number % 70) };
	return { customer, occasion, shop };
}

/** What one would write without us: each text precompiled, with nothing checked and nothing cleaned. */
function bareHandlebars(template: Template): (variables: MessageVariables) => { subject: string; preheader: string; body: string } {
	const handlebars = Handlebars.create();
	handlebars.registerHelper(HELPERS);
	const knownHelpers = Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])) as KnownHelpers;
	const precompiled = (source: string) =>
		handlebars.template(new Function(`return ${handlebars.precompile(source, { noEscape: true, knownHelpers, knownHelpersOnly: true }) as string}`)());
	const [subject, preheader, body] = [template.subject, template.preheader, template.body].map((source) => precompiled(source ?? ''));
	const options = { data: { locale: template.locale } };
	return (variables) => ({ subject: subject!(variables, options), preheader: preheader!(variables, options), body: body!(variables, options) });
}

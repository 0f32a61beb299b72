import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsentChannel, ConsentPurpose, ConsentStatus, CustomerFacts, DecisionRequest, NewConsent } from '../../../lib/domain/consent';
import type { Channel, MessageClass, Purpose } from '../../../lib/domain/glossary';
import type { ShopRules } from '../../../lib/consent/rule';
import { birthdayByEmail, chain, consent, customer, EMAIL, shop } from './cases';

export interface Row {
	rule: string;
	given: string;
	asked: string;
	then: string;
}

/** The rows of `decisions.table.md`. */
export function readTable(): Row[] {
	const lines = readFileSync(join(__dirname, 'decisions.table.md'), 'utf8').split('\n').filter((line) => line.startsWith('|'));
	return lines.slice(2).map((line) => {
		const [rule, given, asked, then] = line.split('|').slice(1, -1).map((cell) => cell.trim());
		return { rule, given, asked, then };
	});
}

/** Reads the cell "Given". Throws at words it does not know, so that a typing error never passes for a case. */
export function readGiven(given: string): { facts: CustomerFacts; rules: ShopRules } {
	const facts = customer();
	const rules = shop();
	const said: NewConsent[] = [];
	for (const phrase of given.split(';').map((part) => part.trim()).filter(Boolean)) {
		const record = readConsent(phrase);
		if (record) said.push(record);
		else readFact(phrase, facts, rules);
	}
	return { facts: { ...facts, consents: chain(said) }, rules };
}

function readFact(phrase: string, facts: CustomerFacts, rules: ShopRules): void {
	const [email] = facts.contactPoints;
	const forms: Array<[RegExp, (match: string[]) => void]> = [
		[/^deceased$/, () => (facts.deceased = true)],
		[/^born (\S+)$/, ([, day]) => (facts.birthDate = day)],
		[/^no birth date$/, () => delete facts.birthDate],
		[/^adult at (\d+)$/, ([, age]) => (rules.policy.adultAge = Number(age))],
		[/^birthdays need no consent$/, () => (rules.policy.birthdayIsMarketing = false)],
		[/^no notice$/, () => (rules.privacyNotices = [])],
		[/^notice (\S+) of (\S+) for (\S+)$/, ([, version, publishedOn, purpose]) => rules.privacyNotices.push({ version, publishedOn, purposes: [purpose as Purpose] })],
		[/^no email$/, () => (facts.contactPoints = facts.contactPoints.filter(({ kind }) => kind !== 'email'))],
		[/^email (bounced|invalid)$/, ([, status]) => (email.status = status as 'bounced' | 'invalid')],
		[/^email suppressed for (\S+)$/, ([, purpose]) => email.suppressedFor.push(purpose as ConsentPurpose)],
		[/^second email$/, () => facts.contactPoints.push({ ...structuredClone(EMAIL), id: 4, preferred: false })],
		[/^landline only$/, () => facts.contactPoints.forEach((point) => point.kind === 'phone' && (point.line = 'landline'))],
	];
	const found = forms.map(([form, apply]) => ({ match: form.exec(phrase), apply })).find(({ match }) => match);
	if (!found) throw new Error(`The decision table does not know the words "${phrase}"`);
	found.apply(found.match as string[]);
}

function readConsent(phrase: string): (NewConsent & { recordedAt?: string }) | undefined {
	const match = /^(granted|denied|pending|withdrawn|objected|expired|unknown) (\S+) by (\S+) on (\S+)(.*)$/.exec(phrase);
	if (!match) return undefined;
	const [, status, purpose, channel, day, rest] = match;
	const at = (date: string) => `${date}T00:00:00.000Z`;
	const option = (words: string) => new RegExp(` ${words} (\\S+)`).exec(rest)?.[1];
	const known = rest.replace(/ (until|from|recorded|notice|for point|withdrawn at|basis) \S+/g, '').replace(' without notice', '');
	if (known !== '') throw new Error(`The decision table does not know the words "${known}"`);
	return consent({
		status: status as ConsentStatus,
		purpose: purpose as ConsentPurpose,
		channel: channel as ConsentChannel,
		capturedAt: at(day),
		noticeVersion: rest.includes(' without notice') ? undefined : (option('notice') ?? 'N1'),
		legalBasis: option('basis') ?? 'consent',
		...(option('until') && { effectiveTo: at(option('until') as string) }),
		...(option('from') && { effectiveFrom: at(option('from') as string) }),
		...(option('for point') && { contactPointId: Number(option('for point')) }),
		...(option('withdrawn at') && { withdrawnAt: at(option('withdrawn at') as string) }),
		...(option('recorded') && { recordedAt: at(option('recorded') as string) }),
	});
}

/** Reads the cell "Asked": class, kind, channels, and the text where there is one. */
export function readAsked(asked: string): DecisionRequest {
	const match = /^(\S+) (\S+) by (\S+)(?: at (plan|send)(?: without (refusal|sender))?)?$/.exec(asked);
	if (!match) throw new Error(`The decision table does not know the words "${asked}"`);
	const [, messageClass, kind, channels, moment, lacks] = match;
	return birthdayByEmail({
		class: messageClass as MessageClass,
		kind,
		channels: channels.split('+') as Channel[],
		...(moment && { moment: moment as 'plan' | 'send', text: { offersRefusal: lacks !== 'refusal', namesSender: lacks !== 'sender' } }),
	});
}

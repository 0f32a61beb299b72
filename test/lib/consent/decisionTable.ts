import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsentChannel, ConsentPurpose, ConsentStatus, DecisionRequest, NewConsent } from '../../../lib/domain/consent';
import type { CustomerFacts, PriorContact } from '../../../lib/domain/consentFacts';
import type { Channel, MessageClass, Purpose } from '../../../lib/domain/glossary';
import type { Weekday } from '../../../lib/domain/openingHours';
import type { ShopRules } from '../../../lib/consent/rule';
import { birthdayByEmail, chain, consent, customer, EMAIL, GOOD_TEXT, shop } from './cases';

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
	const [email, mobile, address] = facts.contactPoints;
	const forms: Array<[RegExp, (match: string[]) => void]> = [
		[/^deceased$/, () => (facts.deceased = true)],
		[/^born (\S+)$/, ([, day]) => (facts.birthDate = day)],
		[/^no birth date$/, () => delete facts.birthDate],
		[/^bought on (\S+)$/, ([, day]) => (facts.contractUntil = day)],
		[/^prefers (\S+)$/, ([, channel]) => (facts.preferredChannel = channel as Channel)],
		[/^(\S+) failed (\d+)$/, ([, channel, failed]) => (facts.history = { [channel]: { answered: 0, failed: Number(failed) } })],
		[/^zone (\S+)$/, ([, zone]) => (facts.timeZone = zone)],
		[/^setting (\S+) (\S+)$/, ([, name, value]) => Object.assign(rules.policy, { [known(name, rules.policy)]: /^(true|false|\d+)$/.test(value) ? JSON.parse(value) : value })],
		[/^retention (\S+) (\d+)$/, ([, name, months]) => Object.assign(rules.retention, { [known(name, rules.retention)]: Number(months) })],
		[/^patron saint (\S+)$/, ([, day]) => (rules.patronSaint = day)],
		[/^opening hours (\S+) (\S+)-(\S+)$/, ([, day, from, to]) => (rules.openingHours = { [day as Weekday]: [{ from, to }] })],
		[/^never open$/, () => (rules.openingHours = {})],
		[/^no alias$/, () => delete rules.smsAlias],
		[/^alias (\S+)$/, ([, alias]) => (rules.smsAlias = alias)],
		[/^no notice$/, () => (rules.privacyNotices = [])],
		[/^notice (\S+) of (\S+) for (\S+)$/, ([, version, publishedOn, purpose]) => rules.privacyNotices.push({ version, publishedOn, purposes: [purpose as Purpose] })],
		[/^no email$/, () => (facts.contactPoints = facts.contactPoints.filter(({ kind }) => kind !== 'email'))],
		[/^email (bounced|invalid)$/, ([, status]) => (email.status = status as 'bounced' | 'invalid')],
		[/^email suppressed for (\S+)$/, ([, purpose]) => email.suppressedFor.push(purpose as ConsentPurpose)],
		[/^soft bounce until (\S+)$/, ([, until]) => (email.retryAfter = until)],
		[/^second email$/, () => facts.contactPoints.push({ ...structuredClone(EMAIL), id: 4, preferred: false })],
		[/^landline only$/, () => facts.contactPoints.forEach((point) => point.kind === 'phone' && (point.line = 'landline'))],
		[/^address from a directory$/, () => (address.fromDirectory = true)],
		[/^shared with (nobody|adult|somebody|brother)$/, ([, who]) => (email.oldestSharer = { nobody: null, adult: '1975-01-01', somebody: 'unknown', brother: '2012-01-01' }[who])],
		[/^shared with born (\S+)$/, ([, day]) => (email.oldestSharer = day)],
		[/^rpo (listed|notListed) on (\S+)(?: enrolled (\S+))?$/, ([, result, day, enrolledOn]) => (mobile.rpo = { result: result as 'listed' | 'notListed', checkedAt: moment(day), enrolledOn })],
		[/^whatsapp opt-in$/, () => (facts.whatsApp = { ...facts.whatsApp, optInNamesShop: true })],
		[/^whatsapp wrote (\S+)$/, ([, at]) => (facts.whatsApp = { optInNamesShop: facts.whatsApp?.optInNamesShop ?? false, lastMessageAt: moment(at) })],
		[/^(household )?(sent|waiting) (\S+) (\S+)(?: on (\S+))?(?: due (\S+))?$/, (match) => facts.contacts?.push(contact(match, facts.contacts.length))],
	];
	const found = forms.map(([form, apply]) => ({ match: form.exec(phrase), apply })).find(({ match }) => match);
	if (!found) throw new Error(`The decision table does not know the words "${phrase}"`);
	found.apply(found.match as string[]);
}

function known(name: string, settings: object): string {
	if (!(name in settings)) throw new Error(`There is no setting ${name}`);
	return name;
}

function moment(text: string): string {
	return text.length === 10 ? `${text}T00:00:00.000Z` : `${text}:00.000Z`;
}

/** The first message is 500, for occasion 50; a household's went to somebody who shares point 1. */
function contact([, household, state, messageClass, kind, leftOn, dueOn]: string[], position: number): PriorContact {
	return {
		messageId: 500 + position, occasionId: 50 + position, kind, class: messageClass as MessageClass, dueOn: dueOn ?? leftOn ?? '2026-11-24',
		state: state === 'sent' ? 'left' : 'waiting', ...(state === 'sent' && { leftOn }), ...(household && { sharedPointId: 1 }),
	};
}

function readConsent(phrase: string): (NewConsent & { recordedAt?: string }) | undefined {
	const match = /^(granted|denied|pending|withdrawn|objected|expired|unknown) (\S+) by (\S+) on (\S+)(.*)$/.exec(phrase);
	if (!match) return undefined;
	const [, status, purpose, channel, day, rest] = match;
	const option = (words: string) => new RegExp(` ${words} (\\S+)`).exec(rest)?.[1];
	const left = rest.replace(/ (until|from|recorded|notice|for point|withdrawn at|basis|method|source|confirmed) \S+/g, '').replace(/ without (notice|evidence)/g, '');
	if (left !== '') throw new Error(`The decision table does not know the words "${left}"`);
	return consent({
		status: status as ConsentStatus,
		purpose: purpose as ConsentPurpose,
		channel: channel as ConsentChannel,
		capturedAt: moment(day),
		noticeVersion: rest.includes(' without notice') ? undefined : (option('notice') ?? 'N1'),
		legalBasis: option('basis') ?? 'consent',
		...(rest.includes(' without evidence') && { evidence: undefined }),
		...(option('method') && { method: option('method') === 'none' ? undefined : option('method') }),
		...(option('source') && { source: option('source') }),
		...(option('confirmed') && { doubleOptInAt: moment(option('confirmed') as string) }),
		...(option('until') && { effectiveTo: moment(option('until') as string) }),
		...(option('from') && { effectiveFrom: moment(option('from') as string) }),
		...(option('for point') && { contactPointId: Number(option('for point')) }),
		...(option('withdrawn at') && { withdrawnAt: moment(option('withdrawn at') as string) }),
		...(option('recorded') && { recordedAt: moment(option('recorded') as string) }),
	});
}

/** Reads the cell "Asked": class, kind, channels, and what else is said of the message. */
export function readAsked(asked: string): DecisionRequest {
	const match = /^(\S+) (\S+) by (\S+)(.*)$/.exec(asked);
	if (!match) throw new Error(`The decision table does not know the words "${asked}"`);
	const [, messageClass, kind, channels, more] = match;
	let rest = more;
	const take = (words: RegExp) => {
		const found = words.exec(rest);
		if (found) rest = rest.replace(words, '');
		return found ?? undefined;
	};
	const at = take(/ at (plan|send)/)?.[1] as 'plan' | 'send' | undefined;
	const lacks = take(/ without (refusal|sender|one-click)/)?.[1];
	const healthDetail = take(/ with health detail/) !== undefined;
	const now = take(/ now (\S+)/)?.[1];
	const template = take(/ template (\w+)\/(\w+)/);
	const portfolio = take(/ portfolio (\d+)\/(\w+)/);
	const purchaseOn = take(/ using purchase (\S+)/)?.[1];
	const uses = { ...(purchaseOn && { purchaseOn }), ...(take(/ using health/) && { health: true }), ...(take(/ profiling/) && { profiling: true }) };
	const text = { ...GOOD_TEXT, healthDetail, offersRefusal: lacks !== 'refusal', namesSender: lacks !== 'sender', oneClickRefusal: lacks !== 'one-click' };
	const request = birthdayByEmail({
		class: messageClass as MessageClass,
		kind,
		channels: channels.split('+') as Channel[],
		...(at && { moment: at, text }),
		...(now && { now: moment(now), today: now.slice(0, 10) }),
		...(take(/ asking for consent/) && { asksForConsent: true }),
		...(take(/ by score/) && { choice: 'score' as const }),
		...(take(/ with fallback/) && { fallback: true }),
		occasionId: Number(take(/ occasion (\d+)/)?.[1] ?? 7),
		messageId: Number(take(/ message (\d+)/)?.[1] ?? NaN) || undefined,
		dueOn: take(/ due (\S+)/)?.[1],
		uses,
		whatsApp: {
			...(template && { template: { state: template[1], category: template[2] as 'UTILITY' } }),
			...(portfolio && { portfolio: { recipients: Number(portfolio[1]), limit: portfolio[2] === 'unlimited' ? 'unlimited' as const : Number(portfolio[2]), freeAt: '2026-11-24T12:00:00.000Z' } }),
		},
	});
	if (rest !== '') throw new Error(`The decision table does not know the words "${rest}"`);
	return request;
}

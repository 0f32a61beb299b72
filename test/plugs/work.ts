import { emailChannel } from '../../lib/channels/email';
import { smsChannel } from '../../lib/channels/sms';
import type { GenericSmsSettings } from '../../lib/channels/sms/settings';
import type { SmtpSettings } from '../../lib/channels/smtpSettings';
import { CrmError } from '../../lib/domain/errors';
import type { CrmItem } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant, LocalDate } from '../../lib/domain/time';
import { smsLength } from '../../lib/messages/sms';
import { approveMessages, rejectMessages, undoDecisions } from '../../lib/store/approval';
import { endMessages } from '../../lib/store/endMessages';
import { openStore, type Store, type StoreSettings } from '../../lib/store/open';
import { recordConsents } from '../../lib/store/recordConsents';
import { markUncertain } from '../../lib/store/sending';
import { dueBirthdayItems } from '../../nodes/BirthdayDueTrigger/dueBirthdays';
import { usualTriggers, type DueTrigger } from '../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import { checkConsent } from '../../nodes/shared/checkConsent';
import { dueItem, findDue } from '../../nodes/shared/due';
import { personalize } from '../../nodes/shared/personalize';
import { queueItems } from '../../nodes/shared/queueItems';
import { sendMessages } from '../../nodes/shared/sendMessages';
import type { Random } from '../../demo/shop/random';
import { listPending } from '../../demo/timemachine/openMessages';
import { fetchHttp } from '../support/fetchHttp';
import type { Acknowledged } from './books/books';
import { CAMPAIGNS } from './people';

/* What workflows do in a shop, step by step as the nodes do it, each step with commits of its own: wherever a process dies, another goes on. */

/** Where the work is done. */
export interface Place {
	settings: StoreSettings;
	clock(): Instant;
	random: Random;
	sms: GenericSmsSettings;
	mail: SmtpSettings;
	/** The first day of the run: the campaigns are of that day. */
	day: LocalDate;
	customerIds: readonly number[];
	/** Whom the campaigns are for. */
	invitedIds: readonly number[];
	/** Hears what was accepted, once it was. */
	told(one: Acknowledged): void;
}

export type Step = (place: Place) => Promise<void>;

/** Few at once, so that a poll leaves something for the next one. */
const MOST = 10;
/** As the nodes have it unless told otherwise. Minutes. */
const LEASE = { occasion: 60, sending: 2 };
/** What belongs to the past when the shop begins is looked for too. Days. */
const OLDER_DAYS = 1095;
/** A provider that says nothing is given up so soon that a run goes on. */
const PATIENCE_MS = 1_200;
const STAFF = 'chiara';
/** What the staff want to read before it leaves; the rest goes by policy. */
const READ_FIRST = ['birthday', 'campaign.greetings'];

/** The Due triggers poll, and a workflow goes on with what they hand out. */
export const plan: Step = async (place) => {
	const store = await openStore(place.settings);
	for (const trigger of usualTriggers(store.shop.timeZone)) await goOn(store, await itemsOf(store, trigger, place.clock()), place);
};

/** A consultant's own source hands out everybody for a campaign; again and again, as one that is run anew after a failure. */
export const campaign: Step = async (place) => {
	const store = await openStore(place.settings);
	await invite(store, place.random.pick(CAMPAIGNS), place);
};

/** Hands out everybody whom a campaign is for. */
export async function invite(store: Store, { kind, class: messageClass }: (typeof CAMPAIGNS)[number], place: Place): Promise<void> {
	const customers = await store.db.selectFrom('customers').selectAll().where('id', 'in', place.invitedIds).execute();
	const items = customers.map(({ id, first_name: firstName, last_name: lastName }): CrmItem => ({
		customer: { id, firstName, lastName, language: 'it', formality: 'lei' },
		occasion: { kind, dueOn: place.day, stage: 1, class: messageClass, daysLate: 0 },
		offer: { title: 'Una collezione nuova', text: 'Sono arrivate montature fatte a mano.' },
	}));
	for (let from = 0; from < items.length; from += MOST) await goOn(store, items.slice(from, from + MOST), place);
}

/** The staff say yes to most of what waits, no to some, and now and then take it back. */
export const desk: Step = async ({ settings, clock, random, told }) => {
	const store = await openStore(settings);
	const seen = random.shuffled(await listPending(store)).slice(0, random.integer(1, 8));
	const [first, ...others] = seen;
	if (!first) return;
	const now = clock();
	if (random.chance(0.15)) {
		for (const { id } of await rejectMessages(store, [first], STAFF, 'not now', now)) told({ done: 'rejected', messageId: id });
	}
	for (const { id } of await approveMessages(store, others, STAFF, shopToday(store.shop, now), now)) told({ done: 'approved', messageId: id });
	if (random.chance(0.1)) await undoDecisions(store, now, STAFF, clock());
};

/** Customers refuse, by a link or at the counter, and think better of it. */
export const customers: Step = async ({ settings, clock, random, customerIds, told }) => {
	const store = await openStore(settings);
	const customerId = random.pick(customerIds);
	const status = random.chance(0.7) ? 'withdrawn' as const : 'granted' as const;
	const now = clock();
	const said = { customerId, channel: random.pick(['any', 'sms', 'email'] as const), purpose: 'marketing' as const, status, legalBasis: 'consent', capturedAt: now, source: 'desk', noticeVersion: store.shop.privacyNotices[0].version };
	await recordConsents(store, [said], now);
	told({ done: 'consent', customerId, channel: said.channel, purpose: said.purpose, status, at: clock() });
};

/** Send Message sends whatever is approved, on both channels at the same time. */
export const send: Step = async ({ settings, clock, random, sms, mail }) => {
	const store = await openStore(settings);
	await markUncertain(store, clock());
	await endMessages(store, shopToday(store.shop, clock()), clock());
	const parallel = random.pick([1, 3, 12]);
	const channels = [
		{ name: 'sms', sender: 'generic:prova', channel: smsChannel(sms, fetchHttp(undefined, PATIENCE_MS), smsLength) },
		{ name: 'email', sender: 'smtp:prova', channel: emailChannel(mail, parallel) },
	] as const;
	const ends = await Promise.allSettled(channels.map(async ({ name, sender, channel }) => {
		try {
			await sendMessages(store, name, channel, { most: 500, parallel, leaseMinutes: LEASE.sending, sender: { name: sender, limits: { perSecond: 100, perMinute: 0, perDay: 0 } }, random: () => random.next() }, clock);
		} finally {
			await channel.close();
		}
	}));
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
};

async function itemsOf(store: Store, { name, kinds, restDays }: DueTrigger, now: Instant): Promise<CrmItem[]> {
	if (name === 'birthday') return await dueBirthdayItems(store, { belatedDays: 3, earlyDays: 0, leaseMinutes: LEASE.occasion, mostPerPoll: MOST }, { claim: true }, now);
	const { found, today } = await findDue(store, kinds, { leaseMinutes: LEASE.occasion, mostPerPoll: MOST, restDays, olderDays: OLDER_DAYS }, { claim: true }, now);
	return found.map((occasion) => dueItem(occasion, kinds.find(({ kind }) => kind === occasion.kind) as DueTrigger['kinds'][number], today));
}

/** Consent Check, Personalize Message, Queue for Approval: three nodes, three commits. */
async function goOn(store: Store, items: readonly CrmItem[], { clock }: Place): Promise<void> {
	const checked = await checkConsent(store, items, { channels: ['sms', 'email'] }, clock());
	const written = checked.flatMap((answer, position): CrmItem[] => {
		if (answer instanceof CrmError || answer.decision.outcome !== 'allow') return [];
		const item = { ...items[position], occasion: answer.occasion, decision: answer.decision };
		return [{ ...item, message: personalize(store, item, '') }];
	});
	for (const [byStaff, group] of Map.groupBy(written, ({ occasion }) => READ_FIRST.includes(occasion.kind))) await queueItems(store, group, byStaff ? 'staff' : 'policy', clock());
}

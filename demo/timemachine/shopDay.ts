import { CrmError } from '../../lib/domain/errors';
import type { Channel } from '../../lib/domain/glossary';
import type { CrmItem, ItemMessage, ItemOccasion } from '../../lib/domain/item';
import { shopToday } from '../../lib/domain/shop';
import type { Instant } from '../../lib/domain/time';
import { templateFiles } from '../../lib/messages/files';
import { approveMessages, resolveUncertain } from '../../lib/store/approval';
import { endMessages } from '../../lib/store/endMessages';
import { listPending, listUncertain, openChannels } from './openMessages';
import type { Store } from '../../lib/store/open';
import { numbersToCheck, recordRpoChecks } from '../../lib/store/rpo';
import { markUncertain } from '../../lib/store/sending';
import { dueBirthdayItems } from '../../nodes/BirthdayDueTrigger/dueBirthdays';
import { answerRefusal } from '../../nodes/CustomerReplyTrigger/refusals';
import type { DueTrigger } from '../../nodes/OpticalCrm/actions/shop/forecast/kinds';
import { placeholders } from '../../nodes/OpticalCrm/actions/shop/forecast/placeholder';
import { personalize } from '../../nodes/shared/personalize';
import { dueItem, findDue } from '../../nodes/shared/due';
import { planContacts, type ContactPlan } from '../../nodes/shared/planContacts';
import { sendMessages } from '../../nodes/shared/sendMessages';
import type { Random } from '../shop/random';
import { RecordingSender, type Departure, type Recording } from './recording';
import { SENDING } from './world/habits';
import type { LinkRefusal } from './world/world';

const MOST = 500;
const STAFF = 'chiara';
/** Numbers that stand in the opposition register: three in a hundred. */
const LISTED = /(07|42|88)$/;
/** What the staff want to read before it leaves; the rest goes by policy. */
const READ_FIRST = ['recall.vision', 'recall.eyewear', 'recall.dormant', 'quote.open', 'welcome'];
/** Channels on which the shop of the fiction sends, the most wanted first. */
const CHANNELS_TRIED: Channel[] = ['email', 'sms', 'letter'];

/** What the package has texts for. */
const WRITTEN = new Set(templateFiles().map(({ id, channel }) => `${id} ${channel}`));

/** The Due triggers poll, and one workflow goes on to the queue with what they hand out. Returns what could not be handled. */
export async function poll(store: Store, triggers: readonly DueTrigger[], now: Instant): Promise<CrmError[]> {
	const items: CrmItem[] = [];
	for (const trigger of triggers) {
		for (let more = true; more; ) {
			const found = await itemsOf(store, trigger, now);
			items.push(...found);
			more = found.length === MOST;
		}
	}
	const planned = await planContacts(store, items, planOf(store), now);
	return planned.flatMap(({ problem }) => problem ?? []);
}

async function itemsOf(store: Store, { name, kinds, restDays }: DueTrigger, now: Instant): Promise<CrmItem[]> {
	const claim = { claim: true };
	if (name === 'birthday') return await dueBirthdayItems(store, { belatedDays: 3, earlyDays: 0, leaseMinutes: 60, mostPerPoll: MOST }, claim, now);
	const { found, today } = await findDue(store, kinds, { leaseMinutes: 60, mostPerPoll: MOST, restDays, olderDays: 0 }, claim, now);
	return found.map((occasion) => dueItem(occasion, kinds.find(({ kind }) => kind === occasion.kind) as DueTrigger['kinds'][number], today));
}

function planOf(store: Store): ContactPlan {
	const placeholder = placeholders(store);
	return {
		channelsOf: ({ by, kind }: ItemOccasion) => (by === 'call' ? ['call'] : kind === 'birthday' ? ['email'] : CHANNELS_TRIED),
		approvalOf: ({ kind }) => (READ_FIRST.includes(kind) ? 'staff' : 'policy'),
		write: (item): ItemMessage | CrmError => {
			// Where the package has no text yet, the contact is made without one.
			if (!WRITTEN.has(`${item.occasion.kind} ${item.decision?.channel}`)) return placeholder(item);
			try {
				return personalize(store, item, '');
			} catch (error) {
				if (error instanceof CrmError) return error;
				throw error;
			}
		},
	};
}

/** The staff approve what waits and clear up what nobody knows; now and then they do not get round to it. */
export async function staffHour(store: Store, random: Random, now: Instant): Promise<void> {
	if (!random.chance(0.8)) return;
	const seen = await listPending(store);
	if (seen.length > 0) await approveMessages(store, seen, STAFF, shopToday(store.shop, now), now);
	for (const id of await listUncertain(store)) await resolveUncertain(store, id, random.chance(SENDING.arrivedAfterAll), STAFF, now);
}

/** The shop asks the opposition register about its numbers: some are listed, and an answer is soon too old for a call. */
export async function askRegister(store: Store, now: Instant): Promise<void> {
	const numbers = await numbersToCheck(store, now);
	await recordRpoChecks(store, numbers.map(({ number }) => ({ number, checkedAt: now, result: LISTED.test(number) ? 'listed' as const : 'notListed' as const })));
}

/** Send Message sends whatever is approved. Returns what arrived. */
export async function send(store: Store, recording: Recording, random: Random, now: Instant): Promise<Departure[]> {
	const channels = await openChannels(store);
	if (channels.length === 0) return [];
	await markUncertain(store, now);
	await endMessages(store, shopToday(store.shop, now), now);
	const arrived: Departure[] = [];
	for (const channel of channels) {
		const sender = new RecordingSender(channel, recording, random, () => now);
		await sendMessages(store, channel, sender, { most: MOST, parallel: MOST, leaseMinutes: 2 }, () => now);
		arrived.push(...sender.fresh);
	}
	return arrived;
}

/** Customers press the link in a message, or their mail program does. */
export async function postRefusals(store: Store, refusals: readonly LinkRefusal[], now: Instant): Promise<void> {
	for (const { url, scope, oneClick } of refusals) {
		const token = new URL(url).searchParams.get('t');
		const body = oneClick ? { 'List-Unsubscribe': 'One-Click' } : { token, scope };
		const request = { method: 'POST', query: { t: token }, body, headers: {}, path: '/', secure: true, address: '192.0.2.7' };
		const { page } = await answerRefusal(store, request, now);
		if (page.status !== 200) throw new Error(`A refusal was answered with ${page.status}.`);
	}
}

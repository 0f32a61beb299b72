import { sql } from 'kysely';
import type { NewCustomer } from '../../../../lib/domain/customer';
import { CONTACT_POINT_OF_CHANNEL, type Channel } from '../../../../lib/domain/glossary';
import { plusDays, plusMinutes } from '../../../../lib/domain/time';
import { mergeCustomers } from '../../../../lib/store/merging/mergeCustomers';
import { buildHouseholds } from '../../../../lib/store/customers/buildHouseholds';
import { eraseAll } from '../../../../lib/store/erasing/eraseCustomers';
import type { Store } from '../../../../lib/store/open';
import { recordConsents } from '../../../../lib/store/recordConsents';
import { saveAppointments } from '../../../../lib/store/records/appointments';
import { saveEquipment } from '../../../../lib/store/records/equipment';
import { saveExams } from '../../../../lib/store/records/exams';
import { saveQuotes } from '../../../../lib/store/records/quotes';
import { saveCustomers } from '../../../../lib/store/customers/saveCustomers';
import { fillConversations } from './fillConversations';
import { fillSettings } from './fillSettings';

export const NOW = '2026-11-24T08:00:00.000Z';
export const TODAY = '2026-11-24';
const BEFORE = plusMinutes(NOW, -60 * 24 * 3);

/** How the shops of a run look. All of them hold the same. */
export interface Likeness {
	people: number;
	/** Turns kinds and channels round, so that each run has others together. */
	turn: number;
}

const FIRST = ['Giulia', 'Marco', 'Anna', 'Luca', 'Sara'];
const LAST = ['Rossi', 'Bianchi', 'Conti'];
const KINDS = ['birthday', 'recall.vision', 'recall.eyewear', 'progressive', 'welcome', 'survey', 'campaign.sun'];

/** Fills shops with the same people and the same past, customer by customer in turns, so that their ids lie between each other's. */
export async function fillShops(stores: readonly Store[], likeness: Likeness): Promise<void> {
	for (const store of stores) await fillSettings(store, NOW, TODAY);
	for (let person = 0; person < likeness.people; person++) for (const store of stores) await fillPerson(store, person, likeness);
	for (const store of stores) {
		const people = await store.db.selectFrom('customers').select('id').where('shop_id', '=', store.shop.id).orderBy('id').execute();
		const [gone, merged, kept] = people.slice(-3).map(({ id }) => id);
		await buildHouseholds(store, BEFORE);
		await mergeCustomers(store, { keptId: kept, mergedId: merged, who: 'Chiara' }, BEFORE);
		await store.db.updateTable('messages').set({ state: 'sent' }).where('customer_id', '=', gone).where('state', '=', 'sending').execute();
		await store.db.transaction().execute(async (db) => await eraseAll({ ...store, db }, [gone], { reason: 'request', who: 'Chiara' }, BEFORE));
	}
}

function customerNamed(person: number): NewCustomer {
	const phone = `+3933312345${String(Math.floor(person / 2)).padStart(2, '0')}`;
	return {
		code: `C${person}`, firstName: FIRST[person % FIRST.length], lastName: LAST[Math.floor(person / 2) % LAST.length], birthDate: `19${60 + person}-11-24`, enteredOn: plusDays(TODAY, -20),
		contactPoints: [
			{ kind: 'email', value: `person${person}@posta.example` },
			// Two and two share a number and a home.
			{ kind: 'phone', value: phone, line: 'mobile' },
			{ kind: 'address', value: JSON.stringify({ street: `Via Roma ${Math.floor(person / 2)}`, postalCode: '50100', town: 'Firenze', province: 'FI', country: 'IT' }) },
			{ kind: 'push', value: `app-${person}` },
		],
		consents: (['email', 'sms', 'whatsapp', 'letter', 'call'] as const).flatMap((channel) => (['marketing', 'recall'] as const).map((purpose) => ({ channel, purpose, status: 'granted' as const, capturedOn: '2023-02-03' }))),
	};
}

async function fillPerson(store: Store, person: number, { turn }: Likeness): Promise<void> {
	const [saved] = await saveCustomers(store, [customerNamed(person)], { source: 'import', noticeVersion: '2024-01' }, BEFORE);
	if (saved.status === 'rejected') throw new Error('A customer of the test is ambiguous');
	const customerId = saved.id;
	const says = { customerId, channel: 'email', legalBasis: 'consent', capturedAt: BEFORE, source: 'staff', evidence: `scan ${person}`, wordingVersion: 'w1', operator: 'chiara' } as const;
	await recordConsents(store, [{ ...says, purpose: 'survey', status: 'granted' }, ...(person % 3 === 0 ? [{ ...says, channel: 'sms' as const, purpose: 'marketing' as const, status: 'objected' as const }] : [])], BEFORE);
	await saveEquipment(store, [
		{ customerId, code: `E${person}`, lensType: 'progressive', orderedOn: plusDays(TODAY, -20), deliveredOn: plusDays(TODAY, -8), amountCents: 40_000, firstProgressive: true, description: 'Titanio' },
		{ customerId, code: `L${person}`, lensType: 'contact-lenses', orderedOn: plusDays(TODAY, -80), deliveredOn: plusDays(TODAY, -80), supplyDays: 90, amountCents: 9_000 },
		{ customerId, code: `R${person}`, orderedOn: plusDays(TODAY, -6), readyOn: plusDays(TODAY, -1), kind: 'spectacles', lensType: 'sun' },
		{ customerId, orderedOn: '2015-03-04', deliveredOn: '2015-03-14', amountCents: 20_000, lensType: 'single-vision' },
	], BEFORE);
	await saveExams(store, [{ customerId, code: `X${person}`, takenOn: plusDays(TODAY, -730) }, { customerId, takenOn: '2020-01-01', nextDueOn: plusDays(TODAY, 5) }], BEFORE);
	await saveAppointments(store, [{ customerId, code: `A${person}`, startsAt: plusMinutes(NOW, -24 * 60), status: 'missed' }, { customerId, startsAt: plusMinutes(NOW, 24 * 60 * (1 + (person % 3))), kind: 'controllo' }], BEFORE);
	await saveQuotes(store, [{ customerId, code: `Q${person}`, madeOn: plusDays(TODAY, -10), amountCents: 30_000, description: 'Preventivo' }], BEFORE);
	const messages = await fillMessages(store, customerId, person, turn);
	await fillConversations(store, { customerId, person, messages }, NOW, TODAY);
}

/** A message in each state and on each channel that something looks for. */
const MESSAGES: ReadonlyArray<{ state: string; channel: Channel; open?: string }> = [
	{ state: 'pending', channel: 'email' }, { state: 'pending', channel: 'sms' }, { state: 'approved', channel: 'email' }, { state: 'approved', channel: 'letter' }, { state: 'approved', channel: 'letter' },
	{ state: 'approved', channel: 'call' }, { state: 'approved', channel: 'call' }, { state: 'approved', channel: 'whatsappLinked' }, { state: 'approved', channel: 'whatsapp' },
	{ state: 'sending', channel: 'email' }, { state: 'sent', channel: 'email' }, { state: 'sent', channel: 'whatsapp' }, { state: 'delivered', channel: 'sms' }, { state: 'read', channel: 'email' },
	{ state: 'failed', channel: 'email' }, { state: 'uncertain', channel: 'whatsapp' }, { state: 'expired', channel: 'email' }, { state: 'blocked', channel: 'email', open: 'review' }, { state: 'rejected', channel: 'email' },
];
const OPEN = [['leased', null], ['waiting', null], ['settled', 'held'], ['settled', 'blocked'], ['settled', 'review'], ['leased', 'deferred']] as const;

/** A message of the fill, as what comes after it wants to know it. */
export interface FilledMessage {
	id: number;
	occasionId: number;
	channel: Channel;
	state: string;
}

async function fillMessages({ db, shop }: Store, customerId: number, person: number, turn: number): Promise<FilledMessage[]> {
	const points = await db.selectFrom('contact_points').selectAll().where('customer_id', '=', customerId).execute();
	const kindAt = (index: number) => KINDS[(index + turn + person) % KINDS.length];
	const occasion = async (index: number, state: string, outcome: string | null, reason: string | null = null) => {
		const [kind, dueOn] = [kindAt(index), `${2026 - Math.floor(index / KINDS.length)}${plusDays(TODAY, -2).slice(4)}`];
		const { id } = await db.insertInto('occasions').values({
			shop_id: shop.id, customer_id: customerId, kind, due_on: dueOn, stage: 1, expires_on: plusDays(TODAY, 10), state, outcome, reason, claims: 1,
			leased_until: state === 'leased' ? plusMinutes(NOW, -5) : null, created_at: BEFORE, settled_at: state === 'settled' ? BEFORE : null, since: plusDays(TODAY, -30), cause: 'interval', acted_on: state === 'waiting' ? null : plusDays(TODAY, -2),
		}).returning('id').executeTakeFirstOrThrow();
		const tried = JSON.stringify([{ channel: 'email', outcome: outcome === 'review' ? 'review' : 'allow', reason: outcome === 'review' ? 'BASIS_UNCERTAIN' : 'ALLOW_CONSENT', rule: 'R07', facts: { consentId: 1 } }]);
		const decision = await db.insertInto('decisions').values({
			shop_id: shop.id, customer_id: customerId, occasion_id: id, moment: 'plan', outcome: outcome === 'review' ? 'review' : 'allow', reason: 'ALLOW_CONSENT', rule: 'R07', rules_version: '1', class: 'relational', purpose: 'marketing',
			channel: 'email', contact_point_id: points[0].id, legal_basis: 'consent', tried, retry_at: null, decided_at: BEFORE, policy_version: 1, uses: null,
		}).returning('id').executeTakeFirstOrThrow();
		await db.insertInto('campaign_assignments').values({ occasion_id: id, shop_id: shop.id, customer_id: customerId, campaign: kind, grp: index % 4 === 0 ? 'holdout' : 'contact', assigned_on: plusDays(TODAY, -60), assigned_at: BEFORE }).execute();
		return { id, kind, decisionId: decision.id };
	};
	for (const [index, [state, outcome]] of OPEN.entries()) await occasion(MESSAGES.length + index, state, outcome, outcome === 'held' ? 'ROLLOUT_PHASE' : outcome && 'CONSENT_MISSING');
	const filled: FilledMessage[] = [];
	for (const [index, { state, channel, open }] of MESSAGES.entries()) {
		const { id: occasionId, kind, decisionId } = await occasion(index, 'settled', open ?? 'message');
		const point = points.find((one) => one.kind === CONTACT_POINT_OF_CHANNEL[channel]) as (typeof points)[number];
		const left = ['sending', 'sent', 'delivered', 'read', 'uncertain', 'failed'].includes(state);
		// The same texts and the same hashes in all shops, and the same ids of providers.
		const hash = `hash-of-${person}-${index}`;
		const { id } = await db.insertInto('messages').values({
			shop_id: shop.id, customer_id: customerId, occasion_id: occasionId, kind, contact_point_id: point.id, channel, class: 'relational', intent: null, language: 'it', template_id: kind, template_version: 1, subject: 'Auguri', preheader: null,
			body: `Testo ${person}`, text: `Testo ${person}`, refusal_url: 'https://crm.example/r', content_hash: hash, approved_hash: state === 'pending' ? null : hash, decision_id: decisionId, state, attempts: left ? 1 : 0, not_before: null,
			sending_until: state === 'sending' ? plusMinutes(NOW, -1) : null, expires_on: state === 'expired' ? plusDays(TODAY, -1) : plusDays(TODAY, 9), provider_id: left && state !== 'uncertain' ? `provider ${person} ${index}` : null, created_at: BEFORE, updated_at: BEFORE,
			sent_on: left ? plusDays(TODAY, -3) : null, extra: channel === 'call' ? JSON.stringify({ call: { questions: [] } }) : null, uses: null, provider: left ? 'smtp' : null, cost_mills: left ? 80 : null, staff_seconds: left ? 5 : null,
			delivered_at: null, read_at: null, failure: null, rewording: null, later_on: null, written: index === 2 ? 'Altro' : null, edited_at: index === 2 ? BEFORE : null, left_hash: channel === 'whatsappLinked' && person % 2 === 0 ? hash : null,
		}).returning('id').executeTakeFirstOrThrow();
		const history = (from: string | null, to: string, who: string, why: string | null = null) => ({ message_id: id, at: BEFORE, from_state: from, to_state: to, who, why });
		await db.insertInto('message_history').values([history(null, 'pending', 'workflow'), ...(state === 'pending' ? [] : [history('pending', state === 'rejected' ? state : 'approved', 'Chiara')]), ...(left ? [history('approved', 'sending', 'sender'), history('sending', 'sent', 'sender')] : [])]).execute();
		if (channel === 'email') await db.insertInto('message_html').values({ message_id: id, html: `<p>${person}</p>` }).execute();
		filled.push({ id, occasionId, channel, state });
	}
	await fillDeskWork({ db, shop }, filled, person);
	return filled;
}

/** Calls that were tried and that somebody is on, and a batch of letters. */
async function fillDeskWork({ db, shop }: Pick<Store, 'db' | 'shop'>, messages: readonly FilledMessage[], person: number): Promise<void> {
	const [called, taken] = messages.filter(({ channel }) => channel === 'call');
	const [letter] = messages.filter(({ channel }) => channel === 'letter');
	await db.insertInto('call_tries').values({ shop_id: shop.id, message_id: called.id, at: plusMinutes(NOW, -30), who: 'chiara', outcome: 'notReached', again_at: null, answers: null, note: 'Nessuno' }).execute();
	await db.insertInto('call_leases').values({ shop_id: shop.id, message_id: taken.id, who: 'chiara', until: plusMinutes(NOW, 10) }).execute();
	const { id } = await db.insertInto('letter_batches').values({
		shop_id: shop.id, day: plusDays(TODAY, -1), made_by: 'chiara', made_at: BEFORE, pages: 1, page_mills: 50, postage_mills: 1_100, staff_seconds: 60,
		printed_at: person % 2 === 0 ? BEFORE : null, printed_by: person % 2 === 0 ? 'chiara' : null, posted_at: null, posted_by: null,
	}).returning('id').executeTakeFirstOrThrow();
	await db.insertInto('letters').values({ message_id: letter.id, batch_id: id, position: 1, pages: 1 }).execute();
	await sql`insert into text_complaints (shop_id, message_id, template_id, template_version, channel, about, words, who, at)
		select shop_id, id, template_id, template_version, channel, 'sounds', 'Suona male', 'chiara', ${BEFORE} from messages where id = ${letter.id}`.execute(db);
}

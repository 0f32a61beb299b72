import { createHash } from 'node:crypto';
import { plusDays, plusMinutes, type Instant, type LocalDate } from '../../../../lib/domain/time';
import type { Store } from '../../../../lib/store/open';
import type { FilledMessage } from './fill';

/** The link of a customer's opt-in. */
export const optInToken = (shopCode: string, person: number) => `token ${shopCode} ${person}`;

/** What a customer wrote, answered and asked for, and the lists that the customer is on. */
export async function fillConversations({ db, shop }: Store, { customerId, person, messages }: { customerId: number; person: number; messages: readonly FilledMessage[] }, now: Instant, today: LocalDate): Promise<void> {
	const before = plusMinutes(now, -3 * 24 * 60);
	const own = { shop_id: shop.id, customer_id: customerId };
	const sender = `person${person}@posta.example`;
	const read = messages.find(({ state }) => state === 'read') as FilledMessage;
	const ticket = await db.insertInto('tickets').values({
		...own, channel: 'email', sender, kind: person % 2 === 0 ? 'problem' : 'question', urgent: person % 2 === 0 ? 1 : 0, state: 'open', message_id: read.id, proposed_answer: 'Gentile cliente', opened_at: before, updated_at: before,
		closed_at: null, closed_by: null, note: null,
	}).returning('id').executeTakeFirstOrThrow();
	const stranger = await db.insertInto('tickets').values({ ...own, customer_id: null, channel: 'sms', sender: `+3934700000${String(person).padStart(2, '0')}`, kind: 'other', urgent: 0, state: 'open', message_id: null, proposed_answer: null, opened_at: before, updated_at: before, closed_at: null, closed_by: null, note: null }).returning('id').executeTakeFirstOrThrow();
	await db.insertInto('inbound_messages').values([
		{ ...own, channel: 'email', sender, body: 'Non va bene', meaning: 'problem', at: before, received_at: before, message_id: read.id, ticket_id: ticket.id },
		{ ...own, channel: 'whatsappLinked', sender: `+3933312345${String(Math.floor(person / 2)).padStart(2, '0')}`, body: 'Buongiorno', meaning: 'other', at: before, received_at: before, message_id: null, ticket_id: null },
		{ ...own, customer_id: null, channel: 'sms', sender: `+3934700000${String(person).padStart(2, '0')}`, body: 'Chi siete?', meaning: 'other', at: before, received_at: before, message_id: null, ticket_id: stranger.id },
	]).execute();
	await db.insertInto('survey_answers').values({ ...own, message_id: read.id, score: person % 11, comment: 'Bene', answered_at: before }).execute();
	await db.insertInto('customer_answers').values({ ...own, kind: 'progressive', answer: person % 2 === 0 ? 'fine' : 'wrong', answered_on: plusDays(today, -3), created_at: before }).execute();
	await db.insertInto('own_dates').values({ ...own, name: 'guarantee-end', day: plusDays(today, person), created_at: before }).execute();
	const point = await db.selectFrom('contact_points').selectAll().where('customer_id', '=', customerId).where('kind', '=', 'email').executeTakeFirstOrThrow();
	await db.insertInto('opt_in_requests').values({ token_hash: createHash('sha256').update(optInToken(shop.code, person)).digest('hex'), ...own, contact_point_id: point.id, channel: 'email', purpose: 'marketing', notice_version: '2024-01', wording_version: 'w1', requested_at: before, expires_at: plusMinutes(now, 600), confirmed_at: null }).execute();
	const phone = await db.selectFrom('contact_points').selectAll().where('customer_id', '=', customerId).where('kind', '=', 'phone').executeTakeFirstOrThrow();
	await db.insertInto('rpo_checks').values({ shop_id: shop.id, address_hash: phone.address_hash, checked_at: before, result: 'listed', enrolled_on: '2020-01-01' }).execute();
	await db.insertInto('whatsapp_windows').values({ shop_id: shop.id, address_hash: phone.address_hash, last_message_at: plusMinutes(now, -60) }).onConflict((conflict) => conflict.doNothing()).execute();
	await db.insertInto('provider_events').values({ shop_id: shop.id, channel: 'email', event_id: `event ${person}`, kind: 'delivery', at: before, received_at: before }).execute();
	await db.insertInto('segment_members').values([{ ...own, name: 'at-risk' }]).execute();
	if (person % 2 === 0) {
		const goal = await db.selectFrom('segment_goals').select('id').where('shop_id', '=', shop.id).executeTakeFirstOrThrow();
		await db.insertInto('segment_members').values({ ...own, name: `goal:${goal.id}` }).execute();
	}
}

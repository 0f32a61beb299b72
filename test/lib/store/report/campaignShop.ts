import { plusDays } from '../../../../lib/domain/time';
import type { Store } from '../../../../lib/store/open';
import { customer, saved } from '../../../support/store';
import type { Person } from './obviousCampaigns';
import { insertRows, rowOf } from './rows';

/** Writes people with all that happened to them into the store; gives their ids. */
export async function writePeople(store: Store, people: readonly Person[]): Promise<number[]> {
	const ids = await saved(store, people.map(() => customer({ consents: [] })));
	const points = new Map((await store.db.selectFrom('contact_points').select(['id', 'customer_id']).execute()).map(({ id, customer_id: owner }) => [owner, id]));
	const shop = { shop_id: store.shop.id };
	let next = Number((await store.db.selectFrom('occasions').select(({ fn }) => fn.max('id').as('last')).executeTakeFirst())?.last ?? 0);
	const rows = { occasions: [] as Row[], assignments: [] as Row[], messages: [] as Row[], history: [] as Row[], consents: [] as Row[], replies: [] as Row[] };
	people.forEach(({ assigned }, index) => assigned.forEach(({ campaign, on, group, message }, place) => {
		const [id, customerId, at] = [++next, ids[index], `${on}T09:00:00.000Z`];
		rows.occasions.push({ id, ...shop, customer_id: customerId, kind: campaign, due_on: on, stage: place + 1, state: 'settled', outcome: 'message', claims: 1, created_at: at });
		rows.assignments.push({ occasion_id: id, ...shop, customer_id: customerId, campaign, grp: group, assigned_on: on, assigned_at: at });
		if (!message) return;
		const left = ['sent', 'delivered', 'read', 'failed'].includes(message.state);
		rows.messages.push({
			id, ...shop, customer_id: customerId, occasion_id: id, kind: campaign, contact_point_id: points.get(customerId) as number, channel: 'email', class: 'recall', language: 'it', template_id: 'x', template_version: 1,
			body: 'x', text: 'x', content_hash: 'x', state: message.state, created_at: at, updated_at: at, sent_on: left ? on : null, provider: message.rehearsed ? 'rehearsal' : null, cost_mills: left ? 100 : null, staff_seconds: left ? 60 : null,
		});
		if (left) rows.history.push({ message_id: id, at, from_state: 'sending', to_state: 'sent', who: 'sender', why: null });
		if (message.refusedAfter !== undefined) {
			const refusedAt = `${plusDays(on, message.refusedAfter)}T10:00:00.000Z`;
			rows.consents.push({ ...shop, customer_id: customerId, sequence: 100 + place, channel: 'email', purpose: 'marketing', status: 'withdrawn', legal_basis: 'consent', captured_at: refusedAt, source: 'link', recorded_at: refusedAt, previous_hash: 'x', hash: `h${id}` });
		}
		if (message.replied) rows.replies.push({ ...shop, customer_id: customerId, channel: 'email', sender: 'x', body: 'x', meaning: 'other', at, received_at: at, message_id: id });
	}));
	await insertRows(store, 'occasions', rows.occasions);
	await insertRows(store, 'campaign_assignments', rows.assignments);
	await insertRows(store, 'messages', rows.messages);
	await insertRows(store, 'message_history', rows.history);
	await insertRows(store, 'consents', rows.consents);
	await insertRows(store, 'inbound_messages', rows.replies);
	await insertRows(store, 'exams', people.flatMap(({ exams }, index) => exams.map((day) => rowOf.exam(store, ids[index], day))));
	await insertRows(store, 'appointments', people.flatMap(({ visits }, index) => visits.map(({ on, status, madeOn }) => rowOf.appointment(store, ids[index], on, status, madeOn))));
	await insertRows(store, 'equipment', people.flatMap(({ sales }, index) => sales.map(({ on, collectedOn, cents, returned }) =>
		rowOf.sale(store, ids[index], { ordered_on: on, delivered_on: collectedOn, amount_cents: cents, returned_on: returned ? on : null }))));
	return ids;
}

type Row = Record<string, string | number | null>;

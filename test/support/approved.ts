import type { NewCustomer } from '../../lib/domain/customer';
import type { Channel } from '../../lib/domain/glossary';
import type { ItemMessage } from '../../lib/domain/item';
import { CONTACT_POINT_OF_CHANNEL } from '../../lib/domain/glossary';
import { contentHash } from '../../lib/messages/hash';
import { queueMessages } from '../../lib/store/messages';
import type { Store } from '../../lib/store/open';
import { occasionIds } from '../../lib/store/settling';
import { customer, saved } from './store';

export const HOME = { street: 'Via Roma 1', postalCode: '50123', town: 'Firenze', province: 'FI', country: 'IT' };
const REFUSAL = 'https://crm.example/webhook/ottica/customer?t=abc';

/** A text that says all that the rules want of one. */
export const TEXT = `Gentile cliente,\n\nè ora del controllo.\n\nChiara\n\n--\nOttica Prova, Via Roma 1, Firenze, ciao@ottica.example\nPer non riceverne più: ${REFUSAL}`;

export interface ApprovedMessage {
	id: number;
	customerId: number;
	contactPointId: number;
}

/** Approved messages on a channel, one for each new customer, who has agreed to it; with `approval: 'staff'` they wait for a yes. */
export async function approved(
	store: Store,
	channel: Channel,
	people: Array<Partial<NewCustomer>>,
	now: string,
	{ kind = 'progressive', messageClass = 'service', dueOn = now.slice(0, 10), expiresOn, message, approval = 'policy' }: { kind?: string; messageClass?: ItemMessage['class']; dueOn?: string; expiresOn?: string; message?: Partial<ItemMessage>; approval?: 'policy' | 'staff' } = {},
): Promise<ApprovedMessage[]> {
	const consents = (['marketing', 'recall'] as const).map((purpose) => ({ channel, purpose, status: 'granted' as const, capturedOn: '2023-02-03' }));
	const ids = await saved(store, people.map((changes) => customer({ contactPoints: [], consents, ...changes })), now);
	const occasions = await occasionIds(store, ids.map((customerId) => ({ customerId, kind, dueOn, stage: 1 })), now);
	const points = await store.db.selectFrom('contact_points').selectAll().where('kind', '=', CONTACT_POINT_OF_CHANNEL[channel]).execute();
	const entries = ids.map((customerId, index) => {
		const { id: contactPointId, value } = points.find((point) => point.customer_id === customerId) as (typeof points)[number];
		const written: ItemMessage = {
			channel, class: messageClass, language: 'it', templateId: kind, templateVersion: 1, subject: 'Il controllo', body: 'x', text: TEXT, refusalUrl: REFUSAL, ...message,
		};
		return { customerId, occasionId: occasions[index] as number, contactPointId, expiresOn, message: written, contentHash: contentHash({ recipient: value, ...written }) };
	});
	const queued = await queueMessages(store, entries, approval, now);
	return queued.map(({ id }, index) => ({ id, customerId: ids[index], contactPointId: entries[index].contactPointId }));
}

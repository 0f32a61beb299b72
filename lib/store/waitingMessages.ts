import { sql } from 'kysely';
import type { DataUse } from '../domain/consent';
import type { Channel, MessageClass } from '../domain/glossary';
import type { LocalDate } from '../domain/time';
import type { Store } from './open';

/** A message that waits to be approved or to leave, as the contact rules ask about it. */
export interface WaitingMessage {
	id: number;
	customerId: number;
	occasionId: number;
	kind: string;
	dueOn: LocalDate;
	class: MessageClass;
	channel: Channel;
	state: 'pending' | 'approved';
	text: string;
	refusalUrl?: string;
	/** What the recipient was chosen by. */
	uses?: DataUse;
}

/** The messages that wait, by ascending id, a page at a time. */
export async function waitingMessages({ db, shop }: Pick<Store, 'db' | 'shop'>, after: number, limit: number): Promise<WaitingMessage[]> {
	const { rows } = await sql<Omit<WaitingMessage, 'uses'> & { refusalUrl: string | null; uses: string | null }>`
		select message.id, message.customer_id as "customerId", message.occasion_id as "occasionId", occasion.kind, occasion.due_on as "dueOn", message.class,
			message.channel, message.state, message.text, message.refusal_url as "refusalUrl", message.uses
		from messages as message join occasions as occasion on occasion.id = message.occasion_id
		where message.shop_id = ${shop.id} and message.state in ('pending', 'approved') and message.id > ${after} order by message.id limit ${limit}`.execute(db);
	return rows.map(({ refusalUrl, uses, ...row }) => ({ ...row, ...(refusalUrl !== null && { refusalUrl }), ...(uses !== null && { uses: JSON.parse(uses) as DataUse }) }));
}

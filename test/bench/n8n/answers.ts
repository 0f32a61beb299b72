import { sql } from 'kysely';
import type { LocalDate } from '../../../lib/domain/time';
import type { Store } from '../../../lib/store/open';

/** What became of a customer who was due. */
export interface Answer {
	/** The customer's number, as in the export. */
	id: number;
	/** Why not; absent: a greeting waits. */
	reason?: string;
	recipient?: string;
	subject?: string;
	text?: string;
}

interface AnswerRow {
	id: number;
	reason: string | null;
	recipient: string | null;
	subject: string | null;
	text: string | null;
}

/** What our workflow has left in the store for this day. */
export async function ourAnswers({ db, shop }: Store, today: LocalDate): Promise<Answer[]> {
	const { rows } = await sql<AnswerRow>`
		select cast(substr(customer.code, 2) as integer) as id, case when message.id is null then coalesce(occasion.reason, occasion.state) end as reason,
			point.value as recipient, message.subject, message.text
		from occasions as occasion join customers as customer on customer.id = occasion.customer_id
			left join messages as message on message.occasion_id = occasion.id and message.state = 'pending'
			left join contact_points as point on point.id = message.contact_point_id
		where occasion.shop_id = ${shop.id} and occasion.kind = 'birthday' and occasion.due_on = ${today} order by id`.execute(db);
	return rows.map(toAnswer);
}

/** What a workflow that is built by hand has recorded for this day. */
export async function answersByHand({ db }: Pick<Store, 'db'>, today: LocalDate): Promise<Answer[]> {
	const { rows } = await sql<AnswerRow>`
		select customer_id as id, case when status = 'pending' then null else reason end as reason, recipient, subject, text
		from by_hand.greetings where due_on = ${today}::date order by customer_id`.execute(db);
	return rows.map(toAnswer);
}

/**
 * Compares two sets of answers: who, why not, to whom and with which words. The refusal links differ, since each shop makes its own; so do the
 * lines of the shop around them, which name the same.
 * @throws Error naming the first customer about whom they differ
 */
export function requireSame(name: string, ours: readonly Answer[], byHand: readonly Answer[]): void {
	if (ours.length !== byHand.length) throw new Error(`${ours.length} are due for ours, ${byHand.length} for ${name}.`);
	ours.forEach((one, index) => {
		const [mine, other] = [one, byHand[index]].map((answer) => JSON.stringify({ ...answer, text: ownWords(answer.text) }));
		if (mine !== other) throw new Error(`Ours and ${name} differ:\n${mine}\n${other}`);
	});
	for (const { reason, text } of [...ours, ...byHand]) if (reason === undefined && !/Ottica Prova[\s\S]*https:\/\/crm\.example\/\S+/.test(text ?? '')) throw new Error(`A text does not say who writes, and how to refuse:\n${text}`);
}

/** The text up to the signature. */
function ownWords(text: string | undefined): string | undefined {
	return text?.slice(0, text.indexOf('Un caro saluto,\n')).trim();
}

function toAnswer({ id, reason, recipient, subject, text }: AnswerRow): Answer {
	return { id, ...(reason !== null && { reason }), ...(recipient !== null && { recipient }), ...(subject !== null && { subject }), ...(text !== null && { text }) };
}

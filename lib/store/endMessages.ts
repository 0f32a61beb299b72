import { sql } from 'kysely';
import type { MessageState } from '../domain/glossary';
import { ENDED_BY_VISIT } from '../domain/occasionKinds';
import type { Instant, LocalDate } from '../domain/time';
import { quotedList, UNLOCKED_ONLY } from './dialect';
import { recordHistory } from './messageHistory';
import { answered, cameBack, courseBegan } from './occasions/stops';
import type { Store } from './open';
import { sendingTransaction } from './senders';
import { idSet, rowSet } from './sets';

interface EndedRow {
	id: number;
	state: MessageState;
	ended: 'expired' | 'blocked';
	why: string | null;
}

const [CUSTOMER, FROM] = ['message.customer_id', courseBegan('occasion')];
/** Why nobody needs the message any more, where it asks somebody back. */
const WHY_ENDED = sql`case when occasion.kind in (${quotedList(ENDED_BY_VISIT)})
	then case when ${cameBack(CUSTOMER, FROM)} then 'CAME_BACK' when ${answered(CUSTOMER, FROM)} then 'ANSWERED' end end`;

/**
 * Ends pending and approved messages that must not leave any more: those whose last day has passed expire (a letter in a batch is in the staff's hands already), and those that ask a customer back who
 * has been in the shop or has answered since are blocked. Returns how many.
 */
export async function endMessages(store: Store, today: LocalDate, now: Instant): Promise<number> {
	// Mostly there are none, and then nobody has to wait for a transaction.
	if ((await toEnd(store, today)).length === 0) return 0;
	return await sendingTransaction(store, async (transaction) => {
		const rows = await toEnd({ ...store, db: transaction }, today);
		if (rows.length === 0) return 0;
		const ended = rowSet(rows.map(({ id, state, ended: to }) => ({ id, state, ended: to })), { id: 'integer', state: 'text', ended: 'text' });
		// What somebody has decided or begun to send since it was looked at stays as it is.
		const changed = await sql<{ id: number }>`
			update messages set state = ended.ended, updated_at = ${now} from ${ended} as ended
			where messages.id = ended.id and messages.state = ended.state
				and messages.id in (select id from messages where id in ${idSet(rows.map(({ id }) => id))} and state in ('pending', 'approved') order by id ${UNLOCKED_ONLY})
			returning messages.id`.execute(transaction);
		const done = new Set(changed.rows.map(({ id }) => id));
		await recordHistory(transaction, rows.filter(({ id }) => done.has(id)).map(({ id, state, ended: to, why }) => ({ id, from: state, to, who: 'clock', why: why ?? undefined })), now);
		return done.size;
	});
}

async function toEnd({ db, shop }: Pick<Store, 'db' | 'shop'>, today: LocalDate): Promise<EndedRow[]> {
	const { rows } = await sql<EndedRow>`
		select id, state, case when why is null then 'expired' else 'blocked' end as ended, why
		from (select message.id, message.state, message.expires_on, ${WHY_ENDED} as why
			from messages as message cross join occasions as occasion on occasion.id = message.occasion_id
			where message.shop_id = ${shop.id} and message.state in ('pending', 'approved')) as open
		where why is not null or (expires_on < ${today} and not exists (select 1 from letters where letters.message_id = open.id))`.execute(db);
	return rows;
}

import { sql } from 'kysely';
import { CrmError } from '../domain/errors';
import type { MessageState } from '../domain/glossary';
import type { Instant, LocalDate } from '../domain/time';
import { recordHistory } from './messageHistory';
import type { Database, Store } from './open';
import type { Row } from './schema';
import { idSet, rowSet } from './sets';

/** Letters that are printed together. */
export interface LetterBatch {
	id: number;
	day: LocalDate;
	madeBy: string;
	madeAt: Instant;
	letters: number;
	pages: number;
	pageMills: number;
	postageMills: number;
	staffSeconds: number;
	printedAt?: Instant;
	printedBy?: string;
	postedAt?: Instant;
	postedBy?: string;
}

/** A letter with its recipient, in a batch or waiting for one. */
export interface StoredLetter {
	messageId: number;
	customerId: number;
	firstName: string;
	lastName: string;
	title?: string;
	/** The contact point, as the store keeps it. */
	address: string;
	subject?: string;
	text: string;
	state: MessageState;
	kind: string;
	dueOn: LocalDate;
	expiresOn?: LocalDate;
	/** Place in its batch, from 1, and how long it is. */
	position?: number;
	pages?: number;
}

type Scope = Pick<Store, 'shop'> & { db: Database };

interface LetterRow {
	message_id: number;
	customer_id: number;
	first_name: string;
	last_name: string;
	title: string | null;
	value: string;
	subject: string | null;
	text: string;
	state: string;
	kind: string;
	due_on: string;
	expires_on: string | null;
	position: number | null;
	pages: number | null;
}

const LETTER = sql`message.id as message_id, message.customer_id, customer.first_name, customer.last_name, customer.title, point.value, message.subject, message.text,
	message.state, occasion.kind, occasion.due_on, message.expires_on, letter.position, letter.pages`;
const JOINED = sql`join customers as customer on customer.id = message.customer_id
	join contact_points as point on point.id = message.contact_point_id
	join occasions as occasion on occasion.id = message.occasion_id`;

/** The approved letters that are in no batch, those that must leave first before the others. */
export async function waitingLetters({ db, shop }: Scope, today: LocalDate, page: { limit: number; offset?: number }): Promise<StoredLetter[]> {
	const { rows } = await sql<LetterRow>`
		select ${LETTER} from messages as message ${JOINED} left join letters as letter on letter.message_id = message.id
		where message.shop_id = ${shop.id} and message.state = 'approved' and message.channel = 'letter' and letter.message_id is null
			and (message.expires_on is null or message.expires_on >= ${today})
		order by coalesce(message.expires_on, '9999-12-31'), message.id limit ${page.limit} offset ${page.offset ?? 0}`.execute(db);
	return rows.map(toLetter);
}

/** How many approved letters are in no batch. */
export async function countWaitingLetters({ db, shop }: Scope, today: LocalDate): Promise<number> {
	const { rows } = await sql<{ letters: number }>`
		select count(*) as letters from messages where shop_id = ${shop.id} and state = 'approved' and channel = 'letter'
			and (expires_on is null or expires_on >= ${today}) and not exists (select 1 from letters where letters.message_id = messages.id)`.execute(db);
	return rows[0].letters;
}

/** The letters of a batch in the order of its file, whatever became of them since. */
export async function lettersOfBatch({ db, shop }: Scope, batchId: number): Promise<StoredLetter[]> {
	const { rows } = await sql<LetterRow>`
		select ${LETTER} from letters as letter join messages as message on message.id = letter.message_id ${JOINED}
		where letter.batch_id = ${batchId} and +message.shop_id = ${shop.id} order by letter.position`.execute(db);
	return rows.map(toLetter);
}

/** What a new batch holds, beside its letters. */
export type NewBatch = Pick<LetterBatch, 'day' | 'madeBy' | 'pageMills' | 'postageMills' | 'staffSeconds'>;

/**
 * Puts approved letters of the shop into a new batch, in the order given; inside the transaction in which they were decided about. One that is in a batch
 * already stays in that.
 * @returns the id of the batch
 * @throws CrmError where one of them is not this shop's
 */
export async function makeBatch({ db, shop }: Scope, batch: NewBatch, letters: ReadonlyArray<{ messageId: number; pages: number }>, now: Instant): Promise<number> {
	const ids = letters.map(({ messageId }) => messageId);
	const own = await sql<{ id: number }>`select id from messages where id in ${idSet(ids)} and +shop_id = ${shop.id}`.execute(db);
	if (own.rows.length < new Set(ids).size) throw new CrmError('A letter is not of this shop', 'Take the letters from Letter > Make Batch, with the same credential.');
	const pages = letters.reduce((sum, letter) => sum + letter.pages, 0);
	const { id } = await db
		.insertInto('letter_batches')
		.values({
			shop_id: shop.id, day: batch.day, made_by: batch.madeBy, made_at: now, pages,
			page_mills: batch.pageMills, postage_mills: batch.postageMills, staff_seconds: batch.staffSeconds,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const rows = letters.map(({ messageId, pages: count }, index) => ({ message_id: messageId, position: index + 1, pages: count }));
	await sql`
		insert into letters (message_id, batch_id, position, pages)
		select given.message_id, ${id}, given.position, given.pages from ${rowSet(rows, { message_id: 'integer', position: 'integer', pages: 'integer' })} as given`.execute(db);
	return id;
}

/** The newest batches, each with how many letters are still in it. */
export async function letterBatches({ db, shop }: Scope, page: { limit: number; id?: number }): Promise<LetterBatch[]> {
	const { rows } = await sql<BatchRow>`
		select batch.*, (select count(*) from letters where letters.batch_id = batch.id) as letters from letter_batches as batch
		where batch.shop_id = ${shop.id} and (${page.id ?? null} is null or batch.id = ${page.id ?? null}) order by batch.id desc limit ${page.limit}`.execute(db);
	return rows.map(toBatch);
}

/**
 * Takes letters out of their batch, as long as it is not posted: they wait for the next one, or are never sent where a reason is given.
 * @returns the ids of those that were taken out
 */
export async function takeOutLetters(store: Scope, messageIds: readonly number[], { who, reject }: { who: string; reject?: string }, now: Instant): Promise<number[]> {
	return await store.db.transaction().execute(async (transaction) => {
		const { rows } = await sql<{ message_id: number }>`
			delete from letters where message_id in ${idSet(messageIds)}
				and batch_id in (select id from letter_batches where shop_id = ${store.shop.id} and posted_at is null) returning message_id`.execute(transaction);
		const ids = rows.map(({ message_id }) => message_id);
		const open = await sql<{ id: number }>`select id from messages where id in ${idSet(ids)} and state = 'approved'`.execute(transaction);
		const changed = open.rows.map(({ id }) => id);
		if (reject !== undefined) await sql`update messages set state = 'rejected', approved_hash = null, updated_at = ${now} where id in ${idSet(changed)}`.execute(transaction);
		await recordHistory(transaction, changed.map((id) => ({ id, from: 'approved', to: reject === undefined ? 'approved' : 'rejected', who, why: reject ?? 'TAKEN_OUT' })), now);
		return ids;
	});
}

/**
 * Rejects approved letters that are in no batch: they are never printed. What is printed, sent or decided meanwhile is left alone.
 * @returns the ids of those that were rejected
 */
export async function rejectWaitingLetters(store: Scope, messageIds: readonly number[], who: string, why: string, now: Instant): Promise<number[]> {
	return await store.db.transaction().execute(async (transaction) => {
		const { rows } = await sql<{ id: number }>`
			update messages set state = 'rejected', approved_hash = null, updated_at = ${now}
			where id in ${idSet(messageIds)} and +shop_id = ${store.shop.id} and state = 'approved' and channel = 'letter'
				and not exists (select 1 from letters where letters.message_id = messages.id) returning id`.execute(transaction);
		const ids = rows.map(({ id }) => id);
		await recordHistory(transaction, ids.map((id) => ({ id, from: 'approved' as const, to: 'rejected' as const, who, why })), now);
		return ids;
	});
}

/** Notes that a batch came out of the printer; again, when it was printed again. */
export async function markPrinted({ db, shop }: Scope, batchId: number, who: string, now: Instant): Promise<LetterBatch> {
	await sql`update letter_batches set printed_at = ${now}, printed_by = ${who} where id = ${batchId} and shop_id = ${shop.id} and posted_at is null`.execute(db);
	return await theBatch({ db, shop }, batchId);
}

/** What became of the letters when their batch was posted. */
export interface Posted {
	batch: LetterBatch;
	/** Messages that are sent now. */
	sent: number[];
	/** Those that were stopped since they were printed, with the state that they are in: their letter must not be in the postbox. */
	stopped: Array<{ messageId: number; state: MessageState }>;
}

/**
 * Records that somebody brought the letters to the post: what is still approved is sent, with its cost. A second time changes nothing.
 * @throws CrmError when the shop has no such batch, or nobody has said that it was printed
 */
export async function markPosted(store: Scope, batchId: number, who: string, today: LocalDate, now: Instant): Promise<Posted> {
	return await store.db.transaction().execute(async (transaction) => {
		const scope = { ...store, db: transaction };
		const batch = await theBatch(scope, batchId);
		const letters = await lettersOfBatch(scope, batchId);
		const stopped = letters.filter(({ state }) => !['approved', 'sent', 'delivered', 'read', 'failed'].includes(state)).map(({ messageId, state }) => ({ messageId, state }));
		if (batch.postedAt !== undefined) return { batch, sent: [], stopped };
		if (batch.printedAt === undefined) throw new CrmError(`Batch ${batchId} was not printed yet`, 'Print it and say so with Letter > Mark Printed first.');
		const { rows } = await sql<{ id: number }>`
			update messages set state = 'sent', attempts = attempts + 1, sent_on = ${today}, provider = 'letter', updated_at = ${now}, staff_seconds = ${batch.staffSeconds},
				cost_mills = ${batch.postageMills} + ${batch.pageMills} * (select pages from letters where letters.message_id = messages.id)
			where id in ${idSet(letters.map(({ messageId }) => messageId))} and state = 'approved' returning id`.execute(transaction);
		const sent = rows.map(({ id }) => id).sort((one, other) => one - other);
		await recordHistory(transaction, sent.flatMap((id) => [{ id, from: 'approved' as const, to: 'sending' as const, who, why: 'LETTER_POSTED' }, { id, from: 'sending' as const, to: 'sent' as const, who }]), now);
		await sql`update letter_batches set posted_at = ${now}, posted_by = ${who} where id = ${batchId}`.execute(transaction);
		return { batch: await theBatch(scope, batchId), sent, stopped };
	});
}

async function theBatch(scope: Scope, id: number): Promise<LetterBatch> {
	const [batch] = await letterBatches(scope, { limit: 1, id });
	if (!batch) throw new CrmError(`The shop has no batch of letters ${id}`, 'Take its ID from the output of Letter > Make Batch.');
	return batch;
}

type BatchRow = Omit<Row<'letter_batches'>, 'shop_id'> & { letters: number };

function toBatch(row: BatchRow): LetterBatch {
	return {
		id: row.id, day: row.day, madeBy: row.made_by, madeAt: row.made_at, letters: row.letters, pages: row.pages,
		pageMills: row.page_mills, postageMills: row.postage_mills, staffSeconds: row.staff_seconds,
		...(row.printed_at !== null && { printedAt: row.printed_at, printedBy: row.printed_by ?? undefined }),
		...(row.posted_at !== null && { postedAt: row.posted_at, postedBy: row.posted_by ?? undefined }),
	};
}

function toLetter(row: LetterRow): StoredLetter {
	return {
		messageId: row.message_id, customerId: row.customer_id, firstName: row.first_name, lastName: row.last_name,
		...(row.title !== null && { title: row.title }),
		address: row.value,
		...(row.subject !== null && { subject: row.subject }),
		text: row.text, state: row.state as MessageState, kind: row.kind, dueOn: row.due_on,
		...(row.expires_on !== null && { expiresOn: row.expires_on }),
		...(row.position !== null && { position: row.position }),
		...(row.pages !== null && { pages: row.pages }),
	};
}

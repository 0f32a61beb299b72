import { sql } from 'kysely';
import type { Language } from '../../domain/glossary';
import type { Instant, LocalDate } from '../../domain/time';
import type { Store } from '../open';
import { idSet } from '../sets';

/** A question of the shop's own list, as it is stored. */
export interface OwnQuestion {
	name: string;
	language: Language;
	phrases: string[];
	answer: string;
}

/** The shop's own frequent questions, by language and name. */
export async function ownQuestions({ db, shop }: Pick<Store, 'db' | 'shop'>): Promise<OwnQuestion[]> {
	const { rows } = await sql<{ name: string; language: string; phrases: string; answer: string }>`
		select name, language, phrases, answer from frequent_questions where shop_id = ${shop.id} order by language, name`.execute(db);
	return rows.map(({ phrases, language, ...row }) => ({ ...row, language: language as Language, phrases: JSON.parse(phrases) as string[] }));
}

/** Keeps a question, in place of the one of the same name and language. */
export async function saveQuestion({ db, shop }: Pick<Store, 'db' | 'shop'>, { name, language, phrases, answer }: OwnQuestion, now: Instant): Promise<void> {
	await sql`
		insert into frequent_questions (shop_id, language, name, phrases, answer, updated_at) values (${shop.id}, ${language}, ${name}, ${JSON.stringify(phrases)}, ${answer}, ${now})
		on conflict (shop_id, language, name) do update set phrases = excluded.phrases, answer = excluded.answer, updated_at = excluded.updated_at`.execute(db);
}

/** Takes a question off the list; the package's own of that name counts again. False when there was none. */
export async function removeQuestion({ db, shop }: Pick<Store, 'db' | 'shop'>, language: Language, name: string): Promise<boolean> {
	const { rows } = await sql<{ id: number }>`delete from frequent_questions where shop_id = ${shop.id} and language = ${language} and name = ${name} returning id`.execute(db);
	return rows.length > 0;
}

/** Where the newest order of each of these customers stands that was not handed over yet; who has none is missing. */
export async function orderStates({ db, shop }: Pick<Store, 'db' | 'shop'>, customerIds: readonly number[], today: LocalDate): Promise<Map<number, 'ready' | 'notReady'>> {
	if (customerIds.length === 0) return new Map();
	const { rows } = await sql<{ customer_id: number; is_ready: number }>`
		select customer_id, case when ready_on is not null and ready_on <= ${today} then 1 else 0 end as is_ready from equipment
		where customer_id in ${idSet(customerIds)} and +shop_id = ${shop.id} and delivered_on is null and returned_on is null and ordered_on is not null
		order by ordered_on, id`.execute(db);
	return new Map(rows.map(({ customer_id, is_ready }) => [customer_id, is_ready === 1 ? 'ready' : 'notReady']));
}

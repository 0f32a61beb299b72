import { unprintableFields } from '../../lib/channels/letter/characters';
import type { Letter, LetterFrame, LetterSettings, LetterWords } from '../../lib/channels/letter/letter';
import { mailMergeCsv } from '../../lib/channels/letter/mailMerge';
import { printLetters } from '../../lib/channels/letter/pdf';
import { checkAddress, type AddressDoubt } from '../../lib/domain/addressCheck';
import { CrmError } from '../../lib/domain/errors';
import { envelopeLines } from '../../lib/domain/postalAddress';
import { shopToday, type Shop } from '../../lib/domain/shop';
import type { Instant, LocalDate } from '../../lib/domain/time';
import { contactOf } from '../../lib/messages/contact';
import { letterBatches, lettersOfBatch, makeBatch, waitingLetters, type LetterBatch, type NewBatch, type StoredLetter } from '../../lib/store/letters';
import type { Store } from '../../lib/store/open';
import { senderTurn } from '../../lib/store/senders';
import { recordTaken, takeApproved } from '../../lib/store/sending';
import { dayInWords } from '../../lib/web/dates';
import { fill, loadTexts } from '../../lib/web/texts';
import { decideFreshly } from './freshDecision';

type LetterTexts = typeof import('../../templates/it/letter.json');

/** How a batch is made. */
export interface BatchSettings extends LetterSettings, Omit<NewBatch, 'day' | 'madeBy'> {
	/** Letters at the most. */
	most: number;
	who: string;
	/** Addresses that may be wrong are printed too. */
	doubtfulToo?: boolean;
}

/** A letter that is not printed this time: its message waits on, or the rules have stopped it. */
export interface HeldLetter {
	messageId: number;
	customerId: number;
	/** A doubt about the address, `CHARACTERS`, or the reason code of the rule. */
	why: string;
	/** With `CHARACTERS`: where. */
	field?: string;
	/** When the rules may be asked again; absent where nothing will change by itself. */
	retryAt?: Instant;
}

/** A batch as files. */
export interface BatchFiles {
	batch: LetterBatch;
	/** Without ending. */
	fileName: string;
	pdf: Buffer;
	/** Pages of the file, with its list. */
	filePages: number;
	csv: string;
	letters: Array<{ messageId: number; customerId: number; position: number; pages: number; doubt?: AddressDoubt }>;
}

/**
 * Puts the letters that wait into a batch, after a fresh look at address and rules, and prints it. Messages stay approved until the staff have
 * posted them; their last day does not end them any more.
 * @returns the files, where there was a letter to print, and what was held back
 */
export async function makeLetterBatch(store: Store, settings: BatchSettings, now: Instant): Promise<{ made?: BatchFiles; held: HeldLetter[] }> {
	const today = shopToday(store.shop, now);
	const waiting = await waitingLetters(store, today, { limit: settings.most });
	const held = waiting.flatMap((letter) => problemOf(letter, store.shop, settings));
	const stopped = new Set(held.map(({ messageId }) => messageId));
	const ids = waiting.map(({ messageId }) => messageId).filter((id) => !stopped.has(id));
	if (ids.length === 0) return { held };
	const batchId = await store.db.transaction().execute(async (transaction) => {
		const scope = { ...store, db: transaction };
		await senderTurn(transaction, store);
		const taken = await takeApproved(transaction, store, { channels: ['letter'], ids, limit: ids.length, today }, now);
		const decisions = await decideFreshly(scope, taken, today, now);
		const allowed = new Set(decisions.filter(({ result }) => result.to === 'sending').map(({ message }) => message.id));
		for (const { message, result } of decisions) {
			if (!allowed.has(message.id)) held.push({ messageId: message.id, customerId: message.customerId, why: result.why ?? '', ...(result.notBefore && { retryAt: result.notBefore }) });
		}
		await recordTaken(transaction, decisions.map(({ message, result }) => (allowed.has(message.id) ? { id: message.id, to: 'approved', why: 'LETTER_BATCH' } : result)), now);
		const letters = waiting.filter(({ messageId }) => allowed.has(messageId));
		if (letters.length === 0) return undefined;
		const { pages } = await printLetters({ ...printOf(letters, store.shop, settings, today, now), list: false });
		const { pageMills, postageMills, staffSeconds, who } = settings;
		return await makeBatch(scope, { day: today, madeBy: who, pageMills, postageMills, staffSeconds }, letters.map(({ messageId }, index) => ({ messageId, pages: pages[index] })), now);
	});
	return { ...(batchId !== undefined && { made: await printBatch(store, batchId, settings) }), held };
}

/**
 * The files of a batch, once more: those of its letters that may still leave, or have left.
 * @throws CrmError where the batch is not there, or none of its letters may leave any more
 */
export async function printBatch(store: Store, batchId: number, settings: LetterSettings): Promise<BatchFiles> {
	const [batch] = await letterBatches(store, { limit: 1, id: batchId });
	const letters = (await lettersOfBatch(store, batchId)).filter(({ state, text }) => ['approved', 'sent', 'delivered', 'read'].includes(state) && text !== '');
	if (!batch || letters.length === 0) throw new CrmError(`There is no letter to print in batch ${batchId}`, 'Take the ID from the output of Letter > Make Batch; letters that were stopped since are not printed.');
	const { shop } = store;
	const { pdf, pages, total } = await printLetters({ ...printOf(letters, shop, settings, batch.day, batch.madeAt), list: true });
	const doubts = letters.map(({ address }) => doubtOf(address, shop));
	return {
		batch,
		fileName: fill(textsOf(shop).fileName, { day: batch.day, batch: String(batch.id) }),
		pdf,
		filePages: total,
		csv: mailMergeCsv(letters.map((letter, index) => ({ ...letter, number: index + 1, pages: pages[index], doubt: doubts[index] }))),
		letters: letters.map(({ messageId, customerId }, index) => ({ messageId, customerId, position: index + 1, pages: pages[index], ...(doubts[index] && { doubt: doubts[index] }) })),
	};
}

/** Why a letter cannot be printed before anybody asks the rules. */
export function problemOf(letter: StoredLetter, shop: Shop, { font, doubtfulToo }: Pick<BatchSettings, 'font' | 'doubtfulToo'>): HeldLetter[] {
	const { messageId, customerId } = letter;
	const doubt = doubtOf(letter.address, shop);
	if (doubt && !doubtfulToo) return [{ messageId, customerId, why: doubt }];
	const [wrong] = font ? [] : unprintableFields(toLetter(letter, shop));
	return wrong ? [{ messageId, customerId, why: 'CHARACTERS', field: wrong.field }] : [];
}

function doubtOf(address: string, shop: Shop): AddressDoubt | undefined {
	const verdict = checkAddress(address, shop.country);
	return verdict.ok ? undefined : verdict.doubt;
}

function printOf(letters: readonly StoredLetter[], shop: Shop, settings: LetterSettings, day: LocalDate, madeAt: Instant) {
	const texts = textsOf(shop);
	const words: LetterWords = texts;
	return { letters: letters.map((letter) => toLetter(letter, shop)), frame: frameOf(shop, day), words, settings, title: fill(texts.title, { day: dayInWords(day, shop.language) }), madeAt };
}

/** The shop's own part of a letter. */
export function frameOf(shop: Shop, day: LocalDate): LetterFrame {
	const { name, address, phone, email } = contactOf(shop);
	const inWords = dayInWords(day, shop.language);
	return {
		senderName: name,
		senderLines: [address, [phone && `Tel. ${phone}`, email].filter(Boolean).join(' · ')].filter((line) => line !== undefined && line !== '') as string[],
		returnLine: fill(textsOf(shop).returnLine, { sender: [name, address].filter(Boolean).join(', ') }),
		placeAndDate: shop.town ? `${shop.town}, ${inWords}` : inWords,
		language: shop.language,
	};
}

function toLetter({ messageId, title, firstName, lastName, address, subject, text }: StoredLetter, shop: Shop): Letter {
	return { id: messageId, recipientName: [title, firstName, lastName].filter(Boolean).join(' '), addressLines: envelopeLines(address, shop.country), subject, text };
}

function textsOf(shop: Shop): LetterTexts {
	return loadTexts<LetterTexts>('letter', shop.language);
}

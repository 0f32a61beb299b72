import { renderBatch } from '../../../lib/desk/letters/batchPage';
import { renderLetters } from '../../../lib/desk/letters/lettersPage';
import type { DeskLetter } from '../../../lib/desk/letters/state';
import { PAGE_SIZE } from '../../../lib/desk/state';
import { addressInWords } from '../../../lib/domain/postalAddress';
import { shopToday } from '../../../lib/domain/shop';
import { countWaitingLetters, letterBatches, lettersOfBatch, waitingLetters, type StoredLetter } from '../../../lib/store/letters';
import { fileAnswer } from '../../../lib/web/file';
import type { Answer, Page } from '../../../lib/web/page';
import { printBatch, problemOf } from '../../shared/letterBatch';
import { problem, type DeskContext, type ShownThing, type ShownView, type StaffSession } from '../context';
import { frameOf } from '../frame';
import { customerNameOf } from '../customerName';

/** Batches that are shown; older ones are in the store. */
const BATCHES_SHOWN = 12;

/** The letters that wait, and the newest batches. */
export async function showLetters(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { store, now, settings } = desk;
	const { place } = view;
	const today = shopToday(store.shop, now);
	const letters = await waitingLetters(store, today, { limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	const total = await countWaitingLetters(store, today);
	const batches = await letterBatches(store, { limit: BATCHES_SHOWN });
	return renderLetters({ ...frameOf(desk, session, view, 'letters'), place, total, letters: letters.map((letter) => toDeskLetter(letter, desk)), most: settings.letters.most, batches });
}

/** One batch with its letters. */
export async function showBatch(desk: DeskContext, session: StaffSession, view: ShownThing): Promise<Page> {
	const [batch] = await letterBatches(desk.store, { limit: 1, id: view.id });
	if (!batch) return problem(desk, 'notFound');
	const letters = await lettersOfBatch(desk.store, view.id);
	return renderBatch({ ...frameOf(desk, session, view, 'letters'), batch, letters: letters.map((letter) => toDeskLetter(letter, desk)) });
}

/** The letters of a batch, ready to print. */
export async function showBatchPdf(desk: DeskContext, _session: StaffSession, view: ShownThing): Promise<Answer> {
	const files = await filesOf(desk, view.id);
	return files ? fileAnswer(`${files.fileName}.pdf`, 'application/pdf', files.pdf) : problem(desk, 'notFound');
}

/** The same as a table for a mail merge. */
export async function showBatchCsv(desk: DeskContext, _session: StaffSession, view: ShownThing): Promise<Answer> {
	const files = await filesOf(desk, view.id);
	return files ? fileAnswer(`${files.fileName}.csv`, 'text/csv; charset=utf-8', Buffer.from(files.csv)) : problem(desk, 'notFound');
}

/** Nothing where none of its letters may leave any more. */
async function filesOf({ store, settings }: DeskContext, id: number) {
	const letters = await lettersOfBatch(store, id);
	return letters.some(({ state }) => ['approved', 'sent', 'delivered', 'read'].includes(state)) ? await printBatch(store, id, settings.letters) : undefined;
}

function toDeskLetter(letter: StoredLetter, { store: { shop } }: DeskContext): DeskLetter {
	const { messageId, customerId, firstName, lastName, kind, dueOn, expiresOn, address, state, position, pages } = letter;
	const [found] = problemOf(letter, shop, {});
	return { id: messageId, customerId, customerName: customerNameOf({ firstName, lastName }), occasion: { kind, dueOn }, address: addressInWords(address), state, ...(expiresOn && { expiresOn }), ...(found && { doubt: found.why }), position, pages };
}

import type { LetterAction } from '../../../lib/desk/letters/action';
import type { Flash } from '../../../lib/desk/view';
import { shopToday } from '../../../lib/domain/shop';
import { letterBatches, markPosted, markPrinted, rejectWaitingLetters, takeOutLetters } from '../../../lib/store/letters';
import { makeLetterBatch } from '../../shared/letterBatch';
import { LEFT_ALONE, problem, type DeskContext, type Done, type StaffSession } from '../context';

/** Prints letters, posts them, or holds one back. What somebody else has done meanwhile is left alone and counted. */
export async function actOnLetters(desk: DeskContext, session: StaffSession, action: LetterAction): Promise<Done> {
	const { store, now, settings } = desk;
	const who = session.staff;
	switch (action.kind) {
		case 'makeBatch': {
			const staffSeconds = Math.round(settings.minutes.letter * 60);
			const { made } = await makeLetterBatch(store, { ...settings.letters, staffSeconds, who, doubtfulToo: action.doubtfulToo }, now);
			return made ? { flash: { code: 'batchMade', count: made.letters.length }, go: { view: 'batch', id: made.batch.id, place: { page: 1 } } } : { flash: { code: 'batchNone', count: 1 } };
		}
		case 'batchPrinted':
		case 'batchPosted':
			return await onBatch(desk, session, action);
		case 'takeOutLetter':
			return { flash: counted('lettersTakenOut', await takeOutLetters(store, [action.id], { who }, now)) };
		case 'rejectLetter': {
			const rejected = action.inBatch ? await takeOutLetters(store, [action.id], { who, reject: action.why }, now) : await rejectWaitingLetters(store, [action.id], who, action.why, now);
			return { flash: counted('lettersRejected', rejected) };
		}
	}
}

async function onBatch(desk: DeskContext, { staff }: StaffSession, { kind, id }: Extract<LetterAction, { kind: 'batchPrinted' | 'batchPosted' }>): Promise<Done> {
	const { store, now } = desk;
	const [batch] = await letterBatches(store, { limit: 1, id });
	// The page offers to post only what somebody has printed.
	if (!batch || (kind === 'batchPosted' && batch.printedAt === undefined)) return { page: problem(desk, 'notFound') };
	if (kind === 'batchPrinted') {
		const { postedAt } = await markPrinted(store, id, staff, now);
		return postedAt === undefined ? { flash: { code: 'batchPrinted', count: 1 } } : { flash: LEFT_ALONE };
	}
	const { sent } = await markPosted(store, id, staff, shopToday(store.shop, now), now);
	return sent.length > 0 ? { flash: { code: 'batchPosted', count: sent.length } } : { flash: LEFT_ALONE };
}

function counted(code: Flash['code'], ids: readonly number[]): Flash {
	return ids.length > 0 ? { code, count: ids.length } : LEFT_ALONE;
}

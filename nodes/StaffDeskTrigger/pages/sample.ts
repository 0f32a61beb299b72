import { writeSampleClaim } from '../../../lib/desk/approve/sampleClaim';
import { renderSample } from '../../../lib/desk/approve/samplePage';
import { samplePending } from '../../../lib/store/approve/pending';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';
import { filterOf } from './approve';

/** Texts that one person reads before a yes to many. */
const MOST_SHOWN = 24;

/** A sample of what matches, drawn anew each time, before all of it is approved. */
export async function showSample(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { place } = view;
	const frame = frameOf(desk, session, view, 'approve');
	const { messages, total, reworded, texts, upTo } = await samplePending(desk.store, filterOf(place), frame.today, MOST_SHOWN);
	// With more texts than fit on the page, some would be approved unseen.
	const seesAll = total > 0 && texts <= MOST_SHOWN;
	return renderSample({
		...frame, place, total, reworded, texts,
		messages: messages.map((message) => ({ ...toDeskMessage(message), text: message.body, template: message.templateId })),
		...(seesAll && { claim: writeSampleClaim(session.token, place, { upTo, at: desk.now }) }),
	});
}

import { renderChannels } from '../../../lib/desk/approve/channelsPage';
import { messageDetail } from '../../../lib/store/review';
import type { Page } from '../../../lib/web/page';
import { problem, type DeskContext, type ShownThing, type StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';
import { otherChannels } from '../otherChannels';

/** The channels on which this person may be written to instead, as the rules have it now. */
export async function showChannels(desk: DeskContext, session: StaffSession, view: ShownThing): Promise<Page> {
	const message = await messageDetail(desk.store, view.id);
	if (message?.state !== 'pending') return problem(desk, 'notFound');
	const channels = await otherChannels(desk.store, message, desk.now);
	return renderChannels({ ...frameOf(desk, session, view, 'approve'), message: toDeskMessage(message), place: view.place, channels });
}

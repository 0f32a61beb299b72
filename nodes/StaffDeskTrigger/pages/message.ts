import { previewDocument } from '../../../lib/desk/approve/mailDocument';
import { renderMessage } from '../../../lib/desk/approve/messagePage';
import type { MessagePageState } from '../../../lib/desk/approve/state';
import { customerStory } from '../../../lib/store/approve/story';
import { messageHistory } from '../../../lib/store/messageHistory';
import { messageDetail } from '../../../lib/store/review';
import type { Page } from '../../../lib/web/page';
import { problem, type DeskContext, type ShownThing, type StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';
import { shownOf } from '../messagePreview';

/** What had been typed and could not be saved. */
type Unsaved = Pick<MessagePageState, 'draft' | 'fault' | 'looked'>;

/** One message with all that is needed to decide on it. */
export async function showMessage(desk: DeskContext, session: StaffSession, view: ShownThing, unsaved?: Unsaved): Promise<Page> {
	const { id, place } = view;
	const message = await messageDetail(desk.store, id);
	if (!message) return problem(desk, 'notFound');
	const history = await messageHistory(desk.store.db, desk.store.shop.id, id);
	const { state, customerId, recipient, extra, laterOn } = message;
	const frame = frameOf(desk, session, view, 'approve');
	const page = renderMessage({
		...frame,
		message: {
			...toDeskMessage(message),
			...shownOf(message, desk.store.shop, frame.today),
			state,
			customerId,
			recipient,
			laterOn,
			isFixed: extra?.whatsApp !== undefined,
			questions: extra?.call?.questions,
		},
		history: history.map(({ at, to, who, why }) => ({ at, state: to, who, why })),
		story: await customerStory(desk.store, customerId, frame.today),
		place,
		...unsaved,
	});
	return unsaved?.fault === 'changed' ? { ...page, status: 409 } : page;
}

/** The mail of a message as a document of its own, for the frame on its page. */
export async function showPreview(desk: DeskContext, _session: StaffSession, { id }: ShownThing): Promise<Page> {
	const message = await messageDetail(desk.store, id);
	return message?.html ? previewDocument(message.html, desk.store.shop.logo) : problem(desk, 'notFound');
}

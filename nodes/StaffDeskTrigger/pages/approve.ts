import { renderApprove } from '../../../lib/desk/approve/approvePage';
import { PAGE_SIZE } from '../../../lib/desk/state';
import type { Place } from '../../../lib/desk/view';
import { pendingGroups, pendingMessages, type PendingFilter, type PendingGroup } from '../../../lib/store/approve/pending';
import type { Page } from '../../../lib/web/page';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { toDeskMessage } from '../deskMessage';
import { frameOf } from '../frame';

/** The messages that wait for a yes. */
export async function showApprove(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	const { place } = view;
	const frame = frameOf(desk, session, view, 'approve');
	const filter = filterOf(place);
	const messages = await pendingMessages(desk.store, filter, { today: frame.today, limit: PAGE_SIZE, offset: (place.page - 1) * PAGE_SIZE });
	const groups = await pendingGroups(desk.store, frame.today, place.q);
	const total = groups.filter((group) => matches(group, filter)).reduce((sum, { pending }) => sum + pending, 0);
	return renderApprove({
		...frame, place, total, messages: messages.map(toDeskMessage), kinds: kindsOf(groups),
		channels: [...new Set(groups.map(({ channel }) => channel))].sort(), templates: [...new Set(groups.map(({ template }) => template))].sort(),
	});
}

/** Place and filter as the store asks for them. */
export function filterOf({ kind, channel, template, q }: Place): PendingFilter {
	return { kind, channel, template, name: q };
}

function matches(group: PendingGroup, filter: PendingFilter): boolean {
	return (['kind', 'channel', 'template'] as const).every((name) => filter[name] === undefined || filter[name] === group[name]);
}

function kindsOf(groups: readonly PendingGroup[]): Array<{ kind: string; pending: number }> {
	return [...Map.groupBy(groups, ({ kind }) => kind)].map(([kind, ofKind]) => ({ kind, pending: ofKind.reduce((sum, { pending }) => sum + pending, 0) }));
}

import { renderHealth } from '../../../lib/desk/health/page';
import type { Page } from '../../../lib/web/page';
import { healthOf } from '../../shared/health';
import type { DeskContext, ShownView, StaffSession } from '../context';
import { frameOf } from '../frame';

/** How the system does, for the lead. */
export async function showHealth(desk: DeskContext, session: StaffSession, view: ShownView): Promise<Page> {
	return renderHealth({ ...frameOf(desk, session, view, 'health'), health: await healthOf(desk.store, desk.place, desk.now) });
}

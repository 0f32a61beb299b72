import type { DeskAccount } from '../../lib/desk/login';
import { renderProblem } from '../../lib/desk/problemPage';
import type { LoginState, ProblemState } from '../../lib/desk/state';
import type { Instant } from '../../lib/domain/time';
import type { Page } from '../../lib/web/page';
import type { DecidedMessage } from '../../lib/store/approval';
import type { Store } from '../../lib/store/open';

/** What the Desk works with. */
export interface DeskContext {
	store: Store;
	accounts: DeskAccount[];
	now: Instant;
}

/** A member of staff who is logged in. */
export interface StaffSession {
	token: string;
	staff: string;
}

/** Messages that were decided by one form. */
export interface Decision {
	messages: DecidedMessage[];
	staff: string;
	at: Instant;
	why?: string;
}

/** What a page for somebody who is not logged in knows. */
export function loginFrame({ store: { shop } }: DeskContext): Pick<LoginState, 'language' | 'shopName'> {
	return { language: shop.language, shopName: shop.name };
}

/** A page for what cannot be done, with what had been typed. */
export function problem(desk: DeskContext, kind: ProblemState['problem'], typed?: ProblemState['typed']): Page {
	return renderProblem({ ...loginFrame(desk), problem: kind, typed });
}

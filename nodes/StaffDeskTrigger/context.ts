import type { DeskAccount, DeskRole } from '../../lib/desk/login/account';
import type { LoginState } from '../../lib/desk/login/state';
import { renderProblem } from '../../lib/desk/problemPage';
import type { ProblemState } from '../../lib/desk/state';
import type { DeskView, Flash } from '../../lib/desk/view';
import type { Language } from '../../lib/domain/glossary';
import type { Instant } from '../../lib/domain/time';
import type { DecidedMessage } from '../../lib/store/approval';
import type { Store } from '../../lib/store/open';
import type { StorePlace } from '../../lib/store/place';
import type { Answer, Page } from '../../lib/web/page';
import type { Person } from './people';
import type { DeskSettings } from './settings';

/** What the node gives to the Desk. */
export interface DeskSetup {
	store: Store;
	/** Where the store is. */
	place: StorePlace;
	/** Those of the credential. */
	accounts: DeskAccount[];
	/** How long what is approved waits before it leaves, so that it can be taken back; 0: no time at all. */
	undoSeconds: number;
	now: Instant;
	settings: DeskSettings;
	/** Public address of the Desk; absent where n8n does not tell it. */
	url?: string;
}

/** What the Desk works with. */
export interface DeskContext extends DeskSetup {
	/** Chosen by who is logged in; the shop's where nobody has. */
	language: Language;
}

/** A member of staff who is logged in. */
export interface StaffSession {
	token: string;
	staff: string;
	role: DeskRole;
	person: Person;
}

/** A page to show, and what the last action did. */
export type ShownView = Exclude<DeskView, { view: 'unknown' }>;
/** The same of a page about one thing. */
export type ShownThing = Extract<DeskView, { id: number }>;

/** What an action did. */
export interface Done {
	flash?: Flash;
	decision?: Decision;
	/** Where to go on; the page that the form names where it is absent. */
	go?: DeskView;
	/** A page that is shown at once, because what was typed could not be taken. */
	page?: Answer;
}

/** What was asked for was left alone: somebody else has changed it or decided meanwhile. */
export const LEFT_ALONE: Flash = { code: 'nothing', count: 0, left: 1 };

/** Messages that were decided by one form. */
export interface Decision {
	messages: DecidedMessage[];
	staff: string;
	at: Instant;
	why?: string;
}

/** What a page for somebody who is not logged in knows. */
export function loginFrame({ store: { shop }, language }: DeskContext): Pick<LoginState, 'language' | 'shopName'> {
	return { language, shopName: shop.name };
}

/** A page for what cannot be done, with what had been typed. */
export function problem(desk: DeskContext, kind: ProblemState['problem'], typed?: ProblemState['typed']): Page {
	return renderProblem({ ...loginFrame(desk), problem: kind, typed });
}

import type { ConsentRecord } from '../domain/consent';
import type { Channel, Language } from '../domain/glossary';
import type { Rewording } from '../domain/rewording';
import type { LocalDate } from '../domain/time';
import type { Draft } from './draft';
import type { DeskRole } from './login/account';
import type { DeskView, Flash, ListPage } from './view';

/** Entries on one page of a list; the store's query takes the same number. */
export const PAGE_SIZE = 20;

/** What every page for somebody who has logged in knows. */
export interface DeskFrame {
	language: Language;
	shopName: string;
	/** IANA zone of the shop, in which instants are shown. */
	timeZone: string;
	/** The shop's today: the rehearsal date where there is one. */
	today: LocalDate;
	/** True while the shop lives on a rehearsal date: shown in red on every page. */
	rehearsal: boolean;
	/** Set while no customer gets anything: where messages go instead, nowhere where it names none. Shown in red on every page. */
	rehearsedSending?: { to: string[] };
	/** Who is logged in. */
	userName: string;
	/** What they may do: a lead sees the rollout, the figures and the accounts too. */
	role: DeskRole;
	/** The shop has switched its own phone on: then the lead finds its page. */
	hasPhone?: boolean;
	/** The page that is marked in the navigation. */
	section?: ListPage;
	/** csrfToken() of the session. */
	csrf: string;
	/** What the last action did, as parseDeskView read it from the address. */
	flash?: Flash;
	/** The view on show, to come back to. */
	here?: DeskView;
}

/** Why the message is allowed, as the recorded decision says. */
export interface Why {
	/** Reason code of the decision, for example `ALLOW_CONSENT`; empty where none was recorded. */
	code: string;
	/** The consent record that the decision rests on. */
	consent?: Pick<ConsentRecord, 'capturedAt' | 'source' | 'method'>;
}

/** A message as a card shows it. */
export interface DeskMessage {
	id: number;
	/** Names this very text for this very recipient; comes back with each decision. 8 to 128 letters, digits, `_ - + / =`. */
	contentHash: string;
	customerName: string;
	occasion: {
		kind: string;
		dueOn: LocalDate;
		/** Birthdays: the age that the customer reaches. */
		turns?: number;
		/** The day of the fact that it comes from. */
		since?: LocalDate;
	};
	channel: Channel;
	/** Language of the text, where it may differ from the page's: a screen reader then speaks it rightly. */
	textLanguage?: Language;
	/** The line above the text, where the channel has one. */
	subject?: string;
	/** The personal part, which the staff may edit. */
	body: string;
	/** Where a language model has worded the text anew, and it still reads otherwise than before. */
	rewording?: Rewording;
	/** The last day on which it may leave. */
	expiresOn?: LocalDate;
	why: Why;
}

/** A page for what cannot be done. */
export interface ProblemState {
	language: Language;
	shopName?: string;
	problem: 'badForm' | 'tooOld' | 'forbidden' | 'leadOnly' | 'expired' | 'notFound' | 'tooFast' | 'busy' | 'failure';
	/** What the person had typed, so that it can be copied. */
	typed?: Draft;
}

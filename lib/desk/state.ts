import type { ConsentRecord } from '../domain/consent';
import type { Channel, Language, MessageState } from '../domain/glossary';
import type { CallQuestion } from '../domain/messageExtra';
import type { Rewording } from '../domain/rewording';
import type { Instant, LocalDate } from '../domain/time';
import type { Shown, StoryLine } from './approve/state';
import type { DeskAlert } from './alerts';
import type { DayTask } from './dayPlan';
import type { Draft, DraftFault } from './draft';
import type { DeskRole } from './login';
import type { DeskView, Flash, ListPage, Place } from './view';

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

/** A message of which nobody knows whether it arrived. */
export interface UncertainMessage extends Pick<DeskMessage, 'id' | 'customerName' | 'channel' | 'subject'> {
	/** When the sending broke off. */
	since?: Instant;
}

/** An occasion that the contact rules leave to a person. */
export interface DeskReviewCase extends Pick<DeskMessage, 'customerName' | 'occasion' | 'channel'> {
	id: number;
	/** Reason code of the decision. */
	reason: string;
	/** What the doubtful record says. */
	recorded?: { basis: string; capturedAt: Instant; source: string };
	/** Whether the customer's own request may be the basis too. */
	mayBeRequest: boolean;
	/** Versions of the privacy notices to choose from, and the one that the record names. */
	notices: string[];
	noticeVersion?: string;
}

/** The Today page. */
export interface TodayState extends DeskFrame {
	counts: { pending: number; approved: number; sentToday: number; failed: number; uncertain: number; review: number };
	/** What waits, in the order in which it matters. */
	tasks: DayTask[];
	/** Tickets that somebody should see to today. */
	urgentTickets: number;
	/** Calls that a day has room for. */
	callsPerDay: number;
	/** Batches of letters that are not in the postbox yet. */
	openBatches: number;
	/** What the shop should know. */
	alerts: DeskAlert[];
	/** The oldest of them; the rest is only counted. */
	uncertain: UncertainMessage[];
	/** The oldest cases for a person; the rest is only counted. */
	review: DeskReviewCase[];
}

/** The page on which messages are approved. */
export interface ApproveState extends DeskFrame {
	/** Occasion kinds that have pending messages, for the filter; shown when there are two or more, or one is chosen. */
	kinds: Array<{ kind: string; pending: number }>;
	/** The channels and templates of those that wait, for the other filters. */
	channels: string[];
	templates: string[];
	/** Page and filter on show. */
	place: Place;
	/** Pending messages that the filter matches, on all pages. */
	total: number;
	/** The messages of this page, at most PAGE_SIZE, most urgent first. */
	messages: DeskMessage[];
}

/** One row of a message's history. */
export interface HistoryEntry {
	at: Instant;
	state: MessageState;
	/** Member of staff, or `policy`, `workflow`, `sender`, `clock`. */
	who: string;
	/** A reason code, or what rejectionWhy() made of the staff's reason. */
	why?: string;
}

/**
 * Why a text was not saved. `changed`: somebody else had edited it in the meantime; `fixed`: Meta has approved it as it is; `tooLongHere`: its
 * channel cannot carry so much.
 */
export type SaveFault = DraftFault | 'changed' | 'fixed' | 'tooLongHere';

/** The page of one message. */
export interface MessagePageState extends DeskFrame {
	message: DeskMessage & Shown & {
		state: MessageState;
		customerId: number;
		/** The address or number that it goes to. */
		recipient: string;
		/** A WhatsApp template: its words are fixed. */
		isFixed?: boolean;
		/** Of a call: what is asked and ticked off. */
		questions?: CallQuestion[];
		/** The staff look at it again on this day. */
		laterOn?: LocalDate;
	};
	/** What was typed, as it would arrive: nothing of it is stored. */
	looked?: Shown;
	/** The customer at a glance, newest first. */
	story: StoryLine[];
	/** Oldest first. */
	history: HistoryEntry[];
	/** Where in the list the person came from, to lead back there. */
	place: Place;
	/** What the person had typed, where it could not be saved. */
	draft?: Draft;
	/** Why not. */
	fault?: SaveFault;
}

/** The login page. */
export interface LoginState {
	language: Language;
	shopName: string;
	/** Why it is shown again. */
	notice?: 'wrong' | 'expired' | 'held' | 'loggedOut' | 'oneTimeOver';
	/** From secondsToWait(); above 0 it is said instead of the notice. */
	waitSeconds?: number;
	/** What was typed as the user's name. */
	user?: string;
	/** The view that was asked for, opened after the login. */
	wanted?: DeskView;
	/** What had been asked for when the session was over, as holdForm() wrote it. */
	held?: string;
}

/** A page for what cannot be done. */
export interface ProblemState {
	language: Language;
	shopName?: string;
	problem: 'badForm' | 'tooOld' | 'forbidden' | 'leadOnly' | 'expired' | 'notFound' | 'tooFast' | 'busy' | 'failure';
	/** What the person had typed, so that it can be copied. */
	typed?: Draft;
}

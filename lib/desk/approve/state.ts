import type { MessageState } from '../../domain/glossary';
import type { CallQuestion } from '../../domain/messageExtra';
import type { StoryEntry } from '../../domain/story';
import type { TextFigures } from '../../domain/textFigures';
import type { Instant, LocalDate } from '../../domain/time';
import type { Draft, DraftFault } from '../draft';
import type { DeskFrame, DeskMessage } from '../state';
import type { Place } from '../view';

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
	story: StoryEntry[];
	/** Oldest first. */
	history: HistoryEntry[];
	/** Where in the list the person came from, to lead back there. */
	place: Place;
	/** What the person had typed, where it could not be saved. */
	draft?: Draft;
	/** Why not. */
	fault?: SaveFault;
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

/** A message as it will arrive, save the HTML of a mail, which has a view of its own. */
export interface Shown {
	/** The line above the text, where the channel has one. */
	subject?: string;
	/** The personal part. */
	body: string;
	/** The whole plain text as it will arrive. */
	text: string;
	/** Whether there is a mail to show. */
	hasHtml: boolean;
	/** Of an SMS: how it is counted, and so paid. */
	sms?: { segments: number; units: number; encoding: string };
	/** Of a letter: what stands around the text on its sheet. */
	sheet?: LetterSheet;
	/** What its writer should look at, by the codes of `remarks` in desk-approve.json. */
	remarks: string[];
}

/** A page as the PDF will hold it. */
export interface LetterSheet {
	senderName: string;
	senderLines: string[];
	recipientLines: string[];
	placeAndDate: string;
	paragraphs: string[];
	/** Who writes, how to refuse. */
	foot: string;
}

/** The sample before all that match are approved. */
export interface SampleState extends DeskFrame {
	/** The filter that they match. */
	place: Place;
	/** How many would be approved. */
	total: number;
	/** How many match but are read one by one, because a language model has worded them. */
	reworded: number;
	/** Different texts among them; with more than are shown, nothing is approved. */
	texts: number;
	messages: Array<DeskMessage & { text: string; template: string }>;
	/** Comes back with the yes: who looked, at what, and when. Absent where there is nothing to approve so. */
	claim?: string;
}

/** The channels on which a customer may be written to instead. */
export interface ChannelsState extends DeskFrame {
	message: DeskMessage;
	place: Place;
	channels: Array<{ channel: string; may: boolean; /** Why not: a reason code, or `NO_TEXT`. */ reason: string; recipient?: string }>;
}

/** How the texts fare, for the lead. */
export interface TextsState extends DeskFrame {
	texts: TextState[];
}

/** A text with what the staff said of it and changed in it. */
export interface TextState extends TextFigures {
	/** The template's own text, where it is still there in this version. */
	source?: string;
	remarks: Array<{ about: string; words?: string; who: string; at: string }>;
	/** What was changed most often, and one text in which it was. */
	edits: Array<{ removed: string; added: string; times: number; before: string; after: string }>;
}

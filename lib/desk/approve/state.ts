import type { LocalDate } from '../../domain/time';
import type { DeskFrame, DeskMessage } from '../state';
import type { Place } from '../view';

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

/** A line of the customer's story. */
export interface StoryLine {
	day: LocalDate;
	what: 'exam' | 'purchase' | 'appointment' | 'quote' | 'message' | 'reply';
	/** The kind of exam, equipment, appointment, quote or occasion, or the channel of a reply. */
	kind: string;
	details?: string;
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

export interface TextState {
	template: string;
	channel: string;
	version: number;
	written: number;
	sent: number;
	untouched: number;
	edited: number;
	rejected: number;
	complaints: number;
	/** The template's own text, where it is still there in this version. */
	source?: string;
	remarks: Array<{ about: string; words?: string; who: string; at: string }>;
	/** What was changed most often, and one text in which it was. */
	edits: Array<{ removed: string; added: string; times: number; before: string; after: string }>;
}

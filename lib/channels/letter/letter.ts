/** A letter as it is printed. The text is the one that was approved, word for word; everything around it is the frame. */
export interface Letter {
	/** Id of the message in the store. */
	id: number;
	recipientName: string;
	/** Street, place and country, one line each. */
	addressLines: string[];
	subject?: string;
	/** Paragraphs parted by empty lines. A line that is only `--` begins the foot: who writes, how to refuse, privacy. */
	text: string;
}

/** The shop's own part of a page. */
export interface LetterFrame {
	senderName: string;
	/** Address, telephone and the like, below the name. */
	senderLines: string[];
	/** What stands small above the recipient, so that a letter that cannot be delivered comes back. */
	returnLine: string;
	/** For example "Chiavari, 28 novembre 2026". */
	placeAndDate: string;
	/** Of the document, such as `it`. */
	language: string;
}

/** Where the window of the envelope shows the sheet. Millimetres from the upper left corner of the page. */
export interface WindowBlock {
	x: number;
	y: number;
	width: number;
	height: number;
}

export const WINDOW_SIDES = ['right', 'left'] as const;
export type WindowSide = (typeof WINDOW_SIDES)[number];

/**
 * The part of a page that the window of a usual Italian envelope shows however the sheet lies in it: DL, 110 x 220 mm, window 45 x 100 mm, 20 mm
 * from the side and from the lower edge; A4 folded in three.
 */
export const USUAL_WINDOW: Record<WindowSide, WindowBlock> = {
	right: { x: 104, y: 46, width: 84, height: 32 },
	left: { x: 25, y: 46, width: 84, height: 32 },
};

/** How letters are printed. */
export interface LetterSettings {
	window: WindowBlock;
	/** On both sides of the sheet: each letter begins on a sheet of its own. */
	duplex: boolean;
	/** The sheet goes to a provider that puts the address on by itself. */
	withoutAddress?: boolean;
	/** A font file (TTF or OTF) for names that the standard fonts cannot show, such as those with č or ł. */
	font?: Buffer;
}

/** Words of the print, in the language of the shop; places such as `{page}` are filled in. */
export interface LetterWords {
	subject: string;
	/** `{page}`, `{pages}` */
	pageOf: string;
	/** `{letters}`, `{pages}`, `{sheets}` */
	listCount: string;
	number: string;
	recipient: string;
	place: string;
	pages: string;
}

/** Words with their places filled. */
export function filled(text: string, values: Record<string, string | number>): string {
	return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}

/** The text and its foot. */
export function partsOfText(text: string): { paragraphs: string[]; foot: string } {
	const lines = text.replace(/\r\n?/g, '\n').split('\n');
	const line = lines.findIndex((one) => one.trim() === '--');
	const body = line < 0 ? lines : lines.slice(0, line);
	const foot = line < 0 ? [] : lines.slice(line + 1);
	return { paragraphs: body.join('\n').split(/\n\s*\n/).map((paragraph) => paragraph.trim()).filter(Boolean), foot: foot.join('\n').trim() };
}

import type { Instant } from '../../domain/time';
import { checkCharacters, printable } from './characters';
import { filled, partsOfText, type Letter, type LetterFrame, type LetterSettings, type LetterWords, type WindowBlock } from './letter';

type Document = InstanceType<typeof import('pdfkit')>;

/** What goes into one file. */
export interface LetterPrint {
	letters: readonly Letter[];
	frame: LetterFrame;
	words: LetterWords;
	settings: LetterSettings;
	/** Of the file, for whoever opens it. */
	title: string;
	/** When the batch was made: the same letters give the same file. */
	madeAt: Instant;
	/** With a page before the letters that lists them. */
	list: boolean;
}

/** A file ready to print. */
export interface PrintedLetters {
	pdf: Buffer;
	/** Pages of each letter, in the order given. */
	pages: number[];
	/** Of the whole file, list and blank backs included. */
	total: number;
}

const MM = 72 / 25.4;
const [WIDTH, HEIGHT] = [210 * MM, 297 * MM];
const [LEFT, TOP, BOTTOM] = [25 * MM, 22 * MM, 277 * MM];
const COLUMN = WIDTH - 2 * LEFT;
/** The text begins below the first fold, so that no word of it shows in the window. */
const FIRST_LINE = 105 * MM;
const GREY = '#555555';
const [BODY, SMALL, TINY] = [11, 8, 6.5];
const FOOT_GAP = 6 * MM;

/**
 * Prints letters into one PDF (A4, tagged, for window envelopes), each from a page of its own on. The same input gives the same bytes.
 * @throws CrmError naming the letter and the field whose characters cannot be printed
 */
export async function printLetters(print: LetterPrint): Promise<PrintedLetters> {
	const { letters, frame, settings } = print;
	if (!settings.font) checkCharacters(letters, frame);
	const first = await pass(print, []);
	// The list says on which page each letter begins: known only once all are laid out.
	if (!print.list) return first;
	return await pass(print, first.pages);
}

/** @param pages of each letter, for the list; empty where there is none */
async function pass(print: LetterPrint, pages: readonly number[]): Promise<PrintedLetters> {
	const { default: PDFDocument } = await import('pdfkit');
	const { letters, frame, settings, title, madeAt } = print;
	const moment = new Date(madeAt);
	const document = new PDFDocument({
		size: 'A4', autoFirstPage: false, bufferPages: true, tagged: true, displayTitle: true, lang: frame.language, pdfVersion: '1.7',
		margins: { top: TOP, bottom: HEIGHT - BOTTOM, left: LEFT, right: LEFT },
		info: { Title: printable(title), Author: printable(frame.senderName), CreationDate: moment, ModDate: moment },
	});
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => chunks.push(chunk));
	const ended = new Promise((resolve, reject) => document.on('end', resolve).on('error', reject));
	if (settings.font) document.registerFont('text', settings.font).registerFont('strong', settings.font);
	else document.registerFont('text', 'Helvetica').registerFont('strong', 'Helvetica-Bold');

	let total = 0;
	document.on('pageAdded', () => total++);
	// On both sides, whatever begins anew begins on a front.
	const begin = () => {
		if (settings.duplex && total % 2 === 1) document.addPage();
		document.addPage();
	};
	const root = document.struct('Document');
	document.addStructure(root);
	if (pages.length > 0) {
		begin();
		listPage(document, root, print, pages);
	}
	const counted = letters.map((letter) => {
		begin();
		const from = total;
		writeLetter(document, root, print, letter);
		const count = total - from + 1;
		for (let page = 0; count > 1 && page < count; page++) pageNumber(document, from - 1 + page, filled(print.words.pageOf, { page: page + 1, pages: count }));
		return count;
	});
	root.end();
	document.end();
	await ended;
	return { pdf: Buffer.concat(chunks), pages: counted, total };
}

type Structure = ReturnType<Document['struct']>;

function writeLetter(document: Document, root: Structure, { frame, settings, words }: LetterPrint, letter: Letter): void {
	const section = document.struct('Sect', { title: printable(letter.subject ?? letter.recipientName) });
	root.add(section);
	const tagged = (tag: string, write: () => void) => section.add(document.struct(tag, {}, write));
	document.font('strong').fontSize(14);
	tagged('P', () => document.text(printable(frame.senderName), LEFT, TOP - 4 * MM, { width: COLUMN }));
	document.font('text').fontSize(SMALL).fillColor(GREY);
	tagged('P', () => document.text(printable(frame.senderLines.join('\n')), LEFT, document.y + 1, { width: COLUMN, lineGap: 1 }));
	document.fillColor('black');
	if (!settings.withoutAddress) addressBlock(document, section, frame, letter, settings.window);
	foldMarks(document);

	document.font('text').fontSize(BODY);
	tagged('P', () => document.text(printable(frame.placeAndDate), LEFT, FIRST_LINE, { width: COLUMN, align: 'right' }));
	document.y += 5 * MM;
	if (letter.subject) {
		document.font('strong');
		tagged('H1', () => document.text(printable(`${words.subject}: ${letter.subject}`), LEFT, document.y, { width: COLUMN }));
		document.y += 4 * MM;
	}
	const { paragraphs, foot } = partsOfText(letter.text);
	document.font('text');
	for (const paragraph of paragraphs) {
		tagged('P', () => document.text(printable(paragraph), LEFT, document.y, { width: COLUMN, lineGap: 2 }));
		document.y += 2.5 * MM;
	}
	if (foot !== '') writeFoot(document, section, printable(foot));
	section.end();
}

/** In the window: who sends it, small, then who gets it. Type gets smaller before a line is lost. */
function addressBlock(document: Document, section: Structure, frame: LetterFrame, { recipientName, addressLines }: Letter, { x, y, width, height }: WindowBlock): void {
	const lines = printable([recipientName, ...addressLines].join('\n'));
	const box = { width: width * MM, lineBreak: true };
	document.font('text').fontSize(TINY).fillColor(GREY);
	const top = y * MM;
	section.add(document.struct('P', {}, () => document.text(printable(frame.returnLine), x * MM, top, { ...box, height: TINY * 1.3, ellipsis: true })));
	const start = top + TINY * 1.3 + 2 * MM;
	document.fillColor('black');
	let size = BODY;
	while (size > 7 && document.fontSize(size).heightOfString(lines, { ...box, lineGap: 2 }) > top + height * MM - start) size -= 0.5;
	section.add(document.struct('P', {}, () => document.fontSize(size).text(lines, x * MM, start, { ...box, lineGap: 2 })));
}

/** At the bottom of the last page; on a page of its own where the text leaves no room. */
function writeFoot(document: Document, section: Structure, foot: string): void {
	document.font('text').fontSize(SMALL);
	const height = document.heightOfString(foot, { width: COLUMN, lineGap: 1 });
	if (document.y + FOOT_GAP + height > BOTTOM) document.addPage();
	const top = BOTTOM - height;
	artifact(document, () => document.moveTo(LEFT, top - 2 * MM).lineTo(LEFT + COLUMN, top - 2 * MM).lineWidth(0.4).strokeColor(GREY).stroke());
	document.fillColor(GREY);
	// The lower margin would move the last line to a new page for a rounding error.
	const { bottom } = document.page.margins;
	document.page.margins.bottom = 0;
	section.add(document.struct('P', {}, () => document.text(foot, LEFT, top, { width: COLUMN, lineGap: 1 })));
	document.page.margins.bottom = bottom;
	document.fillColor('black');
}

/** Where to fold A4 into three, at the left edge. */
function foldMarks(document: Document): void {
	artifact(document, () => {
		for (const y of [99, 198]) document.moveTo(4 * MM, y * MM).lineTo(8 * MM, y * MM);
		document.lineWidth(0.3).strokeColor('#999999').stroke();
	});
}

function pageNumber(document: Document, page: number, text: string): void {
	document.switchToPage(page);
	const { bottom } = document.page.margins;
	document.page.margins.bottom = 0;
	artifact(document, () => document.font('text').fontSize(SMALL).fillColor(GREY).text(printable(text), LEFT, HEIGHT - 12 * MM, { width: COLUMN, align: 'center' }));
	document.page.margins.bottom = bottom;
	document.fillColor('black');
}

function artifact(document: Document, draw: () => void): void {
	document.markContent('Artifact', { type: 'Layout' });
	draw();
	document.endMarkedContent();
}

/** Who gets a letter, and on which page of the file it begins. */
function listPage(document: Document, root: Structure, { letters, words, title, settings }: LetterPrint, pages: readonly number[]): void {
	const section = document.struct('Sect');
	root.add(section);
	const tagged = (tag: string, write: () => void) => section.add(document.struct(tag, {}, write));
	const sum = pages.reduce((one, other) => one + other, 0);
	const sheets = pages.reduce((one, other) => one + (settings.duplex ? Math.ceil(other / 2) : other), 0);
	document.font('strong').fontSize(15);
	tagged('H1', () => document.text(printable(title), LEFT, TOP, { width: COLUMN }));
	document.font('text').fontSize(BODY);
	tagged('P', () => document.text(printable(filled(words.listCount, { letters: letters.length, pages: sum, sheets })), LEFT, document.y + 4, { width: COLUMN }));
	document.y += 5 * MM;
	const columns = [{ x: 0, width: 10 }, { x: 12, width: 66 }, { x: 80, width: 62 }, { x: 144, width: 16, align: 'right' as const }];
	const row = (cells: string[], strong = false) => {
		if (document.y + 6 * MM > BOTTOM) document.addPage();
		const y = document.y;
		document.font(strong ? 'strong' : 'text').fontSize(9);
		tagged('P', () => {
			columns.forEach(({ x, width, align }, position) =>
				document.text(printable(cells[position]), LEFT + x * MM, y, { width: width * MM, height: 11, ellipsis: true, align, lineBreak: true }),
			);
		});
		document.y = y + 5.5 * MM;
	};
	row([words.number, words.recipient, words.place, words.pages], true);
	letters.forEach(({ recipientName, addressLines }, position) => row([String(position + 1), recipientName, addressLines.slice(1).join(', ') || addressLines.join(', '), String(pages[position])]));
	section.end();
}

import { inflateSync } from 'node:zlib';
import { partsOfText, USUAL_WINDOW, type Letter } from '../../../../lib/channels/letter/letter';
import { mailMergeCsv } from '../../../../lib/channels/letter/mailMerge';
import { printLetters, type LetterPrint } from '../../../../lib/channels/letter/pdf';
import words from '../../../../templates/it/letter.json';

const MM = 72 / 25.4;
const LETTER: Letter = { id: 7, recipientName: 'Zoë D’Ambrosìo', addressLines: ['Via Roma 1', '50123 Firenze FI'], subject: 'Il controllo', text: 'Gentile Zoë,\n\nè ora.\n\nChiara\n\n--\nOttica Prova\nPer non riceverne più: https://crm.example/t' };
const print = (changes: Partial<LetterPrint> = {}, letters: Letter[] = [LETTER]) =>
	printLetters({
		letters, words, list: false, title: 'Lettere del 28 novembre 2026', madeAt: '2026-11-28T09:00:00.000Z',
		frame: { senderName: 'Ottica Prova', senderLines: ['Via Roma 1, Firenze'], returnLine: 'Mitt. Ottica Prova', placeAndDate: 'Firenze, 28 novembre 2026', language: 'it' },
		settings: { window: USUAL_WINDOW.right, duplex: false }, ...changes,
	});

/** The drawing of a file, page after page, as text. */
const drawing = (pdf: Buffer): string => {
	const source = pdf.toString('latin1');
	return [...source.matchAll(/\/Filter \/FlateDecode\s*>>\s*stream\r?\n/g)]
		.map(({ index, 0: head }) => {
			const from = index + head.length;
			return inflateSync(pdf.subarray(from, source.indexOf('endstream', from))).toString('latin1');
		})
		.join('\n');
};
/** Each text with the place at which it begins, in millimetres from the upper left corner of the page. */
const placed = (pdf: Buffer) =>
	[...drawing(pdf).matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm[\s\S]*?\[(.*?)\] TJ/g)].map(([, x, y, text]) => ({
		x: Number(x) / MM, y: 297 - Number(y) / MM, text: [...text.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex, 'hex').toString('latin1')).join(''),
	}));
const find = (pdf: Buffer, text: string) => placed(pdf).find((one) => one.text.includes(text)) as ReturnType<typeof placed>[number];

it.each(['right', 'left'] as const)('puts the whole address where the %s window shows it, however the sheet lies', async (side) => {
	const { pdf } = await print({ settings: { window: USUAL_WINDOW[side], duplex: false } });
	// Window 45 x 100 mm, 20 mm from the side and from below, on 110 x 220 mm; the folded sheet has 10 and 11 mm of play.
	const seen = side === 'right' ? { from: 100, to: 190 } : { from: 20, to: 110 };
	for (const text of ['Mitt.', 'D\x92Ambros', 'Via Roma 1', '50123 Firenze']) {
		const { x, y } = placed(pdf).filter((one) => one.text.includes(text)).at(-1) as ReturnType<typeof placed>[number];
		expect(x).toBeGreaterThan(seen.from);
		expect(x).toBeLessThan(seen.to - 20);
		if (text !== 'Via Roma 1' || y > 40) expect([y > 45, y < 79]).toEqual([true, true]);
	}
	expect(find(pdf, 'Firenze, 28').y).toBeGreaterThan(99);
});

it('is tagged, titled, in its language, and the same for the same letters', async () => {
	const [one, other] = [await print(), await print()];
	expect(one.pdf.equals(other.pdf)).toBe(true);
	const source = one.pdf.toString('latin1');
	for (const mark of ['/StructTreeRoot', '/MarkInfo', '/Marked true', '/Lang (it)', '/DisplayDocTitle true', '%PDF-1.7']) expect(source).toContain(mark);
	expect((await print({ madeAt: '2026-11-29T09:00:00.000Z' })).pdf.equals(one.pdf)).toBe(false);
});

it('prints the approved text word for word, with its foot at the bottom', async () => {
	const { pdf } = await print();
	expect(find(pdf, 'Gentile Zo\xeb,')).toBeDefined();
	expect(find(pdf, '\xe8 ora.')).toBeDefined();
	expect(find(pdf, 'Oggetto: Il controllo')).toBeDefined();
	expect(find(pdf, 'Per non riceverne pi\xf9').y).toBeGreaterThan(265);
	expect(placed(pdf).some(({ text }) => text.includes('--'))).toBe(false);
});

it('breaks long letters into numbered pages, and begins each letter on a page of its own', async () => {
	const long = { ...LETTER, id: 8, text: Array.from({ length: 60 }, (_, index) => `Paragrafo ${index}.`).join('\n\n') };
	const { pages, total, pdf } = await print({}, [LETTER, long, LETTER]);
	expect(pages).toEqual([1, 3, 1]);
	expect(total).toBe(5);
	expect(find(pdf, 'Pagina 3 di 3')).toBeDefined();
	const lines = placed(pdf).filter(({ text }) => text.startsWith('Paragrafo '));
	expect(lines).toHaveLength(60);
	for (const { y } of lines) expect(y).toBeLessThan(280);
});

it('lists who gets a letter on a page before them, and starts on a front on both sides', async () => {
	const { total, pdf, pages } = await print({ list: true, settings: { window: USUAL_WINDOW.right, duplex: true } }, [LETTER, { ...LETTER, id: 8 }]);
	expect(pages).toEqual([1, 1]);
	expect(total).toBe(5);
	expect(find(pdf, '2 lettere, 2 pagine, 2 fogli')).toBeDefined();
});

it.each([
	['recipient name', { recipientName: 'Kovačević' }, 'čć'],
	['address', { addressLines: ['ul. Łąkowa 1'] }, 'Łą'],
	['text', { text: 'Auguri 🎂' }, '🎂'],
])('prints nothing where the %s holds what the fonts do not have, and says where', async (field, changes, characters) => {
	await expect(print({}, [{ ...LETTER, ...changes }])).rejects.toMatchObject({ message: `The ${field} of the letter of message 7 holds characters that the standard fonts do not have: ${characters}` });
});

it('takes accents in two pieces, spaces of other widths and the euro sign', async () => {
	const { pdf } = await print({}, [{ ...LETTER, text: 'Perche\u0301 costa 10\u202f€' }]);
	expect(find(pdf, 'Perch\xe9 costa 10 \x80')).toBeDefined();
});

it('makes type smaller before a line of the address is lost', async () => {
	const { pdf } = await print({}, [{ ...LETTER, addressLines: ['c/o Studio associato', 'Scala C, interno 14', 'Via dei Quattro Cantoni 112', '50123 Firenze FI', 'SVIZZERA'] }]);
	expect(find(pdf, 'SVIZZERA').y).toBeLessThan(79);
});

it('parts the text from its foot at a line of two dashes', () => {
	expect(partsOfText('Uno\r\ndue\n\n\ntre\n--\nPiede\n--\nancora')).toEqual({ paragraphs: ['Uno\ndue', 'tre'], foot: 'Piede\n--\nancora' });
	expect(partsOfText('Solo --testo')).toEqual({ paragraphs: ['Solo --testo'], foot: '' });
});

it('gives a spreadsheet no formula, and parts addresses', () => {
	const row = { number: 1, messageId: 7, firstName: '=HYPERLINK("x")', lastName: "D'Ambrosìo; \"Zoë\"", pages: 1, subject: ' +39', address: JSON.stringify({ street: '@via', postalCode: '50123', town: 'Firenze' }) };
	expect(mailMergeCsv([row])).toBe(
		'\ufeffnumber;message;firstName;lastName;street;postalCode;town;province;country;subject;pages;doubt\r\n' +
			`1;7;"'=HYPERLINK(""x"")";"D'Ambrosìo; ""Zoë""";'@via;50123;Firenze;;;' +39;1;\r\n`,
	);
});

import fc from 'fast-check';
import { gsmSafe, smsLength } from '../../../lib/messages/sms';

it.each([
	['', 'GSM-7', 0, 1],
	['x'.repeat(160), 'GSM-7', 160, 1], ['x'.repeat(161), 'GSM-7', 161, 2], ['x'.repeat(306), 'GSM-7', 306, 2], ['x'.repeat(307), 'GSM-7', 307, 3],
	['à è é ì ò ù É Ç', 'GSM-7', 15, 1],
	[`${'x'.repeat(158)}€`, 'GSM-7', 160, 1], [`${'x'.repeat(159)}€`, 'GSM-7', 161, 2],
	// The euro does not fit into the last place of the first part.
	[`${'x'.repeat(152)}€${'x'.repeat(152)}`, 'GSM-7', 306, 3],
	['È', 'UCS-2', 1, 1], ['ç'.repeat(70), 'UCS-2', 70, 1], ['ç'.repeat(71), 'UCS-2', 71, 2], ['ç'.repeat(135), 'UCS-2', 135, 3],
	['🎂'.repeat(35), 'UCS-2', 70, 1],
	// 33 cakes fill 66 of 67 places: a half one is not sent.
	['🎂'.repeat(67), 'UCS-2', 134, 3],
] as const)('counts %j', (text, encoding, units, segments) => {
	expect(smsLength(text)).toMatchObject({ encoding, units, segments });
});

it('names the signs that make a text dear, each once', () => {
	expect(smsLength('È “vero”… È').outside).toEqual(['È', '“', '”', '…']);
});

it.each([
	['È arrivato il suo occhiale… “pronto” – l’aspettiamo', 'E\' arrivato il suo occhiale... "pronto" - l\'aspettiamo'],
	['PIÙ SCONTI, PERCHÉ NO', "PIU' SCONTI, PERCHÉ NO"],
	['José, Łukasz e François', 'José, Lukasz e Francois'],
	['Auguri 🎂 di cuore 🎉', 'Auguri di cuore'],
	['349\u00a0€', '349 €'],
	['già così\nva bene  così', 'già così\nva bene  così'],
])('writes %j safely', (text, safe) => {
	expect(gsmSafe(text)).toBe(safe);
});

const text = fc.array(fc.oneof(fc.constantFrom('À', '€', '“', '…', '🎂', '\u00a0', 'ç', '\n', ' ', 'ﬁ', '½', 'ъ', '漢'), fc.string({ unit: 'binary', maxLength: 4 }), fc.string({ maxLength: 30 })), { maxLength: 30 }).map((pieces) => pieces.join(''));

it('what was made safe is of GSM-7, stays as it is, and never takes more messages', () => {
	fc.assert(fc.property(text, (any) => {
		const safe = gsmSafe(any);
		expect(smsLength(safe)).toMatchObject({ encoding: 'GSM-7', outside: [] });
		expect(gsmSafe(safe)).toBe(safe);
		if (smsLength(any).encoding === 'GSM-7') expect(safe).toBe(any);
	}), { numRuns: 2000 });
});

it('the number of messages is the least for which the text can be cut between its signs', () => {
	fc.assert(fc.property(text, (any) => {
		const { encoding, units, segments } = smsLength(any);
		const [single, part] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
		if (units <= single) return expect(segments).toBe(1);
		expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / part));
		// Each part wastes one place at the most.
		expect(segments).toBeLessThanOrEqual(Math.ceil(units / (part - 1)));
	}), { numRuns: 1000 });
});

import fc from 'fast-check';
import { cellText } from '../../../lib/imports/cell';
import { fromLatin1 } from '../../../lib/imports/csv/windows1252';
import { withoutMojibake } from '../../../lib/imports/mojibake';

/** What a program shows that reads UTF-8 as Windows-1252. */
const misread = (text: string) => fromLatin1(Buffer.from(text, 'utf8').toString('latin1'));

test.each([
	['GiÃ\u00a0', 'Già'], ['GiÃ ', 'Già'], ['GiÃ', 'Già'], ['CittÃ  di Castello', 'Città di Castello'], ['PerchÃ©', 'Perché'], ['Ã¨', 'è'], ['NICOLÃ’', 'NICOLÒ'], ['GIÃ€', 'GIÀ'],
	['Ã\u0081lvarez', 'Álvarez'], ['MÃ¼ller', 'Müller'], ['Dâ€™Angelo', 'D’Angelo'], ['Via Roma, 5Â° piano', 'Via Roma, 5° piano'], ['KovaÄ\u008d', 'Kovač'], ['10 â‚¬', '10 €'],
	['PerchÃƒÂ©', 'Perché'], ['Perché non PerchÃ©', 'Perché non Perché'],
])('%s becomes %s', (broken, mended) => {
	expect(cellText(broken)).toBe(mended);
});

test.each(['SÃO PAULO', 'MANHÃ', 'IRMÃ LÚCIA', 'Âncora', 'CHÂTEAU', 'Ägypten', 'Åse', 'Già', 'Perché', 'Château d’Ax', 'Ã', 'naïve', 'â', '5 €', '“così”'])('%s is left alone', (text) => {
	expect(withoutMojibake(text)).toBe(text);
});

test('what people write in Italian and its neighbours comes back', () => {
	const written = fc.string({ unit: fc.constantFrom(...'abzABZ àèéìòùÀÈÉÌÒÙçÇñÑöüßÖÜêîôûáíóúïčšžćđŠŽ’–°') });
	fc.assert(fc.property(written, (text) => {
		// Where nothing was broken there is nothing to mend.
		expect(withoutMojibake(text)).toBe(text);
		expect(withoutMojibake(misread(text))).toBe(text);
	}));
});

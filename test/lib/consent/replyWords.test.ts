import { replyMeaning } from '../../../lib/consent/replyWords';

it.each(['STOP', 'stop', ' Stop! ', 'Stòp.', 'stop ai messaggi', 'STOP\nGrazie', 'basta', 'BASTA!!!', 'Cancella', 'cancellami', 'No, grazie.', 'no grazie', 'NO\ngrazie 🙏', 'disiscrivi', 'Revoco'])('"%s" withdraws', (text) => {
	expect(replyMeaning(text)).toBe('withdraw');
});

it.each(['ANNULLA', 'annulla.', "Annulla l'appuntamento", 'Basta una telefonata?', 'per favore cancellami dalla lista', 'Grazie, ma non stop ora', 'no grazie, passo domani'])('"%s" is for a person to read', (text) => {
	expect(replyMeaning(text)).toBe('staff');
});

it.each(['', '👍', 'Grazie!', 'no', 'grazie no', 'Bastava poco', 'stoppino', 'annullato', 'Ci vediamo domani', '12345'])('"%s" is no refusal', (text) => {
	expect(replyMeaning(text)).toBeUndefined();
});

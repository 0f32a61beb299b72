/** An invitation to answer STOP, in Italian or English: the word that every reply is searched for (RULES 41). */
const INVITES = /\b(?:rispond\w*|scriv\w*|invi\w*|reply|answer|text|send)\b[^.!?\n]{0,30}\bSTOP\b/i;

/** Whether a text tells its reader to answer STOP in order to get no more messages. */
export function asksForStop(text: string): boolean {
	return INVITES.test(text);
}

/** Where mail programs begin to quote what was answered, in Italian and English. */
const QUOTE_BEGINS = [
	/^>/,
	/^Il (giorno )?.{4,80} ha scritto:?$/i,
	/^On .{4,80} wrote:?$/i,
	/^-{2,}\s*(Messaggio originale|Original Message|Messaggio inoltrato|Forwarded message)/i,
	/^_{10,}$/,
	/^(Da|From):\s.+@/i,
];
const SIGNATURE = /^-- ?$/;
/** What phones write below. */
const SENT_FROM = /^(Inviato da|Sent from|Scarica Outlook|Get Outlook)\b/i;

/** What somebody has newly written in a mail, without what it answers, the signature, and what a phone adds. */
export function newText(text: string): string {
	const lines = text.replace(/\r\n?/g, '\n').split('\n');
	// The line that introduces a quotation is often broken in two.
	const joined = (index: number) => `${lines[index].trim()} ${lines[index + 1]?.trim() ?? ''}`.trim();
	const end = lines.findIndex((line, index) => SIGNATURE.test(line) || SENT_FROM.test(line.trim()) || QUOTE_BEGINS.some((begins) => begins.test(line.trim()) || (/^(Il|On)\s/.test(line) && begins.test(joined(index)))));
	return (end < 0 ? lines : lines.slice(0, end)).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

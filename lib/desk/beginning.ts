/** The first words of a text on one line, cut between two of them. */
export function beginningOf(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= 160 ? line : `${line.slice(0, 160).replace(/\s\S*$/, '')}…`;
}

/** What stands on a panel, as Markdown: n8n's panels know some HTML, and write quotation marks around names. */
export function panelText(text: string): string {
	return text
		.replace(/<b>(.*?)<\/b>/g, '**$1**')
		.replace(/<i>(.*?)<\/i>/g, '*$1*')
		.replace(/<code>(.*?)<\/code>/g, '`$1`')
		.replace(/<a href="([^"]+)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replace(/<br\s*\/?>/g, ' ')
		.replace(/<(?![a-z]+:)/g, '&lt;')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Text with a full stop, inside of its emphasis, if it has none. */
export const sentence = (text: string) => (/[.!?…]\*?$/.test(text) ? text : text.endsWith('*') ? `${text.slice(0, -1)}.*` : `${text}.`);

export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A line of a list; what belongs to it follows one level deeper. */
export const bullet = (depth: number, text: string) => `${'  '.repeat(depth)}- ${text}`;

/** The part of an address that GitHub makes of a heading. */
export const anchor = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

/** `birthdayDueTrigger` as a file is named: `birthday-due-trigger`. */
export const fileName = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Parts of a page with an empty line between them; what is not there is left out. */
export const page = (...parts: Array<string | false | undefined>) => `${parts.filter(Boolean).join('\n\n')}\n`;

/** Told on each page, so that nobody mends it where it does not last. */
export const MADE = '*This page is made from the code by `npm run docs`: change the code, not the page.*';

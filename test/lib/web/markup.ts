import { Parser } from 'htmlparser2';

/** An element as an HTML parser sees it. */
export interface Element {
	name: string;
	attributes: Record<string, string>;
	/** Text directly inside, and in everything below. */
	text: string;
}

/** All elements of a document in the order in which they open, as a real HTML parser reads it. */
export function elementsOf(markup: string): Element[] {
	const elements: Element[] = [];
	const open: Element[] = [];
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				const element = { name, attributes: { ...attributes }, text: '' };
				elements.push(element);
				open.push(element);
			},
			ontext(text) {
				for (const element of open) element.text += text;
			},
			onclosetag() {
				open.pop();
			},
			oncomment(text) {
				elements.push({ name: '!comment', attributes: {}, text });
			},
		},
		{ decodeEntities: true },
	);
	parser.end(markup);
	return elements;
}

/** Elements and attribute names only: what must stay the same whatever the data is. */
export function structureOf(markup: string): string {
	return elementsOf(markup)
		.map(({ name, attributes }) => `${name} ${Object.keys(attributes).join(' ')}`)
		.join('\n');
}
